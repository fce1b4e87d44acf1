import type { LoggedModel } from '../../entities/loggedModel.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import { loggedModelIds, type RecordedModel, recordedModels } from '../../views/runModels.ts';
import { loggedModelRow, loggedModelTooltip, recordedModelRow } from '../../views/tree/modelRow.ts';
import { modelsRow } from '../../views/tree/runDetailRows.ts';
import { ArtifactFolder } from './artifactNodes.ts';
import type { RunNode } from './runNode.ts';
import type { TreeNode } from './treeNode.ts';

/** The models that a run made: logged models (MLflow 3) and model folders that a 2.x client recorded. */
export class ModelsNode implements TreeNode {
  readonly parent: RunNode;
  #read: { readonly of: string; readonly nodes: Promise<readonly TreeNode[]> } | undefined;

  constructor(parent: RunNode) {
    this.parent = parent;
  }

  get id(): string {
    return `${this.parent.id}/models`;
  }

  get size(): number {
    return loggedModelIds(this.parent.run).length + recordedModels(this.parent.run).length;
  }

  row() {
    return modelsRow(this.size);
  }

  children(): Promise<readonly TreeNode[]> {
    const of = JSON.stringify([loggedModelIds(this.parent.run), recordedModels(this.parent.run)]);
    if (this.#read?.of !== of) this.#read = { of, nodes: this.#nodes() };
    return this.#read.nodes;
  }

  /** @returns whether they had been read. */
  invalidate(): boolean {
    const wasRead = this.#read !== undefined;
    this.#read = undefined;
    return wasRead;
  }

  async #nodes(): Promise<readonly TreeNode[]> {
    const { run, connection } = this.parent;
    try {
      const [models, versions] = await Promise.all([
        Promise.all(loggedModelIds(run).map((id) => connection.tracking.getLoggedModel(id, { allowDeleted: true }))),
        connection.registry.searchModelVersions({ filter: `run_id = '${run.info.runId}'` }),
      ]);
      return [
        ...models
          .filter((model) => model.lifecycleStage === 'active')
          .map((model) => new LoggedModelNode(this, model, versions.items)),
        ...recordedModels(run).map((model) => new RecordedModelNode(this, model, versions.items)),
      ];
    } catch (error) {
      this.#read = undefined;
      throw error;
    }
  }
}

/** A model of MLflow 3, with the files that it consists of. */
export class LoggedModelNode implements TreeNode {
  readonly id: string;
  readonly parent: ModelsNode;
  readonly model: LoggedModel;
  readonly #versions: readonly ModelVersion[];
  readonly #files: ArtifactFolder;

  constructor(parent: ModelsNode, model: LoggedModel, versions: readonly ModelVersion[]) {
    this.id = `${parent.id}/${model.modelId}`;
    this.parent = parent;
    this.model = model;
    this.#versions = versions.filter(
      ({ modelId, source }) => modelId === model.modelId || source === `models:/${model.modelId}`,
    );
    this.#files = new ArtifactFolder(this, { run: parent.parent, root: model.artifactUri, path: '' });
  }

  get runNode(): RunNode {
    return this.parent.parent;
  }

  row() {
    return loggedModelRow(this.model, this.#versions);
  }

  tooltip(): string {
    return loggedModelTooltip(this.model);
  }

  children(): Promise<readonly TreeNode[]> {
    return this.#files.children();
  }
}

/** A model of MLflow 2: a folder among the artifacts. */
export class RecordedModelNode implements TreeNode {
  readonly id: string;
  readonly parent: ModelsNode;
  readonly model: RecordedModel;
  readonly #versions: readonly ModelVersion[];
  readonly #files: ArtifactFolder;

  constructor(parent: ModelsNode, model: RecordedModel, versions: readonly ModelVersion[]) {
    const { artifactUri } = parent.parent.run.info;
    this.id = `${parent.id}/${model.path}`;
    this.parent = parent;
    this.model = model;
    this.#versions = versions.filter(({ source }) => source === `${artifactUri}/${model.path}`);
    this.#files = new ArtifactFolder(this, { run: parent.parent, root: artifactUri, path: model.path });
  }

  get runNode(): RunNode {
    return this.parent.parent;
  }

  row() {
    return recordedModelRow(this.model, this.#versions);
  }

  children(): Promise<readonly TreeNode[]> {
    return this.#files.children();
  }
}

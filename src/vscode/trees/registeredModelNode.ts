import type { ModelVersion, RegisteredModel } from '../../entities/registeredModel.ts';
import type { Run } from '../../entities/run.ts';
import { quoteValue } from '../../views/filterText.ts';
import {
  modelVersionRow,
  modelVersionTooltip,
  registeredModelRow,
  registeredModelTooltip,
} from '../../views/tree/registeredModelRow.ts';
import type { Connection } from '../services/connections.ts';
import type { TreeNode } from './treeNode.ts';

/** Versions that are shown: the newest ones. */
const SHOWN = 200;

/** A registered model and its versions, newest first. */
export class RegisteredModelNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  readonly connection: Connection;
  model: RegisteredModel;
  #reading: Promise<readonly ModelVersionNode[]> | undefined;

  constructor(connection: Connection, parent: TreeNode | undefined, model: RegisteredModel) {
    this.id = `model:${connection.id}/${model.name}`;
    this.connection = connection;
    this.parent = parent;
    this.model = model;
  }

  row() {
    return registeredModelRow(this.model);
  }

  tooltip(): string {
    return registeredModelTooltip(this.model);
  }

  children(): Promise<readonly ModelVersionNode[]> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  invalidate(): void {
    this.#reading = undefined;
  }

  async #read(): Promise<readonly ModelVersionNode[]> {
    try {
      const found = await this.connection.registry.searchModelVersions({
        filter: `name = ${quoteValue(this.model.name)}`,
        orderBy: ['version_number DESC'],
        maxResults: SHOWN,
      });
      const runs = await this.#sourceRuns(found.items);
      return found.items.map((version) => new ModelVersionNode(this, version, runs.get(version.runId ?? '')));
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }

  /** The runs that the versions come from, as far as they are still there. */
  async #sourceRuns(versions: readonly ModelVersion[]): Promise<ReadonlyMap<string, Run>> {
    const ids = new Set(versions.flatMap(({ runId }) => runId || []));
    const runs = await Promise.all([...ids].map((id) => this.connection.tracking.getRun(id).catch(() => undefined)));
    return new Map(runs.flatMap((run) => (run ? [[run.info.runId, run]] : [])));
  }
}

export class ModelVersionNode implements TreeNode {
  readonly id: string;
  readonly parent: RegisteredModelNode;
  readonly version: ModelVersion;
  readonly sourceRun: Run | undefined;

  constructor(parent: RegisteredModelNode, version: ModelVersion, sourceRun: Run | undefined) {
    this.id = `${parent.id}/${version.version}`;
    this.parent = parent;
    this.version = version;
    this.sourceRun = sourceRun;
  }

  get connection(): Connection {
    return this.parent.connection;
  }

  row() {
    return modelVersionRow(this.version, this.sourceRun, Date.now());
  }

  tooltip(): string {
    return modelVersionTooltip(this.version);
  }
}

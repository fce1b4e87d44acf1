import type { FileInfo } from '../../entities/artifact.ts';
import { recordedModels } from '../../views/runModels.ts';
import { artifactRow } from '../../views/tree/artifactRow.ts';
import { artifactsRow } from '../../views/tree/runDetailRows.ts';
import type { CommandId } from '../commands/ids.ts';
import { artifactDocumentUri } from '../services/artifactUri.ts';
import type { RunNode } from './runNode.ts';
import type { TreeNode } from './treeNode.ts';

/** Where a folder of artifacts lies. */
export interface ArtifactPlace {
  readonly run: RunNode;
  /** URI of the artifact root. */
  readonly root: string;
  /** Below the root, `''` is the root itself. */
  readonly path: string;
}

/** ms for which a listing is good: a training that logs ten metrics a second shall not list its files as often. */
const FRESH = 2_000;
/** Folders that are looked into for a model, so that a large listing stays one request. */
const LOOKED_INTO = 10;

/** The entries of one folder, listed when somebody looks at them. */
export class ArtifactFolder {
  readonly #owner: TreeNode;
  readonly #place: ArtifactPlace;
  #listed: { readonly at: number; readonly nodes: Promise<readonly TreeNode[]> } | undefined;

  constructor(owner: TreeNode, place: ArtifactPlace) {
    this.#owner = owner;
    this.#place = place;
  }

  children(): Promise<readonly TreeNode[]> {
    if (!this.#listed || Date.now() - this.#listed.at > FRESH) this.#listed = { at: Date.now(), nodes: this.#list() };
    return this.#listed.nodes;
  }

  invalidate(): void {
    this.#listed = undefined;
  }

  async #list(): Promise<readonly TreeNode[]> {
    const { run, root, path } = this.#place;
    const files = await run.connection.artifacts.open(root).list(path);
    const nodes = [...files]
      .sort((a, b) => Number(b.isDir) - Number(a.isDir) || (a.path < b.path ? -1 : 1))
      .map((file) => new ArtifactNode(this.#owner, { run, root, path: file.path }, file));
    await Promise.all(nodes.slice(0, LOOKED_INTO).map((node) => node.lookForModel()));
    return nodes;
  }
}

/** The artifacts of a run. */
export class ArtifactsNode implements TreeNode {
  readonly parent: RunNode;
  #root: ArtifactFolder | undefined;

  constructor(parent: RunNode) {
    this.parent = parent;
  }

  get id(): string {
    return `${this.parent.id}/artifacts`;
  }

  row() {
    return artifactsRow();
  }

  children(): Promise<readonly TreeNode[]> {
    const root = this.parent.run.info.artifactUri;
    this.#root ??= new ArtifactFolder(this, { run: this.parent, root, path: '' });
    return this.#root.children();
  }

  invalidate(): void {
    this.#root?.invalidate();
  }
}

/** A file or folder among the artifacts of a run or model. */
export class ArtifactNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly place: ArtifactPlace;
  readonly file: FileInfo;
  readonly #folder: ArtifactFolder | undefined;
  #holdsModel: boolean;

  constructor(parent: TreeNode, place: ArtifactPlace, file: FileInfo) {
    this.id = `${parent.id}/${file.path}`;
    this.parent = parent;
    this.place = place;
    this.file = file;
    this.#folder = file.isDir ? new ArtifactFolder(this, place) : undefined;
    this.#holdsModel = recordedModels(place.run.run).some(({ path }) => path === file.path);
  }

  get runNode(): RunNode {
    return this.place.run;
  }

  /** The document that VS Code's editors open; its name decides the icon. */
  get resource() {
    const { run, root, path } = this.place;
    return artifactDocumentUri({ connectionId: run.connection.id, root, path, title: run.row().label });
  }

  get command() {
    if (this.file.isDir) return undefined;
    return {
      command: 'mlflow.artifact.open' satisfies CommandId,
      title: 'Open Artifact',
      arguments: [this],
    };
  }

  row() {
    return artifactRow(this.file, this.#holdsModel);
  }

  /** Menus offer to register a folder that holds a model, and only such a folder. */
  async lookForModel(): Promise<void> {
    if (!this.file.isDir || this.#holdsModel) return;
    const { run, root, path } = this.place;
    const files = await run.connection.artifacts.open(root).list(path);
    this.#holdsModel = files.some((file) => file.path.endsWith('/MLmodel'));
  }

  async children(): Promise<readonly TreeNode[]> {
    return (await this.#folder?.children()) ?? [];
  }
}

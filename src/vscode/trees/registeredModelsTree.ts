import { Disposable, type TreeView, window } from 'vscode';
import type { Change } from '../../entities/change.ts';
import type { RegisteredModel } from '../../entities/registeredModel.ts';
import type { TreeRow } from '../../views/tree/row.ts';
import { storeRow } from '../../views/tree/storeRow.ts';
import type { Connection } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ChangeQueue } from './changeQueue.ts';
import { NodeTree } from './nodeTree.ts';
import { RegisteredModelNode } from './registeredModelNode.ts';
import type { TreeNode } from './treeNode.ts';

/** The view *Registered Models*: model → version, below their store where there is more than one. */
export class RegisteredModelsTree implements Disposable {
  readonly #services: Services;
  readonly #tree: NodeTree;
  readonly #queue: ChangeQueue<Change>;
  readonly #registries = new Map<Connection, RegistryNode>();
  readonly #subscriptions = new Map<Connection, Disposable>();
  readonly #own: Disposable;
  readonly view: TreeView<TreeNode>;

  constructor(services: Services) {
    const { log, connections } = services;
    this.#services = services;
    this.#tree = new NodeTree(() => this.#roots(), log);
    this.#queue = new ChangeQueue(
      async () => this.refresh(),
      (error) => log.error(String(error)),
    );
    this.view = window.createTreeView('mlflow.registeredModels', { treeDataProvider: this.#tree });
    this.#own = Disposable.from(
      this.view,
      this.#queue,
      connections.onDidChange(() => this.#follow()),
    );
    this.#follow();
  }

  /** Reads everything again. */
  refresh(): void {
    for (const registry of this.#registries.values()) registry.invalidate();
    this.#tree.refresh();
  }

  /** Selects a version without taking the focus. */
  async revealVersion(connection: Connection, name: string, version: string): Promise<void> {
    this.refresh();
    const models = (await this.#registries.get(connection)?.children()) ?? [];
    const versions = (await models.find(({ model }) => model.name === name)?.children()) ?? [];
    const node = versions.find((it) => it.version.version === version);
    if (node) await this.view.reveal(node, { select: true, focus: false });
  }

  dispose(): void {
    this.#own.dispose();
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
  }

  async #roots(): Promise<readonly TreeNode[]> {
    const registries = [...this.#registries.values()];
    return registries.length === 1 && registries[0] ? registries[0].children() : registries;
  }

  #follow(): void {
    const connections = this.#services.connections.all();
    for (const [connection, subscription] of this.#subscriptions) {
      if (connections.includes(connection)) continue;
      subscription.dispose();
      this.#subscriptions.delete(connection);
      this.#registries.delete(connection);
    }
    for (const connection of connections) {
      if (this.#registries.has(connection)) continue;
      this.#registries.set(connection, new RegistryNode(connection, () => this.#registries.size > 1));
      const subscription = connection.onDidChange((changes) =>
        this.#queue.push(changes.filter(({ kind }) => kind === 'registeredModel')),
      );
      this.#subscriptions.set(connection, new Disposable(() => subscription.dispose()));
    }
    this.#tree.refresh();
  }
}

/** The registry of one server. */
class RegistryNode implements TreeNode {
  readonly id: string;
  readonly parent = undefined;
  readonly #connection: Connection;
  readonly #isShown: () => boolean;
  readonly #known = new Map<string, RegisteredModelNode>();
  #reading: Promise<readonly RegisteredModelNode[]> | undefined;

  /** @param isShown whether it has a row of its own */
  constructor(connection: Connection, isShown: () => boolean) {
    this.id = `registry:${connection.id}`;
    this.#connection = connection;
    this.#isShown = isShown;
  }

  row(): TreeRow {
    return storeRow(this.#connection.label, this.#connection.url);
  }

  children(): Promise<readonly RegisteredModelNode[]> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  invalidate(): void {
    this.#reading = undefined;
  }

  async #read(): Promise<readonly RegisteredModelNode[]> {
    try {
      const models = (await this.#allModels()).filter(({ tags }) => tags.get('mlflow.prompt.is_prompt') !== 'true');
      const parent = this.#isShown() ? this : undefined;
      return models.map((model) => {
        const known = this.#known.get(model.name);
        const node =
          known && known.parent === parent ? known : new RegisteredModelNode(this.#connection, parent, model);
        node.model = model;
        node.invalidate();
        this.#known.set(model.name, node);
        return node;
      });
    } catch (error) {
      this.#reading = undefined;
      throw error;
    }
  }

  async #allModels(): Promise<RegisteredModel[]> {
    const all: RegisteredModel[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.#connection.registry.searchRegisteredModels({ maxResults: 1000, pageToken });
      all.push(...page.items);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return all;
  }
}

import { commands, Disposable, type TreeView, window } from 'vscode';
import type { Change } from '../../entities/change.ts';
import { describeListing, isAllRuns, type RunListing, readListing } from '../../views/tree/runListing.ts';
import type { Connection, RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ChangeQueue } from './changeQueue.ts';
import { dragAndDrop } from './dragAndDrop.ts';
import { ExperimentNode } from './experimentNode.ts';
import { NodeTree } from './nodeTree.ts';
import { ReadingProgress } from './readingProgress.ts';
import { RunNode } from './runNode.ts';
import { ServerNode } from './serverNode.ts';
import { Sparklines } from './sparklines.ts';
import { StoreNode } from './storeNode.ts';
import type { TreeNode } from './treeNode.ts';

/** ms between two looks at the clock: running times first, ages of all else every twelfth time. */
const TICK = 5_000;
const TICKS_OF_AGES = 12;

/** Where the listing is kept in the workspace's state. */
const LISTING = 'mlflow.experiments.listing';

type ConnectionChange = readonly [Connection, Change];

/** The view *Experiments*: store → experiment → run → what the run logged; kept up to date while it is visible. */
export class ExperimentsTree implements Disposable {
  readonly #services: Services;
  readonly #tree: NodeTree;
  readonly #queue: ChangeQueue<ConnectionChange>;
  readonly #stores = new Map<Connection, StoreNode>();
  readonly #progress: ReadingProgress;
  readonly #sparklines: Sparklines;
  readonly #subscriptions = new Map<Connection, Disposable>();
  readonly #own: Disposable;
  readonly view: TreeView<TreeNode>;
  #isStale = false;
  #listing: RunListing;

  constructor(services: Services) {
    const { log, servers, connections } = services;
    this.#services = services;
    this.#listing = readListing(services.context.workspaceState.get(LISTING));
    this.#tree = new NodeTree(() => this.#roots(), log);
    this.#queue = new ChangeQueue(
      (changes) => this.#apply(changes),
      (error) => log.error(String(error)),
      ([connection, change]) => `${connection.id} ${JSON.stringify(change)}`,
    );
    this.#progress = new ReadingProgress('mlflow.experiments', (experiments) => this.#readAgain(experiments));
    this.#sparklines = new Sparklines((runs) => this.#tree.refresh(runs));
    this.view = window.createTreeView('mlflow.experiments', {
      treeDataProvider: this.#tree,
      canSelectMany: true,
      dragAndDropController: dragAndDrop,
      showCollapseAll: true,
    });
    let ticks = 0;
    const timer = setInterval(() => this.#tick(++ticks % TICKS_OF_AGES === 0), TICK);
    this.#own = Disposable.from(
      this.view,
      this.#queue,
      this.#progress,
      this.#sparklines,
      this.view.onDidChangeVisibility(() => this.#catchUp()),
      // A server that nobody asks for long looks seldom at what a large store holds: asked, it looks at once.
      window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.view.visible) this.#readAgain(this.#experiments());
      }),
      connections.onDidChange(() => this.#follow()),
      servers.onDidChangeState(() => this.#tree.refresh()),
      { dispose: () => clearInterval(timer) },
    );
    this.#follow();
    this.#tellListing();
  }

  /** Which runs are listed; kept over a restart. */
  get listing(): RunListing {
    return this.#listing;
  }

  list(listing: RunListing): void {
    this.#listing = listing;
    void this.#services.context.workspaceState.update(
      LISTING,
      isAllRuns(listing) && !listing.group ? undefined : listing,
    );
    this.#tellListing();
    this.refresh();
  }

  /** The runs that the view has read, of all experiments. */
  knownRuns(): readonly RunNode[] {
    return this.#experiments().flatMap((experiment) => experiment.runs());
  }

  /** Reads everything again. */
  refresh(): void {
    for (const store of this.#stores.values()) store.invalidate(true);
    this.#tree.refresh();
  }

  async loadMore(experiment: ExperimentNode): Promise<void> {
    await experiment.readMore();
    this.#tree.refresh([experiment]);
  }

  /** Selects a run, opening what it lies in; reads on until it is found. */
  async reveal({ connectionId, experimentId, runId }: RunReference): Promise<boolean> {
    const store = [...this.#stores.values()].find(({ connection }) => connection.id === connectionId);
    await store?.read();
    const experiment = store?.experiment(experimentId);
    await experiment?.read();
    if (!experiment?.run(runId)) await experiment?.update([runId]);
    const run = experiment?.run(runId);
    if (!run) return false;
    await this.view.reveal(run, { select: true, focus: true, expand: true });
    return true;
  }

  /** The runs that are selected in the view. */
  selectedRuns(): readonly RunNode[] {
    return this.view.selection.filter((node) => node instanceof RunNode);
  }

  selectedExperiments(): readonly ExperimentNode[] {
    return this.view.selection.filter((node) => node instanceof ExperimentNode);
  }

  /** All that is selected in the view. */
  get selection(): readonly TreeNode[] {
    return this.view.selection;
  }

  dispose(): void {
    this.#own.dispose();
    for (const subscription of this.#subscriptions.values()) subscription.dispose();
  }

  async #roots(): Promise<readonly TreeNode[]> {
    const { servers } = this.#services;
    const stores = [...this.#stores.values()];
    const shown = servers.servers().flatMap((server): TreeNode[] => {
      const store = server.connection && this.#stores.get(server.connection);
      if (store) return [store];
      const { kind } = server.state;
      const isTold = kind === 'starting' || kind === 'failed' || (kind === 'stopped' && stores.length > 0);
      return isTold ? [new ServerNode(server)] : [];
    });
    const emptiness = await Promise.all(stores.map((store) => store.isEmpty()));
    const isEmpty = stores.length > 0 && shown.length === stores.length && emptiness.every(Boolean);
    await commands.executeCommand('setContext', 'mlflow.experimentsEmpty', isEmpty);
    return isEmpty ? [] : shown;
  }

  /** Listens to the connections that are there now. */
  #follow(): void {
    const connections = this.#services.connections.all();
    for (const [connection, subscription] of this.#subscriptions) {
      if (connections.includes(connection)) continue;
      subscription.dispose();
      this.#subscriptions.delete(connection);
      this.#stores.delete(connection);
    }
    for (const connection of connections) {
      if (this.#stores.has(connection)) continue;
      const store = new StoreNode(connection, {
        redraw: (node) => this.#tree.refresh([node]),
        onRead: (experiment) => this.#progress.note(experiment),
        listing: () => this.#listing,
        sparklines: this.#sparklines,
      });
      this.#stores.set(connection, store);
      const subscription = connection.onDidChange((changes) =>
        this.#queue.push(changes.map((change) => [connection, change])),
      );
      this.#subscriptions.set(connection, new Disposable(() => subscription.dispose()));
    }
    this.#tree.refresh();
  }

  async #apply(changes: readonly ConnectionChange[]): Promise<void> {
    if (!this.view.visible) {
      this.#isStale = true;
      return;
    }
    for (const [connection, own] of Map.groupBy(changes, ([connection]) => connection)) {
      const store = this.#stores.get(connection);
      if (store)
        await this.#applyTo(
          store,
          own.map(([, change]) => change),
        );
    }
  }

  async #applyTo(store: StoreNode, changes: readonly Change[]): Promise<void> {
    const wasShown = !(await store.isEmpty());
    const runs = Map.groupBy(
      changes.filter((change) => change.kind === 'run'),
      (change) => change.experimentId,
    );
    const many = new Set(changes.flatMap((change) => (change.kind === 'runs' ? change.experimentId : [])));
    const listChanged =
      changes.some((change) => change.kind === 'experiment') ||
      [...runs.keys(), ...many].some((id) => !store.experiment(id));
    if (listChanged) store.invalidate();
    if (!wasShown) {
      this.#tree.refresh();
      return;
    }
    await store.read();
    const updates = [
      ...[...many].map((id) => store.experiment(id)?.updateAll()),
      ...[...runs]
        .filter(([id]) => !many.has(id))
        .map(([id, own]) => store.experiment(id)?.update(own.map((it) => it.runId))),
    ];
    const updated = (await Promise.all(updates)).flatMap((nodes) => nodes ?? []);
    this.#tree.refresh(listChanged ? [store] : [...updated, ...runsWithOtherModels(store, changes)]);
  }

  #tellListing(): void {
    this.view.description = describeListing(this.#listing);
    void commands.executeCommand('setContext', 'mlflow.runsChosen', !isAllRuns(this.#listing));
    void commands.executeCommand('setContext', 'mlflow.runsMine', this.#listing.user !== undefined);
    void commands.executeCommand('setContext', 'mlflow.runsDeleted', this.#listing.deleted);
  }

  #catchUp(): void {
    if (!this.view.visible || !this.#isStale) return;
    this.#isStale = false;
    this.refresh();
  }

  #experiments(): readonly ExperimentNode[] {
    return [...this.#stores.values()].flatMap((store) => store.experiments());
  }

  /** Lets the queue read them, as if many of their runs had changed. */
  #readAgain(experiments: readonly ExperimentNode[]): void {
    this.#queue.push(
      experiments.map(({ connection, experiment: { experimentId } }) => [connection, { kind: 'runs', experimentId }]),
    );
  }

  #tick(ages: boolean): void {
    if (!this.view.visible) return;
    const experiments = this.#experiments();
    if (ages) this.#tree.refresh(experiments);
    else this.#tree.refresh(experiments.flatMap((it) => it.runs()).filter(({ run }) => run.info.status === 'RUNNING'));
  }
}

/** The runs whose models were read and are not what they were: uploaded, deleted, or registered. */
function runsWithOtherModels(store: StoreNode, changes: readonly Change[]): readonly RunNode[] {
  const isRegistryChanged = changes.some((change) => change.kind === 'registeredModel');
  const models = new Set(changes.flatMap((change) => (change.kind === 'loggedModel' ? change.modelId : [])));
  if (!isRegistryChanged && models.size === 0) return [];
  return store
    .experiments()
    .flatMap((experiment) => experiment.runs())
    .filter(({ run }) => isRegistryChanged || run.modelOutputs.some(({ modelId }) => models.has(modelId)))
    .filter((run) => run.invalidateModels());
}

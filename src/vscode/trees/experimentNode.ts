import { MlflowError } from '../../entities/error.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { ReadProgress } from '../../entities/readProgress.ts';
import type { Run } from '../../entities/run.ts';
import { experimentRow, experimentTooltip } from '../../views/tree/experimentRow.ts';
import { groupValue } from '../../views/tree/runGroups.ts';
import { isAllRuns, listingSearch } from '../../views/tree/runListing.ts';
import type { Connection } from '../services/connections.ts';
import { type GroupNode, groupNodes } from './groupNode.ts';
import { MoreRunsNode, NoRunsNode } from './listEndNodes.ts';
import { RunList } from './runList.ts';
import { RunNode } from './runNode.ts';
import type { StoreNode } from './storeNode.ts';
import type { TreeNode } from './treeNode.ts';

/** Runs that are read at once. */
const PAGE = 200;
/** More changed runs than these are read as pages, not one by one. */
const ONE_BY_ONE = 20;

/** An experiment and its runs, newest first, page by page. */
export class ExperimentNode implements TreeNode {
  readonly id: string;
  readonly parent: StoreNode;
  readonly isOpen: boolean;
  experiment: Experiment;
  #runs = new Map<string, RunNode>();
  /** Parent → children; made when it is asked for, after the runs have changed. */
  #children: ReadonlyMap<string | undefined, readonly RunNode[]> | undefined;
  #groups: readonly GroupNode[] = [];
  #list = new RunList(this, []);
  #nextPageToken: string | undefined;
  #pages = 1;
  #reading: Promise<void> | undefined;
  #isRead = false;
  #total: number | undefined;
  #progress: ReadProgress | undefined;
  /** Whether only some of the runs had been asked for when they were read: that there was none of them says nothing. */
  #wasChosen = false;

  constructor(parent: StoreNode, experiment: Experiment, isOpen: boolean) {
    this.id = `${parent.id}/${experiment.experimentId}`;
    this.parent = parent;
    this.experiment = experiment;
    this.isOpen = isOpen;
  }

  get connection(): Connection {
    return this.parent.connection;
  }

  get isDefault(): boolean {
    return this.experiment.experimentId === '0';
  }

  row() {
    const counts = {
      loaded: this.#runs.size,
      more: this.#nextPageToken !== undefined,
      total: this.#total,
      reading: this.#progress,
      chosen: this.#isChosen || this.#wasChosen,
    };
    return experimentRow(this.experiment, this.#isRead ? counts : undefined, this.isOpen);
  }

  /** Whether the server does not know all of its runs yet. */
  get isBeingRead(): boolean {
    return this.#progress !== undefined;
  }

  /** Whether only some of the runs were asked for. */
  get #isChosen(): boolean {
    return !isAllRuns(this.parent.view.listing());
  }

  get isDeleted(): boolean {
    return this.experiment.lifecycleStage === 'deleted';
  }

  /** With the place that a deleted one takes, where the server tells. */
  async tooltip(): Promise<string> {
    if (!this.isDeleted) return experimentTooltip(this.experiment);
    const measured = this.connection.tracking.measureExperiment(this.experiment.experimentId);
    return experimentTooltip(this.experiment, (await measured.catch(() => undefined))?.bytes);
  }

  async children(): Promise<readonly TreeNode[]> {
    await this.read();
    const top = this.runs().filter((run) => run.parentRunId === undefined || !this.#runs.has(run.parentRunId));
    if (top.length === 0 && this.#isChosen) return [new NoRunsNode(this)];
    const { group } = this.parent.view.listing();
    this.#groups = group === undefined ? [] : groupNodes(this, top, group);
    this.#list = new RunList(this, group === undefined ? top : []);
    const nodes = group === undefined ? this.#list.nodes : this.#groups;
    return this.#nextPageToken === undefined ? nodes : [...nodes, new MoreRunsNode(this, this.#runs.size)];
  }

  /** The runs that have been read, in the order of the listing. */
  runs(): readonly RunNode[] {
    return [...this.#runs.values()];
  }

  run(runId: string): RunNode | undefined {
    return this.#runs.get(runId);
  }

  /** Where a run is listed that is nested in none. */
  placeOf(run: RunNode): TreeNode {
    const group = this.#groups.find(({ runs }) => runs.includes(run));
    return group?.placeOf(run) ?? this.#list.pageOf(run) ?? this;
  }

  childRuns(parentRunId: string): readonly RunNode[] {
    this.#children ??= Map.groupBy(this.#runs.values(), (run) => run.parentRunId);
    return this.#children.get(parentRunId) ?? [];
  }

  invalidate(): void {
    this.#reading = undefined;
    for (const run of this.runs()) run.invalidate();
  }

  read(): Promise<void> {
    this.#reading ??= this.#readPages(new Map(), undefined, this.#pages).catch((error) => {
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  /** Reads the next page. */
  async readMore(): Promise<void> {
    await this.read();
    if (this.#nextPageToken === undefined) return;
    this.#pages += 1;
    await this.#readPages(this.#runs, this.#nextPageToken, 1);
  }

  /**
   * Reads runs that changed.
   * @returns the nodes to draw again: the runs, or the experiment where a run came or went; none while it is unread.
   */
  async update(runIds: readonly string[]): Promise<readonly TreeNode[]> {
    if (!this.#isRead) return [];
    await this.read();
    // Only the server can tell whether a changed run still belongs to what was asked for, and where.
    if (runIds.length > ONE_BY_ONE || this.isBeingRead || this.#isChosen) return this.updateAll();
    const runs = await Promise.all(runIds.map((runId) => this.#getRun(runId)));
    const changed: TreeNode[] = [];
    runIds.forEach((runId, index) => {
      const run = runs[index];
      const node = this.#runs.get(runId);
      const isShown = run?.info.lifecycleStage === 'active';
      if (node && isShown) {
        const isInOtherGroup = this.#isInOtherGroup(node, run);
        node.run = run;
        // The row of a parent counts its children by their states.
        changed.push(node, ...(node.parent instanceof RunNode ? [node.parent] : []));
        if (isInOtherGroup) changed.push(this);
      } else if (node || isShown) {
        if (isShown) this.#runs.set(runId, new RunNode(this, run));
        else this.#runs.delete(runId);
        if (this.#total !== undefined) this.#total += isShown ? 1 : -1;
        changed.push(this);
      }
    });
    this.#setRuns(this.#runs);
    return changed.includes(this) ? [this] : changed;
  }

  /** Reads again what has been read. @returns the nodes to draw again */
  async updateAll(): Promise<readonly TreeNode[]> {
    if (!this.#isRead) return [];
    this.#reading = undefined;
    await this.read();
    return [this];
  }

  async #getRun(runId: string): Promise<Run | undefined> {
    try {
      return await this.connection.tracking.getRun(runId);
    } catch (error) {
      if (!(error instanceof MlflowError)) throw error;
      await this.parent.lookForProblems(); // it is gone, or it cannot be read any more
      return undefined;
    }
  }

  #isInOtherGroup(node: RunNode, run: Run): boolean {
    const { group } = this.parent.view.listing();
    return group !== undefined && groupValue(node.run, group) !== groupValue(run, group);
  }

  #setRuns(runs: ReadonlyMap<string, RunNode>): void {
    this.#runs = this.parent.view.listing().order ? new Map(runs) : newestFirst(runs);
    this.#children = undefined;
  }

  /** @param before runs that come before the pages */
  async #readPages(before: ReadonlyMap<string, RunNode>, first: string | undefined, pages: number): Promise<void> {
    const found = new Map(before);
    let pageToken = first;
    let total: number | undefined;
    let progress: ReadProgress | undefined;
    for (let page = 0; page < pages; page++) {
      const runs = await this.connection.searchKnownRuns({
        ...listingSearch(this.parent.view.listing()),
        experimentIds: [this.experiment.experimentId],
        maxResults: PAGE,
        pageToken,
      });
      for (const run of runs.items) {
        const node = this.#runs.get(run.info.runId) ?? new RunNode(this, run);
        node.run = run;
        found.set(run.info.runId, node);
      }
      ({ nextPageToken: pageToken, total, reading: progress } = runs);
      if (pageToken === undefined) break;
    }
    this.#setRuns(found);
    const isCountedAnew = !this.#isRead || this.#total !== total;
    this.#nextPageToken = pageToken;
    this.#total = total;
    this.#progress = progress;
    this.#wasChosen = this.#isChosen;
    this.parent.view.onRead(this);
    if (isCountedAnew) this.parent.view.redraw(this); // its row has another number of runs to tell
    this.#isRead = true;
    if (!progress) await this.parent.lookForProblems();
  }
}

function newestFirst(runs: ReadonlyMap<string, RunNode>): Map<string, RunNode> {
  return new Map([...runs].sort(([, a], [, b]) => (b.run.info.startTime ?? 0) - (a.run.info.startTime ?? 0)));
}

import type { StoreProblem } from '../../entities/change.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Page } from '../../entities/page.ts';
import type { RunListing } from '../../views/tree/runListing.ts';
import { storeRow } from '../../views/tree/storeRow.ts';
import type { Connection } from '../services/connections.ts';
import { ExperimentNode } from './experimentNode.ts';
import { ProblemsNode } from './problemNodes.ts';
import type { Sparklines } from './sparklines.ts';
import type { TreeNode } from './treeNode.ts';

const PAGE = 1000;

/** What the nodes of a store need of the view that they are in. */
interface StoreView {
  /** Draws a node again that found out more about itself. */
  redraw(node: TreeNode): void;
  /** Told when runs of an experiment have been read. */
  onRead(experiment: ExperimentNode): void;
  /** Which runs are listed at the moment. */
  listing(): RunListing;
  readonly sparklines: Sparklines;
}

/** A store and its experiments, newest first. */
export class StoreNode implements TreeNode {
  readonly id: string;
  readonly parent = undefined;
  readonly connection: Connection;
  #experiments = new Map<string, ExperimentNode>();
  #problems: readonly StoreProblem[] = [];
  #reading: Promise<void> | undefined;
  #wasRead = false;
  #hasContent = false;

  readonly view: StoreView;

  constructor(connection: Connection, view: StoreView) {
    this.id = `store:${connection.id}`;
    this.connection = connection;
    this.view = view;
  }

  row() {
    return storeRow(this.connection.label, this.connection.url);
  }

  async children(): Promise<readonly TreeNode[]> {
    await this.read();
    const problems = this.#problems.length ? [new ProblemsNode(this, this.connection.id, this.#problems)] : [];
    return [...problems, ...this.#experiments.values()];
  }

  /** The experiments that have been read. */
  experiments(): readonly ExperimentNode[] {
    return [...this.#experiments.values()];
  }

  experiment(experimentId: string): ExperimentNode | undefined {
    return this.#experiments.get(experimentId);
  }

  /** Reads the list of experiments, once until `invalidate`. */
  read(): Promise<void> {
    this.#reading ??= this.#read().catch((error) => {
      this.#reading = undefined;
      throw error;
    });
    return this.#reading;
  }

  /** @param deep also the runs of the experiments */
  invalidate(deep = false): void {
    this.#reading = undefined;
    if (!deep) return;
    this.#hasContent = false;
    for (const experiment of this.experiments()) experiment.invalidate();
  }

  /** A server knows what it cannot read when it has tried: experiments ask for this after they were read. */
  async lookForProblems(): Promise<void> {
    const problems = await this.connection.problems();
    if (JSON.stringify(problems) === JSON.stringify(this.#problems)) return;
    this.#problems = problems;
    this.view.redraw(this);
  }

  /** True while there is nothing to see: no run, no experiment of the user's. */
  async isEmpty(): Promise<boolean> {
    await this.read();
    this.#hasContent ||= this.#problems.length > 0 || this.experiments().some((it) => !it.isDefault);
    this.#hasContent ||= await this.#hasRuns();
    return !this.#hasContent;
  }

  async #hasRuns(): Promise<boolean> {
    const experimentIds = [...this.#experiments.keys()];
    if (experimentIds.length === 0) return false;
    const { items, reading } = await this.connection.searchKnownRuns({ experimentIds, maxResults: 1 });
    return items.length > 0 || reading !== undefined;
  }

  async #read(): Promise<void> {
    const [experiments, problems] = await Promise.all([this.#allExperiments(), this.connection.problems()]);
    const own = experiments.filter((experiment) => !isDefault(experiment));
    const known = this.#experiments;
    this.#experiments = new Map();
    for (const experiment of experiments) {
      // A single experiment is opened at once, and so is one that comes while the user looks on; no deleted one.
      const isNew = this.#wasRead || (own.length === 1 ? !isDefault(experiment) : own.length === 0);
      const isOpen = isNew && experiment.lifecycleStage === 'active';
      const node = known.get(experiment.experimentId) ?? new ExperimentNode(this, experiment, isOpen);
      node.experiment = experiment;
      this.#experiments.set(experiment.experimentId, node);
    }
    this.#problems = problems;
    this.#wasRead = true;
  }

  async #allExperiments(): Promise<Experiment[]> {
    const all: Experiment[] = [];
    let pageToken: string | undefined;
    do {
      const page: Page<Experiment> = await this.connection.tracking.searchExperiments({
        maxResults: PAGE,
        orderBy: ['creation_time DESC'],
        // Of an experiment that is not deleted some runs may be.
        viewType: this.view.listing().deleted ? 'ALL' : 'ACTIVE_ONLY',
        pageToken,
      });
      all.push(...page.items);
      pageToken = page.nextPageToken;
    } while (pageToken);
    return all;
  }
}

function isDefault({ experimentId }: Experiment): boolean {
  return experimentId === '0';
}

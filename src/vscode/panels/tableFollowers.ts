import type { WebviewPanel } from 'vscode';
import type { ExperimentReference, Following } from '../../protocol/following.ts';
import type { RunReference } from '../services/connections.ts';

/** Charts or a comparison of runs that are selected in a table. */
export interface TableFollower {
  readonly kind: 'charts' | 'comparison';
  readonly panel: WebviewPanel;
  /** Which table, and whether it is followed now. */
  following(): Following | undefined;
  /** The runs that are shown. */
  runs(): readonly RunReference[];
  show(runs: readonly RunReference[]): void;
}

/** More runs are not shown by the way: each is a request, and a curve in every chart. */
const MOST_RUNS = 100;
/** What a screen of some kind needs to have something to show. */
const LEAST_RUNS = { charts: 1, comparison: 2 } as const;

/** The open screens that follow the selection of a table. */
export class TableFollowers {
  readonly #followers = new Set<TableFollower>();
  /** What was selected last, by table. */
  readonly #selected = new Map<string, readonly RunReference[]>();

  /** @returns what makes it show what is selected now, for when it follows again */
  register(follower: TableFollower): () => void {
    this.#followers.add(follower);
    follower.panel.onDidDispose(() => this.#followers.delete(follower));
    const catchUp = () => {
      const { table } = follower.following() ?? {};
      const runs = table && this.#selected.get(keyOf(table));
      if (runs) tell(follower, runs);
    };
    catchUp();
    return catchUp;
  }

  /** Tells the screens what is selected now. Too few or too many runs leave them as they are. */
  select(table: ExperimentReference, runs: readonly RunReference[]): void {
    this.#selected.set(keyOf(table), runs);
    for (const follower of this.#of(table)) tell(follower, runs);
  }

  /** Brings the screen of a kind to the front, with what is selected. @returns false where none follows the table */
  reveal(kind: TableFollower['kind'], table: ExperimentReference, runs: readonly RunReference[]): boolean {
    const follower = this.#of(table).findLast((it) => it.kind === kind);
    follower?.show(runs);
    follower?.panel.reveal();
    return follower !== undefined;
  }

  #of(table: ExperimentReference): readonly TableFollower[] {
    return [...this.#followers].filter((follower) => {
      const following = follower.following();
      return following?.isOn && keyOf(following.table) === keyOf(table);
    });
  }
}

function tell(follower: TableFollower, runs: readonly RunReference[]): void {
  if (runs.length < LEAST_RUNS[follower.kind] || runs.length > MOST_RUNS || !follower.following()?.isOn) return;
  const shown = follower.runs().map(({ runId }) => runId);
  if (shown.join() !== runs.map(({ runId }) => runId).join()) follower.show(runs);
}

function keyOf({ connectionId, experimentId }: ExperimentReference): string {
  return JSON.stringify([connectionId, experimentId]);
}

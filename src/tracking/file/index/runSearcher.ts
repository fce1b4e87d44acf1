import type { ViewType } from '../../../entities/lifecycle.ts';
import { isVisible } from '../../../entities/lifecycle.ts';
import type { Run } from '../../../entities/run.ts';
import type { Ordering, SortKey } from '../../../search/order.ts';
import { narrow, RUN_FIELDS, type RunQuery } from '../../../search/runs.ts';
import { smallest } from '../../../search/smallest.ts';
import { MatchedRuns } from './matchedRuns.ts';
import { packedFields } from './packedFields.ts';
import { homeOf } from './packedRuns.ts';
import { type Segment, STAGE } from './segment.ts';

export interface LooseRun {
  readonly experimentId: string;
  readonly run: Run;
}

/** The runs that are searched. */
export interface Searched {
  readonly segments: Iterable<Segment>;
  readonly loose: Iterable<LooseRun>;
  unpack(segment: Segment, at: number): Run;
}

export interface RunSelection {
  readonly experimentIds: readonly string[];
  readonly viewType: ViewType;
  readonly query: RunQuery;
  /** Runs that are passed over, and how many come then. */
  readonly offset: number;
  readonly count: number;
}

export interface FoundRuns {
  readonly runs: readonly Run[];
  /** Of all that match. */
  readonly total: number;
}

/** Finds runs without making an entity of any but those that are returned. */
export function searchRuns(searched: Searched, selection: RunSelection): FoundRuns {
  const { query, offset, count, experimentIds } = selection;
  const segments = [...searched.segments].filter(({ alive, homes }) => {
    return alive > 0 && [...homes.values()].some((home) => experimentIds.includes(home));
  });
  const loose = matchingLoose(searched.loose, selection);
  const room = segments.reduce((sum, { packed }) => sum + packed.count, loose.length);
  const matched = new MatchedRuns(query.order(RUN_FIELDS), room);
  for (const segment of segments) searchSegment(searched, segment, selection, matched);
  matched.begin({ keys: query.order(RUN_FIELDS).map((order) => keyOf(order, loose)), get: (at) => loose[at] as Run });
  for (let at = 0; at < loose.length; at++) matched.add(at);
  const order = smallest(matched.total, offset + count, (a, b) => matched.compare(a, b)).subarray(offset);
  return { runs: Array.from(order, (at) => matched.get(at)), total: matched.total };
}

function searchSegment(searched: Searched, segment: Segment, selection: RunSelection, matched: MatchedRuns): void {
  const { packed } = segment;
  const { experimentIds, viewType, query } = selection;
  const homes = new Set([...segment.homes].filter(([, id]) => experimentIds.includes(id)).map(([home]) => home));
  const fields = packedFields(packed);
  matched.begin({ keys: query.order(fields).map(({ key }) => key), get: (at) => searched.unpack(segment, at) });
  const rows = new Uint32Array(packed.count);
  let count = visibleRows(segment, viewType, rows);
  if (homes.size < segment.homes.size) count = narrow<number>((at) => homes.has(homeOf(packed, at)))(rows, count);
  count = query.filter(fields)(rows, count);
  for (let row = 0; row < count; row++) matched.add(rows[row] ?? 0);
}

const WANTED: Readonly<Record<ViewType, number>> = {
  ACTIVE_ONLY: STAGE.active,
  DELETED_ONLY: STAGE.deleted,
  ALL: STAGE.active | STAGE.deleted,
};

/** Without a branch (see `compareNumbers`). @returns how many there are. */
function visibleRows({ stages }: Segment, viewType: ViewType, rows: Uint32Array): number {
  const wanted = WANTED[viewType];
  let count = 0;
  for (let at = 0; at < stages.length; at++) {
    rows[count] = at;
    count += Number(((stages[at] ?? 0) & wanted) !== 0);
  }
  return count;
}

function matchingLoose(loose: Iterable<LooseRun>, { experimentIds, viewType, query }: RunSelection): readonly Run[] {
  const homes = new Set(experimentIds);
  const runs: Run[] = [];
  for (const { experimentId, run } of loose) {
    if (homes.has(experimentId) && isVisible(run.info.lifecycleStage, viewType)) runs.push(run);
  }
  runs.length = query.filter(RUN_FIELDS)(runs, runs.length);
  return runs;
}

function keyOf({ key }: Ordering<Run>, runs: readonly Run[]): SortKey<number> {
  return (at) => key(runs[at] as Run);
}

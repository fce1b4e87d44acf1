import type { ViewType } from '../../entities/lifecycle.ts';
import { quoteValue } from '../filterText.ts';

/** Which runs the tree lists, and in which order. */
export interface RunListing {
  /** In MLflow's search language; empty for none. */
  readonly filter: string;
  readonly order: RunOrder | undefined;
  /** Whose runs; everybody's when absent. */
  readonly user: string | undefined;
  /** Deleted runs instead of the others. */
  readonly deleted: boolean;
  /** What runs are grouped by, as `groupValue` understands it; they are not when absent. */
  readonly group?: string | undefined;
}

export interface RunOrder {
  /** As MLflow's `order_by` names it: ``metrics.`rmse` ``, `attributes.start_time`. */
  readonly by: string;
  readonly ascending: boolean;
}

export const ALL_RUNS: RunListing = { filter: '', order: undefined, user: undefined, deleted: false };

const NEWEST = 'attributes.start_time DESC';

export function isAllRuns({ filter, order, user, deleted }: RunListing): boolean {
  return filter === '' && !order && user === undefined && !deleted;
}

/** The part of a search of runs that a listing decides. */
interface ListingSearch {
  readonly filter?: string;
  readonly orderBy: readonly string[];
  readonly viewType: ViewType;
}

/** What to ask the server for. */
export function listingSearch({ filter, order, user, deleted }: RunListing): ListingSearch {
  const mine = user === undefined ? '' : `attributes.user_id = ${quoteValue(user)}`;
  const clauses = [filter.trim(), mine].filter(Boolean).join(' and ');
  return {
    ...(clauses && { filter: clauses }),
    orderBy: order ? [`${order.by} ${order.ascending ? 'ASC' : 'DESC'}`, NEWEST] : [NEWEST],
    viewType: deleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY',
  };
}

/** What the view says beside its title; nothing where all runs are listed. */
export function describeListing({ filter, order, user, deleted, group }: RunListing): string {
  return [
    deleted ? 'deleted' : '',
    user === undefined ? '' : 'mine',
    filter.trim(),
    group === undefined ? '' : `grouped by ${plainKey(group)}`,
    order ? `by ${plainKey(order.by)} ${order.ascending ? '↑' : '↓'}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** ``metrics.`rmse` `` as people say it. */
export function plainKey(key: string): string {
  return key.replaceAll('`', '').replace(/^attributes\./, '');
}

/** What was kept over a restart, as far as it is a listing. */
export function readListing(kept: unknown): RunListing {
  if (typeof kept !== 'object' || kept === null) return ALL_RUNS;
  const { filter, order, user, deleted, group } = kept as Partial<Record<keyof RunListing, unknown>>;
  const { by, ascending } = (order ?? {}) as Partial<Record<keyof RunOrder, unknown>>;
  return {
    filter: typeof filter === 'string' ? filter : '',
    order: typeof by === 'string' ? { by, ascending: ascending === true } : undefined,
    user: typeof user === 'string' ? user : undefined,
    deleted: deleted === true,
    ...(typeof group === 'string' && { group }),
  };
}

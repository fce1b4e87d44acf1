import { invalidParameter } from '../entities/error.ts';
import { compareInt64, type Int64 } from '../entities/int64.ts';
import { splitIdentifier } from './clauses.ts';

export type Compare<T> = (a: T, b: T) => number;
/** What is ordered by; `undefined` comes last in both directions, NaN just before it. */
export type SortValue = Int64 | string | undefined;
export type SortKey<T> = (item: T) => SortValue;

export interface Ordering<T> {
  readonly key: SortKey<T>;
  readonly ascending: boolean;
}

export interface OrderBy {
  readonly entity: string | undefined;
  readonly key: string;
  readonly ascending: boolean;
}

const ORDER_BY =
  /^(?<identifier>`[^`]*`|"[^"]*"|[^\s`"]+(?:`[^`]*`|"[^"]*")?)(?:\s+(?<direction>\S+))?(?<rest>\s+\S.*)?$/s;

/** Reads one `order_by` entry: a key, then `ASC` or `DESC`. @throws INVALID_PARAMETER_VALUE */
export function parseOrderBy(text: string): OrderBy {
  const groups = ORDER_BY.exec(text.trim())?.groups;
  if (!groups?.identifier || groups.rest) {
    throw invalidParameter(`Invalid order_by clause '${text}'. Could not be parsed.`);
  }
  const direction = (groups.direction ?? 'ASC').toUpperCase();
  if (direction !== 'ASC' && direction !== 'DESC') {
    throw invalidParameter(`Invalid ordering key in order_by clause '${text}'.`);
  }
  return { ...splitIdentifier(groups.identifier), ascending: direction === 'ASC' };
}

export function by<T>(key: SortKey<T>, ascending: boolean): Compare<T> {
  return (a, b) => compareSortValues(key(a), key(b), ascending);
}

export function compareSortValues(x: SortValue, y: SortValue, ascending: boolean): number {
  const [rankX, rankY] = [rank(x), rank(y)];
  if (rankX !== rankY || rankX > 0 || x === undefined || y === undefined) return rankX - rankY;
  return ascending ? compareKeys(x, y) : -compareKeys(x, y);
}

function rank(value: SortValue): number {
  return value === undefined ? 2 : Number.isNaN(value) ? 1 : 0;
}

function compareKeys(x: Int64 | string, y: Int64 | string): number {
  // Not their difference: that of two infinities is no number.
  if (typeof x === 'number' && typeof y === 'number') return x < y ? -1 : x > y ? 1 : 0;
  if (typeof x === 'string' || typeof y === 'string') return compareCodePoints(String(x), String(y));
  return compareInt64(x, y);
}

/** As Python orders texts: by code point, where JavaScript's `<` goes by UTF-16 unit. */
export function compareCodePoints(x: string, y: string): number {
  const length = Math.min(x.length, y.length);
  for (let at = 0; at < length; at++) {
    if (x[at] !== y[at]) return order(x.charCodeAt(at)) - order(y.charCodeAt(at));
  }
  return x.length - y.length;
}

/** Surrogates stand for code points above all others. */
function order(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

/** The first comparison that is not a tie decides. */
export function inOrder<T>(compares: readonly Compare<T>[]): Compare<T> {
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

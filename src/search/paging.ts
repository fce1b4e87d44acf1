import { invalidParameter } from '../entities/error.ts';
import type { Page } from '../entities/page.ts';

export interface PageSize {
  readonly default: number;
  readonly limit: number;
}

/** Which of the found items are on a page. */
export interface PageBounds {
  readonly offset: number;
  readonly count: number;
}

/**
 * Cuts a page out of all that was found.
 * @throws INVALID_PARAMETER_VALUE as `pageBounds`
 */
export function paginate<T>(
  items: readonly T[],
  maxResults: number | undefined,
  pageToken: string | undefined,
  size: PageSize,
): Page<T> {
  const { offset, count } = pageBounds(maxResults, pageToken, size);
  return pageOf(items.slice(offset, offset + count), offset, items.length);
}

/**
 * Tokens are MLflow's: base64 of `{"offset": N}`.
 * @throws INVALID_PARAMETER_VALUE for a size out of bounds or a token that is none.
 */
export function pageBounds(maxResults: number | undefined, pageToken: string | undefined, size: PageSize): PageBounds {
  const count = maxResults ?? size.default;
  checkSize(count, maxResults, size);
  return { offset: pageToken ? parseToken(pageToken) : 0, count };
}

/** @param total how many items there are on all pages. */
export function pageOf<T>(items: readonly T[], offset: number, total: number): Page<T> {
  const end = offset + items.length;
  return end < total ? { items, nextPageToken: formatToken(end) } : { items };
}

function checkSize(count: number, given: number | undefined, { limit }: PageSize): void {
  if (given === undefined) return;
  const invalid = `Invalid value ${count} for parameter 'max_results' supplied. It must be`;
  if (!Number.isInteger(count) || count < 1) throw invalidParameter(`${invalid} a positive integer`);
  if (count > limit) throw invalidParameter(`${invalid} at most ${limit}, but got value ${count}`);
}

function formatToken(offset: number): string {
  return Buffer.from(`{"offset": ${offset}}`).toString('base64');
}

function parseToken(token: string): number {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) {
    throw invalidParameter('Invalid page token, could not base64-decode');
  }
  const text = Buffer.from(token, 'base64').toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidParameter(`Invalid page token, decoded value=${text}`);
  }
  const offset = typeof value === 'object' && value !== null && 'offset' in value ? value.offset : undefined;
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0) return offset;
  throw invalidParameter(`Invalid page token, parsed value=${text}`);
}

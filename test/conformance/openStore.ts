import type { ErrorCode } from '../../src/entities/error.ts';

/** A store that a suite opens anew for each test. */
export interface Opened<T> {
  readonly store: T;
  close(): Promise<void>;
}

export type Open<T> = () => Promise<Opened<T>>;

/** Names that a store must keep as they are: slashes, blanks, letters of all scripts. */
export const KEYS = ['plain', 'val/loss', 'a/b/c', 'with blank', 'dots.and-dashes_1', 'größe', '精度', 'ÅÑ'];
export const TEXTS = [
  '',
  ' ',
  'value',
  'it\'s "quoted"',
  'line\nline\n',
  '\r\n\ttab',
  '精度 😀',
  '{"a": [1]}',
  'null',
  '~',
];

/** Keys that are no names, or would leave their folder as files. */
export const BAD_KEYS = [
  '',
  '.',
  '..',
  '../up',
  '/root',
  'a//b',
  'a/./b',
  'a/../b',
  'a/',
  'a\\b',
  'a\0b',
  'a;b',
  '%2e',
  'a#b',
];

/** What a rejection with this code looks like. */
export function failing(code: ErrorCode): { name: 'MlflowError'; code: ErrorCode } {
  return { name: 'MlflowError', code };
}

export const BAD = failing('INVALID_PARAMETER_VALUE');
export const MISSING = failing('RESOURCE_DOES_NOT_EXIST');
export const TAKEN = failing('RESOURCE_ALREADY_EXISTS');

/** Runs through all pages of a search. */
export async function allPages<T>(
  read: (pageToken: string | undefined) => Promise<{ items: readonly T[]; nextPageToken?: string | undefined }>,
): Promise<T[][]> {
  const pages: T[][] = [];
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken);
    pages.push([...page.items]);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return pages;
}

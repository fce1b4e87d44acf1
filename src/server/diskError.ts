import type { ErrorCode } from '../entities/error.ts';

/** What to answer where the system refused something that a request needed. */
export interface DiskError {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
}

/** Not 429 as of other exhausted resources: clients repeat that for minutes, and the disk stays full. RFC 4918, 11.5. */
const FULL: DiskError = {
  status: 507,
  code: 'RESOURCE_EXHAUSTED',
  message:
    'The disk of the store is full. Nothing of this request may be relied on; send it again when there is space.',
};
const REFUSED: DiskError = {
  status: 403,
  code: 'PERMISSION_DENIED',
  message: 'The server may not write to the folder of the store, or not read a file in it.',
};
const READ_ONLY: DiskError = {
  status: 403,
  code: 'PERMISSION_DENIED',
  message: 'The file system of the store is read-only: it can be browsed, not changed.',
};
const BUSY: DiskError = {
  status: 503,
  code: 'TEMPORARILY_UNAVAILABLE',
  message: 'The server has too many files open; send the request again.',
};
const FAILING: DiskError = {
  status: 500,
  code: 'INTERNAL_ERROR',
  message: 'The disk of the store reports an error.',
};

const ERRORS: ReadonlyMap<unknown, DiskError> = new Map([
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EACCES', REFUSED],
  ['EPERM', REFUSED],
  ['EROFS', READ_ONLY],
  ['EMFILE', BUSY],
  ['ENFILE', BUSY],
  ['EIO', FAILING],
]);

/** `undefined` for everything that is not the system's fault. */
export function diskErrorOf(error: unknown): DiskError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return undefined;
  const known = ERRORS.get(error.code);
  if (!known) return undefined;
  const place = 'path' in error ? `: ${error.path}` : '';
  return { ...known, message: `${known.message} (${error.code}${place})` };
}

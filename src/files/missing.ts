/**
 * What `read` returns, or `undefined` where the file or folder is not there (also when a file stands where a folder was
 * expected or the other way round, or a socket; its name is longer than any can be, links lead to it in a circle, or it
 * vanished between two calls). Every other error flies.
 */
export function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ENXIO']);

function isMissing(error: unknown): boolean {
  return MISSING.has(errorCode(error) ?? '');
}

/** Whether a write failed because a file stands where it wants a folder, or the other way round. */
export function isPathTaken(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR';
}

/** The `code` of a system error, such as `EEXIST`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What a file holds, or `undefined` where that makes no sense. That the system could not give the file says nothing about
 * it: such errors fly.
 */
export async function unlessBroken<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isSystemError(error)) throw error;
    return undefined;
  }
}

/** Whether the system refused something, and not the content of a file is wrong. */
export function isSystemError(error: unknown): boolean {
  return errorCode(error) !== undefined && error instanceof Error && 'syscall' in error;
}

/** Whether the system has no more files to open: what was not read now can be read later. */
export function isOutOfFiles(error: unknown): boolean {
  return errorCode(error) === 'EMFILE' || errorCode(error) === 'ENFILE';
}

/** What `read` returns, or `undefined` where there is nothing or we may not look: what others keep to themselves is no fault. */
export function unlessForbidden<T>(read: () => T): T | undefined {
  try {
    return unlessMissing(read);
  } catch (error) {
    if (errorCode(error) === 'EACCES' || errorCode(error) === 'EPERM') return undefined;
    throw error;
  }
}

import { invalidParameter } from './error.ts';
import { checkFileNames } from './limits.ts';

const INVALID = 'Invalid path: ';

/**
 * The segments of a path inside an artifact root; none for the root itself.
 * @throws INVALID_PARAMETER_VALUE for a path that leads out of it, or holds a name that means something else to Windows.
 */
export function artifactSegments(path: string, platform: NodeJS.Platform = process.platform): string[] {
  if (/[\0\\#]/.test(path) || path.startsWith('/') || /^[a-zA-Z]:/.test(path)) throw invalidParameter('Invalid path');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw invalidParameter('Invalid path');
  if (platform === 'win32') checkFileNames(segments.join('/'), INVALID, platform);
  return segments;
}

/** The same for what is written, which the root itself is not, nor a name that no system keeps. */
export function writableSegments(path: string): string[] {
  const segments = artifactSegments(path);
  if (segments.length === 0) throw invalidParameter('Invalid path');
  checkFileNames(segments.join('/'), INVALID);
  return segments;
}

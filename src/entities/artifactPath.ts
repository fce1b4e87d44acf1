import { invalidParameter } from './error.ts';
import { checkFileNames } from './limits.ts';

/** The segments of a path inside an artifact root; none for the root itself. */
export function artifactSegments(path: string): string[] {
  if (/[\0\\#]/.test(path) || path.startsWith('/') || /^[a-zA-Z]:/.test(path)) throw invalidParameter('Invalid path');
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) throw invalidParameter('Invalid path');
  return segments;
}

/** Also refuses names that this system cannot keep. */
export function writableSegments(path: string): string[] {
  const segments = artifactSegments(path);
  if (segments.length === 0) throw invalidParameter('Invalid path');
  checkFileNames(segments.join('/'), 'Invalid path: ');
  return segments;
}

import { invalidParameter } from '../entities/error.ts';

/**
 * Left after decoding once, these were encoded twice or more often to get past somebody's check. Other `%` are part of
 * file names: MLflow puts them around the step of an image, which may be 2500.
 */
const ENCODED_AGAIN = /%(?:(?:25)*(?:2e|2f|5c)|00)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const NEVER_IN_A_PATH = /[\u0000-\u001f\u007f\\#]/;

/**
 * Decodes the segments of a request's path, once.
 * @throws INVALID_PARAMETER_VALUE for what could name something else than it seems to.
 */
export function decodePath(path: string): string {
  return checkPath(path.split('/').map(decodeSegment).join('/'));
}

function decodeSegment(segment: string): string {
  const text = segment.includes('%') ? decode(segment) : segment;
  if (text.includes('/')) throw invalidPath();
  return text;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidPath();
  }
}

/**
 * A decoded path relative to an artifact root.
 * @throws INVALID_PARAMETER_VALUE unless it is a plain one.
 */
export function checkPath(path: string): string {
  if (NEVER_IN_A_PATH.test(path) || ENCODED_AGAIN.test(path) || /^[a-zA-Z]:/.test(path)) throw invalidPath();
  const segments = path.split('/');
  if (segments[0] === '' && segments.length > 1) throw invalidPath();
  if (segments.includes('..')) throw invalidPath();
  return path;
}

function invalidPath(): Error {
  return invalidParameter('Invalid path');
}

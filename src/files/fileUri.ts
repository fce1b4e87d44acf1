import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The absolute path that a plain path or `file:` URI names, relative ones against the working directory. `undefined` for
 * every other scheme, for a `file:` URI of another machine, and for one with a query or fragment (CVE-2024-3848).
 */
export function pathOfUri(uri: string): string | undefined {
  if (uri === '' || uri.includes('\0')) return undefined;
  if (/^[a-zA-Z]:[\\/]/.test(uri) || !/^[a-zA-Z][\w+.-]*:/.test(uri)) return path.resolve(uri);
  if (!uri.startsWith('file:') || /[?#]/.test(uri)) return undefined;
  try {
    return uri.startsWith('file:/') ? fileURLToPath(uri) : path.resolve(decodeURIComponent(uri.slice('file:'.length)));
  } catch {
    // Another machine's host, or percent signs that encode nothing.
    return undefined;
  }
}

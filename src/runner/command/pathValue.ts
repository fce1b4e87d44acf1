import { fileURLToPath } from 'node:url';

/** The scheme of a URI, in lower case; `undefined` where there is none, as in a path (also one with a Windows drive). */
export function schemeOf(value: string): string | undefined {
  if (process.platform === 'win32' && /^[a-zA-Z]:[\\/]/.test(value)) return undefined;
  return /^([a-zA-Z][a-zA-Z\d+.-]*):/.exec(value)?.[1]?.toLowerCase();
}

/** The local path that a path or `file:` URI of this machine names; `undefined` for every other URI. */
export function localPathOf(value: string): string | undefined {
  const scheme = schemeOf(value);
  if (scheme === undefined) return value;
  if (scheme !== 'file' || /^file:\/\/[^/]/i.test(value)) return undefined;
  return value.startsWith('file:/') ? fileURLToPath(new URL(value)) : decodeURIComponent(value.slice('file:'.length));
}

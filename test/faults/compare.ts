import type { Shown } from './stores.ts';

export function isSame(a: Shown | undefined, b: Shown | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether each part is as before or as after. */
export function isBetween(before: Shown | undefined, after: Shown | undefined, now: Shown | undefined): boolean {
  if (isSame(now, before) || isSame(now, after)) return true;
  if (!isRecord(now)) return false;
  const parts = [before, after].filter(isRecord);
  const keys = new Set([now, ...parts].flatMap((part) => Object.keys(part)));
  const at = (part: Shown | undefined, key: string) => (isRecord(part) ? part[key] : undefined);
  return parts.length > 0 && [...keys].every((key) => isBetween(at(before, key), at(after, key), now[key]));
}

export function isRecord(value: Shown | undefined): value is { readonly [key: string]: Shown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first differences, each with its place. */
export function differences(a: Shown | undefined, b: Shown | undefined, place = ''): string {
  if (isSame(a, b)) return '';
  if (!isRecord(a) || !isRecord(b)) return `${place}: ${excerpt(a)} != ${excerpt(b)}`;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const found = [...keys].map((key) => differences(a[key], b[key], `${place}/${key}`));
  return found.filter(Boolean).slice(0, 3).join('; ');
}

function excerpt(value: Shown | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 80)}…${text.slice(-80)}` : text;
}

/** With its keys in order, so that equal states have equal texts. */
export function sorted(entries: Iterable<readonly [string, Shown]>): { readonly [key: string]: Shown } {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

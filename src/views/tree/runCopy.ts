import { formatBytes } from '../formatNumber.ts';
import { count, describe, formatCount } from './row.ts';

/** Where a copy of several runs is. */
export interface CopyState {
  /** From 1. */
  readonly at: number;
  readonly total: number;
  readonly name: string;
  readonly points: number;
  readonly bytes: number;
}

/** `2 of 5: bold-wolf · 1,200,000 points · 1.2 GB` */
export function describeCopy({ at, total, name, points, bytes }: CopyState): string {
  const parts = [points > 0 ? `${formatCount(points)} points` : undefined, bytes > 0 ? formatBytes(bytes) : undefined];
  return describe(total > 1 ? `${at} of ${total}: ${name}` : name, ...parts);
}

/** @param missing what could not be copied of all of them, a line each */
export function copyResult(names: readonly string[], experiment: string, missing: readonly string[]): string {
  const what = names.length === 1 ? `run '${names[0]}'` : count(names.length, 'run');
  const left = missing.length === 0 ? '' : ` ${count(missing.length, 'thing')} could not be copied.`;
  return `Copied ${what} to ${experiment}.${left}`;
}

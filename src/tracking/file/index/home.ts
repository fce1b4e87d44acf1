import type { ReadProgress } from '../../../entities/readProgress.ts';
import { lookOf } from '../../../files/fileReader.ts';
import { unlessForbidden } from '../../../files/missing.ts';
import { stat } from '../../../files/read.ts';
import { lookAtMeta, lookAtRun, type RunLook } from '../runReader.ts';
import { lookOfPlace, type Place } from './runTable.ts';

/** A folder of an experiment: where its run is, or what it looked like where it is none or cannot be read. */
export type Entry = Place | { readonly look: RunLook };

/** What is known of one experiment. */
export interface Home {
  readonly experimentId: string;
  /** By the names of the folders. */
  readonly entries: Map<string, Entry>;
  /** Those that are running runs. */
  readonly active: Set<string>;
  /** Runs that came or changed a moment ago, and until when they are looked at (`performance.now`). */
  readonly settling: Map<string, number>;
  /** Runs that this process has changed and not read again. */
  readonly noted: Set<string>;
  /** Runs that this process has changed, and when it did last (`performance.now`). */
  readonly written: Map<string, number>;
  /** What the experiment's folder looked like when its folders were listed; 0 before. */
  look: number;
  isListed: boolean;
  /** Whether somebody was told what is known, and has to be told what else is found. */
  isTold: boolean;
  /** The last look at all its runs, and at those that are going on. */
  looked: Timing;
  glanced: Timing;
  reading: ReadProgress | undefined;
  /** What finds its folders, one at a time: two would both read what is new. */
  refreshing: Promise<void> | undefined;
  looking: Promise<void> | undefined;
}

/** When something was done last (`performance.now`), and how long it took (ms). */
interface Timing {
  readonly at: number;
  readonly cost: number;
}

const NEVER: Timing = { at: Number.NEGATIVE_INFINITY, cost: 0 };

export function newHome(experimentId: string): Home {
  return {
    experimentId,
    entries: new Map(),
    active: new Set(),
    settling: new Map(),
    noted: new Set(),
    written: new Map(),
    look: 0,
    isListed: false,
    isTold: false,
    looked: NEVER,
    glanced: NEVER,
    reading: undefined,
    refreshing: undefined,
    looking: undefined,
  };
}

export function placeOf(entry: Entry): Place | undefined {
  return 'in' in entry ? entry : undefined;
}

export function knownLook(entry: Entry): RunLook {
  return 'in' in entry ? lookOfPlace(entry) : entry.look;
}

export function hasOtherMeta(runFolder: string, entry: Entry): boolean {
  const { meta, isRacy } = knownLook(entry);
  return isRacy || lookAtMeta(runFolder) !== meta;
}

export function hasChanged(runFolder: string, entry: Entry): boolean {
  const { all, isRacy } = knownLook(entry);
  // Of what is no run only the meta file counts.
  return isRacy || (placeOf(entry) ? lookAtRun(runFolder) !== all : hasOtherMeta(runFolder, entry));
}

/** Whether it is time to do it again: what was seen holds for `time` ms, and for `share` times what looking took. */
export function isDue(
  { at, cost }: Timing,
  { time, share }: { readonly time: number; readonly share: number },
): boolean {
  return performance.now() - at >= Math.max(time, share * cost);
}

/** What an experiment's folder looks like. */
export interface SeenFolder {
  readonly look: number;
  /** Whether it may change again without looking different. */
  readonly isYoung: boolean;
}

export function seenFolder(folder: string | undefined): SeenFolder {
  const stats = folder === undefined ? undefined : unlessForbidden(() => stat(folder));
  return stats ? { look: lookOf(stats), isYoung: Date.now() - stats.mtimeMs < 2_000 } : { look: 0, isYoung: false };
}

/** The folders of an experiment as a thread has listed them, and what was known then. */
export interface Listed {
  /** Absent where it could not list them. */
  readonly names: readonly string[] | undefined;
  readonly known: Iterable<readonly [string, Entry]>;
}

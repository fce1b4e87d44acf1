import path from 'node:path';
import type { Run } from '../../../entities/run.ts';
import type { FileProblem } from '../problems.ts';
import { type RunLook, RunReader } from '../runReader.ts';
import { buffersOf, type PackedRuns } from './packedRuns.ts';
import { RunPacker } from './runPacker.ts';

/** Run folders of one experiment, to be read. */
export interface ScanTask {
  readonly experimentId: string;
  readonly experimentFolder: string;
  readonly names: readonly string[];
}

export interface BrokenRun {
  readonly name: string;
  readonly look: RunLook;
  /** What could be read. */
  readonly run: Run | undefined;
  readonly problems: readonly FileProblem[];
}

/** What was found in them. */
export interface Scanned {
  readonly packed: PackedRuns;
  /** What each packed run looked like (see `lookAt`). */
  readonly looks: Float64Array;
  /** Folders that are no runs. */
  readonly others: readonly { readonly name: string; readonly look: RunLook }[];
  /** Runs of which something could not be read. */
  readonly broken: readonly BrokenRun[];
  /** Folders whose files were just being written. */
  readonly unfinished: readonly string[];
}

const reader = new RunReader();

/** Reads runs as fast as it can, without giving way: work for a worker thread, or for few runs. */
export function scan({ experimentId, experimentFolder, names }: ScanTask): Scanned {
  const packer = new RunPacker();
  const looks: number[] = [];
  const others: { name: string; look: RunLook }[] = [];
  const broken: BrokenRun[] = [];
  const unfinished: string[] = [];
  for (const name of names) {
    const read = reader.read(path.join(experimentFolder, name));
    if (read.isUnfinished) {
      unfinished.push(name);
      continue;
    }
    const { run, look, problems } = read;
    if (problems.length > 0) {
      broken.push({ name, run, look, problems });
    } else if (run) {
      packer.add(experimentId, run);
      looks.push(...lookNumbers(look));
    } else {
      others.push({ name, look });
    }
  }
  return { packed: packer.finish(), looks: Float64Array.from(looks), others, broken, unfinished };
}

/** Numbers that a look is kept as, with packed runs. */
export const LOOK_WIDTH = 3;

export function lookNumbers({ meta, all, isRacy }: RunLook): readonly number[] {
  return [meta, all, Number(isRacy)];
}

export function lookAt(looks: Float64Array, run: number): RunLook {
  const first = LOOK_WIDTH * run;
  return { meta: looks[first] ?? 0, all: looks[first + 1] ?? 0, isRacy: looks[first + 2] === 1 };
}

/** What is moved, not copied, when the result goes to another thread. */
export function transferablesOf({ packed, looks }: Scanned): ArrayBuffer[] {
  return [...buffersOf(packed), looks.buffer as ArrayBuffer];
}

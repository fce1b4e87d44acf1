import path from 'node:path';
import type { Change, Subscription } from '../../entities/change.ts';
import { readFilesBelow, readText, stat } from '../../files/read.ts';
import { METRICS, metaFile, PARAMS, TAGS } from './layout.ts';
import type { StoreFolder } from './storeFolder.ts';

/** Short enough that a run of another process is seen within a second (ms). */
const INTERVAL = 700;
/** Running runs that are watched for new points: a store can hold thousands that were never ended. */
const WATCHED_RUNS = 50;

/**
 * Finds what other processes write into the store's folder, by looking: events of file systems do not arrive from network
 * drives and containers, and watching every folder of a large store would use up the system's watches. New runs show in
 * their experiment's modification time, progress in that of a running run's files.
 */
export function watchDisk(folder: StoreFolder, announce: (change: Change) => void): Subscription {
  let before: Snapshot | undefined;
  const look = () => {
    const now = takeSnapshot(folder, before);
    if (before) for (const change of differences(before, now)) announce(change);
    before = now;
  };
  look();
  const timer = setInterval(look, INTERVAL).unref();
  return { dispose: () => clearInterval(timer) };
}

interface Snapshot {
  /** Folder → modification times of what its experiment consists of. */
  readonly experiments: ReadonlyMap<string, string>;
  readonly runFolders: ReadonlyMap<string, readonly string[]>;
  /** Folder → what its run looks like. */
  readonly runs: ReadonlyMap<string, RunLook>;
}

interface RunLook {
  /** Modification time of the meta file (ms). */
  readonly meta: number;
  readonly running: boolean;
  /** Modification times of the files that a running run writes. */
  readonly files: string;
}

function takeSnapshot(folder: StoreFolder, before: Snapshot | undefined): Snapshot {
  const experiments = new Map<string, string>();
  const runFolders = new Map<string, readonly string[]>();
  for (const experiment of folder.experimentFolders()) {
    const look = [experiment, metaFile(experiment), path.join(experiment, TAGS)].map(modified).join(' ');
    experiments.set(experiment, look);
    const known = before?.experiments.get(experiment) === look ? before.runFolders.get(experiment) : undefined;
    runFolders.set(experiment, known ?? folder.runFolders(experiment));
  }
  const runs = new Map<string, RunLook>();
  let watched = 0;
  for (const run of [...runFolders.values()].flat()) {
    const look = lookAt(run, before?.runs.get(run), watched < WATCHED_RUNS);
    if (look.running) watched++;
    runs.set(run, look);
  }
  return { experiments, runFolders, runs };
}

function lookAt(run: string, before: RunLook | undefined, watch: boolean): RunLook {
  const meta = modified(metaFile(run));
  // Only the status matters here; the rest of the file is read by whom the change concerns.
  const running = before?.meta === meta ? before.running : /^status: 1\s*$/m.test(readText(metaFile(run)) ?? '');
  return { meta, running, files: running && watch ? filesOf(run) : '' };
}

function filesOf(run: string): string {
  const metrics = path.join(run, METRICS);
  const points = readFilesBelow(metrics).map((key) => path.join(metrics, key));
  return [path.join(run, PARAMS), path.join(run, TAGS), ...points].map(modified).join(' ');
}

/** ms since the epoch with their fraction; 0 where there is nothing. */
function modified(file: string): number {
  return stat(file)?.mtimeMs ?? 0;
}

function differences(before: Snapshot, now: Snapshot): Change[] {
  const experiments = [...new Set([...before.experiments.keys(), ...now.experiments.keys()])].filter(
    (experiment) => before.experiments.get(experiment) !== now.experiments.get(experiment),
  );
  const runs = [...now.runs].filter(([run, look]) => {
    const known = before.runs.get(run);
    return known?.meta !== look.meta || known.files !== look.files;
  });
  return [
    ...experiments.map((experiment) => ({ kind: 'experiment', experimentId: path.basename(experiment) }) as const),
    ...runs.map(
      ([run]) => ({ kind: 'run', experimentId: path.basename(path.dirname(run)), runId: path.basename(run) }) as const,
    ),
  ];
}

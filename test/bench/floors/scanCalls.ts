// What a scan asks of the system and nothing else, with as many threads: lists folders, opens files, looks at them, reads and
// closes them. Prints how long that takes (ms) from the start of the threads on.
import fs from 'node:fs';
import path from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

interface Share {
  readonly runs: readonly string[];
  /** The next run that no thread has taken. */
  readonly next: Int32Array;
}

/** bytes; all files of the generated stores are shorter. */
const LONGEST = 64 * 1024;
const KINDS = ['metrics', 'params', 'tags'];

function readRuns({ runs, next }: Share): void {
  const buffer = Buffer.allocUnsafeSlow(LONGEST);
  const read = (file: string) => {
    const handle = fs.openSync(file, fs.constants.O_RDONLY);
    fs.fstatSync(handle);
    fs.readSync(handle, buffer, 0, LONGEST, null);
    fs.closeSync(handle);
  };
  for (let at = Atomics.add(next, 0, 1); at < runs.length; at = Atomics.add(next, 0, 1)) {
    const run = runs[at] ?? '';
    read(`${run}/meta.yaml`);
    for (const kind of KINDS) for (const name of fs.readdirSync(`${run}/${kind}`)) read(`${run}/${kind}/${name}`);
  }
}

function runsIn(root: string): string[] {
  return fs.readdirSync(root).flatMap((experiment) => {
    const runs = fs.readdirSync(path.join(root, experiment), { withFileTypes: true });
    return runs.filter((run) => run.isDirectory()).map((run) => path.join(root, experiment, run.name));
  });
}

if (isMainThread) {
  const [root = '', threads = ''] = process.argv.slice(2);
  const start = performance.now();
  const share: Share = { runs: runsIn(root), next: new Int32Array(new SharedArrayBuffer(4)) };
  const thread = () =>
    new Promise((resolve, reject) => {
      new Worker(import.meta.filename, { workerData: share }).once('error', reject).once('exit', resolve);
    });
  await Promise.all(Array.from({ length: Number(threads) }, thread));
  console.log(performance.now() - start);
} else {
  readRuns(workerData as Share);
}

import { parentPort } from 'node:worker_threads';
import { type ScanTask, scan, transferablesOf } from './scan.ts';

/** A thread that reads runs: a task in, what was found out. */
parentPort?.on('message', (task: ScanTask) => {
  const scanned = scan(task);
  parentPort?.postMessage(scanned, transferablesOf(scanned));
});

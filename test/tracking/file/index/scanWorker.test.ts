import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const WORKER = path.resolve(import.meta.dirname, '../../../../src/tracking/file/index/scanWorker.ts');

/** Has a thread read nothing, and prints the priorities of all threads. */
const PROGRAM = `
  const os = require('node:os');
  os.setPriority(Number(process.argv[1]));
  const { Worker } = require('node:worker_threads');
  const worker = new Worker(process.argv[2]);
  worker.once('message', () => {
    const threads = require('node:fs').readdirSync('/proc/self/task');
    console.log(JSON.stringify([...new Set(threads.map((thread) => os.getPriority(Number(thread))))].sort()));
    process.exit();
  });
  worker.postMessage({ dating: { folder: '/', names: [] } });
`;

// A thread of a priority of its own is a matter of Linux.
test.runIf(process.platform === 'linux').each([
  ['an ordinary main thread', 0, [0, os.constants.priority.PRIORITY_BELOW_NORMAL]],
  ['one that goes behind still more', 15, [0, 15]],
])('a thread that reads runs goes behind requests, and never before: of %s', (_, own, priorities) => {
  const { stdout } = spawnSync(process.execPath, ['-e', PROGRAM, String(own), WORKER], { encoding: 'utf8' });
  expect(stdout.trim()).toBe(JSON.stringify(priorities));
});

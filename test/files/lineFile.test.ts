import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { appendLines } from '../../src/files/lineFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

test('what another program began and never ended does not swallow a line', () => {
  using folder = temporaryFolder();
  const file = folder.write('loss', '1 0.5 0\n2 0.');
  appendLines(file, '3 0.25 2\n', folder.path);
  expect(fs.readFileSync(file, 'utf8')).toBe('1 0.5 0\n2 0.\n3 0.25 2\n');
});

/** Ends the line of a file some time after it was told to. */
const OTHER = `
  const { workerData: { file, go } } = require('node:worker_threads');
  const fs = require('node:fs');
  const handle = fs.openSync(file, 'a');
  Atomics.store(go, 0, 1);
  Atomics.notify(go, 0);
  Atomics.wait(go, 0, 1);
  Atomics.wait(go, 0, 2, 1);
  fs.writeSync(handle, '5 1\\n');
`;

test('a line that another program is just writing is not cut in two', async () => {
  using folder = temporaryFolder();
  const texts: string[] = [];
  // Where the machine has much to do, the other one may come too late.
  for (let attempt = 0; attempt < 20 && !texts.includes('1 0.5 1\n3 0.25 2\n'); attempt++) {
    const file = folder.write(`loss${attempt}`, '1 0.');
    const go = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(OTHER, { eval: true, workerData: { file, go } });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    await Atomics.waitAsync(go, 0, 0).value;
    Atomics.store(go, 0, 2);
    Atomics.notify(go, 0);
    appendLines(file, '3 0.25 2\n', folder.path);
    await ended;
    texts.push(fs.readFileSync(file, 'utf8'));
  }
  expect(texts).toContain('1 0.5 1\n3 0.25 2\n');
});

import fs from 'node:fs';
import { expect, test } from 'vitest';
import { isSpelledOtherwise } from '../../src/files/spelling.ts';
import { createRun, openFileServer } from '../server/fileServer.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

/** What a disk that takes both for one says: the file is there, under the name that it was made with. */
const madeAs = (name: string) => () => [name, '.0123456789abcdef.tmp'];

test.each([
  ['Loss', 'loss'],
  ['LOSS', 'loss'],
  ['e\u0301', '\u00e9'],
  ['\ufb01t', 'fit'],
])('%j is in use as %j', (name, made) => {
  using folder = temporaryFolder();
  folder.write(name, '');
  expect(isSpelledOtherwise(folder.path, [name], madeAs(made))).toBe(true);
  folder.write('val/acc', '');
  expect(isSpelledOtherwise(folder.path, ['val', 'acc'], () => ['Val'])).toBe(true);
});

test('a name of its own is fine, there or not, in folders or not', () => {
  using folder = temporaryFolder();
  folder.write('val/acc', '');
  folder.write('loss', '');
  for (const names of [['loss'], ['val', 'acc'], ['val', 'new'], ['new'], ['new', 'acc']]) {
    expect(isSpelledOtherwise(folder.path, names)).toBe(false);
  }
});

function isOneForBoth(): boolean {
  using folder = temporaryFolder();
  folder.write('a', '');
  return fs.existsSync(folder.join('A'));
}

test.runIf(isOneForBoth())('metrics of two spellings are not mixed where the disk takes both for one', async () => {
  await using server = await openFileServer();
  const run_id = await createRun(server);
  const log = (key: string) => server.post('runs/log-metric', { run_id, key, value: 1, timestamp: 1 });
  expect((await log('loss')).status).toBe(200);
  expect((await log('Loss')).json.message).toContain('in another spelling');
  expect((await server.post('runs/set-tag', { run_id, key: 'a', value: 'x' })).status).toBe(200);
  expect((await server.post('runs/set-tag', { run_id, key: 'A', value: 'x' })).status).toBe(400);
});

test.runIf(!isOneForBoth())('metrics of two spellings are two where the disk keeps both', async () => {
  await using server = await openFileServer();
  const run_id = await createRun(server);
  for (const key of ['loss', 'Loss', 'e\u0301', '\u00e9']) {
    expect((await server.post('runs/log-metric', { run_id, key, value: 1, timestamp: 1 })).status).toBe(200);
  }
  const { json } = await server.get(`runs/get?run_id=${run_id}`);
  expect(json.run.data.metrics).toHaveLength(4);
});

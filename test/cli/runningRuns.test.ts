import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunningRuns } from '../../src/cli/runningRuns.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

let server: FileServer;
let running: RunningRuns;
let watched: TrackingStore;
beforeEach(async () => {
  server = await openFileServer();
  running = new RunningRuns(server.parts.tracking);
  watched = running.watch(server.parts.tracking);
});
afterEach(() => server[Symbol.asyncDispose]());

test('a run counts from its creation to its end', async () => {
  expect(await running.count()).toBe(0);
  const { info } = await watched.createRun({ experimentId: '0' });
  expect(await running.count()).toBe(1);
  await watched.updateRun(info.runId, { status: 'FINISHED', endTime: 1 });
  expect(await running.count()).toBe(0);
});

test('a run of before counts when it logs', async () => {
  const { info } = await server.parts.tracking.createRun({ experimentId: '0' });
  expect(await running.count()).toBe(0);
  await watched.logBatch(info.runId, { tags: [{ key: 'k', value: 'v' }] });
  expect(await running.count()).toBe(1);
});

test('deleted and unknown runs do not count', async () => {
  const { info } = await watched.createRun({ experimentId: '0' });
  await watched.deleteRun(info.runId);
  await watched.logBatch('none', { tags: [] }).catch(() => undefined);
  expect(await running.count()).toBe(0);
});

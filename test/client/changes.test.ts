import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import type { Change, Subscription } from '../../src/entities/change.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';
import { until } from '../support/until.ts';

let server: FileServer;
let listening: Listening;
let client: MlflowClient;
let subscription: Subscription | undefined;
const seen: Change[] = [];

beforeEach(async () => {
  server = await openFileServer();
  listening = await listen(server.app, { host: '127.0.0.1', port: 0 });
  client = connect(listening.url);
  seen.length = 0;
});
afterEach(async () => {
  subscription?.dispose();
  client.dispose();
  await listening.close();
  await server[Symbol.asyncDispose]();
});

const sees = (change: Change) =>
  until(() => seen.some((it) => JSON.stringify(it) === JSON.stringify(change)), `seeing ${JSON.stringify(change)}`);

/** Listens, and waits until that has reached the server. */
async function follow(): Promise<void> {
  subscription = client.onDidChange((changes) => seen.push(...changes));
  await until(async () => {
    const name = `probe ${seen.length} ${performance.now()}`;
    await client.registry.createRegisteredModel({ name });
    return seen.length > 0;
  }, 'the first change');
  seen.length = 0;
}

describe('the changes of a server', () => {
  test('are told as they happen', async () => {
    await follow();
    const experimentId = await client.tracking.createExperiment({ name: 'a' });
    const { info } = await client.tracking.createRun({ experimentId });
    const { modelId } = await client.tracking.createLoggedModel({ experimentId, name: 'm' });
    await client.registry.createRegisteredModel({ name: 'M' });
    await sees({ kind: 'experiment', experimentId });
    await sees({ kind: 'run', experimentId, runId: info.runId });
    await sees({ kind: 'loggedModel', experimentId, modelId });
    await sees({ kind: 'registeredModel', name: 'M' });
  });

  test('are told after the server was away, those of the gap too', async () => {
    await follow();
    await listening.close();
    const { info } = await server.parts.tracking.createRun({ experimentId: '0' });
    await server.parts.registry.createRegisteredModel({ name: 'meanwhile' });
    listening = await listen(server.app, { host: '127.0.0.1', port: listening.port });
    await sees({ kind: 'experiment', experimentId: '0' });
    await sees({ kind: 'run', experimentId: '0', runId: info.runId });
    await sees({ kind: 'registeredModel', name: 'meanwhile' });
  });

  test('are not told any more after the end of the subscription', async () => {
    await follow();
    subscription?.dispose();
    subscription?.dispose();
    await client.registry.createRegisteredModel({ name: 'later' });
    const other: Change[] = [];
    const second = client.onDidChange((changes) => other.push(...changes));
    await until(async () => {
      await client.registry.setRegisteredModelTag('later', { key: 'k', value: String(performance.now()) });
      return other.length > 0;
    }, 'the other listener');
    second.dispose();
    expect(seen).toEqual([]);
  });
});

test('a server without events is looked at', async () => {
  const withoutEvents = await listen(
    (request) =>
      server.app(request.path.startsWith('/api/mlflow-workbench') ? { ...request, path: '/nowhere' } : request),
    { host: '127.0.0.1', port: 0 },
  );
  const other = connect(withoutEvents.url, { pollInterval: 50 });
  subscription = other.onDidChange((changes) => seen.push(...changes));
  expect(await other.problems()).toEqual([]);
  expect(await other.serverInfo()).toMatchObject({ apiVersion: expect.stringMatching(/^3\./), pid: undefined });
  await sleep(300);
  const { info } = await client.tracking.createRun({ experimentId: '0' });
  await until(() => seen.some((it) => it.kind === 'run' && it.runId === info.runId), 'the new run');
  subscription.dispose();
  await withoutEvents.close();
});

test('a server tells about itself', async () => {
  expect(await client.serverInfo()).toEqual({
    apiVersion: expect.stringMatching(/^3\.\d+\.\d+$/),
    pid: process.pid,
    storeRoot: server.store,
    version: '1.2.3',
  });
  expect(await client.problems()).toEqual([]);
});

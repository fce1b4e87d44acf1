import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readServerEvents } from '../../src/client/serverEvents.ts';
import type { Activity } from '../../src/server/parts.ts';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
const activities: Activity[] = [];
beforeEach(async () => {
  activities.length = 0;
  server = await openFileServer({
    parts: { onActivity: (activity) => activities.push(activity), countRunningRuns: async () => 3 },
  });
});
afterEach(() => server[Symbol.asyncDispose]());

const users = () => activities.filter((it) => it === 'began').length - activities.filter((it) => it === 'ended').length;

test('a server says which process serves which store', async () => {
  const { json } = await server.get('/api/mlflow-workbench/server');
  expect(json).toEqual({ pid: process.pid, store_root: server.store, version: '1.2.3', running_runs: 3 });
});

test('a server says how it finds changes, as long as somebody wants to know of them', async () => {
  const subscription = server.parts.tracking.onDidChange(() => {});
  const { json } = await server.get('/api/mlflow-workbench/server');
  expect(json.watching).toMatchObject({ mode: expect.stringMatching(/^(events|polling)$/) });
  subscription.dispose();
});

test('a search of what is known answers as a search, with the number of all runs', async () => {
  const ids = [await createRun(server), await createRun(server, { start_time: 2 })];
  const body = { experiment_ids: ['0'], max_results: 1, order_by: ['start_time DESC'] };
  const { json } = await server.post('/api/mlflow-workbench/runs/search', body);
  expect(json).toMatchObject({ total: 2, next_page_token: expect.any(String) });
  expect(json.runs[0].info.run_id).toBe(ids[1]);
  expect((await server.post('/api/mlflow-workbench/runs/search', { ...body, filter: '=' })).status).toBe(400);
});

test('a healthy store has no problems', async () => {
  expect((await server.get('/api/mlflow-workbench/problems')).json).toEqual({});
});

describe('the event stream', () => {
  async function open() {
    const end = new AbortController();
    const response = await server.fetch('http://localhost/api/mlflow-workbench/events', { signal: end.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = readServerEvents(response.body as ReadableStream<Uint8Array>);
    expect((await events.next()).value).toEqual({ type: 'comment', data: '' });
    return { events, end };
  }

  async function changesUntil(events: AsyncIterable<{ data: string }>, kind: string): Promise<unknown[]> {
    for await (const { data } of events) {
      const changes = data === '' ? [] : (JSON.parse(data) as { kind: string }[]);
      if (changes.some((change) => change.kind === kind)) return changes;
    }
    return [];
  }

  test('tells of runs, experiments and models', async () => {
    const { events, end } = await open();
    const runId = await createRun(server);
    expect(await changesUntil(events, 'run')).toContainEqual({ kind: 'run', experiment_id: '0', run_id: runId });
    end.abort();
  });

  test('tells of the registry', async () => {
    const { events, end } = await open();
    await server.post('registered-models/create', { name: 'M' });
    expect(await changesUntil(events, 'registered_model')).toContainEqual({ kind: 'registered_model', name: 'M' });
    end.abort();
  });

  test('counts as a user until it ends', async () => {
    const { events } = await open();
    expect(users()).toBe(1);
    await events.return(undefined);
    expect(users()).toBe(0);
  });
});

test('a request counts as a user until it is answered', async () => {
  await server.get('/health');
  await server.get('runs/get?run_id=none');
  expect(activities).toEqual(['began', 'ended', 'began', 'ended']);
});

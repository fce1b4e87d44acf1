import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { createApp } from '../../src/server/app.ts';
import type { KnownRuns } from '../../src/tracking/store.ts';
import { appFetch } from '../server/appFetch.ts';
import { createRun, type FileServer, openFileServer } from '../server/fileServer.ts';

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
});
afterEach(() => server[Symbol.asyncDispose]());

const SEARCH = { experimentIds: ['0'], maxResults: 1, orderBy: ['start_time DESC'] } as const;

describe('what is known of runs', () => {
  test('comes from our own server with the number of all', async () => {
    await createRun(server);
    const newest = await createRun(server, { start_time: 2 });
    const known = await connect('http://localhost', { fetch: server.fetch }).searchKnownRuns(SEARCH);
    expect(known).toMatchObject({ total: 2, nextPageToken: expect.any(String) });
    expect(known.reading).toBeUndefined();
    expect(known.items.map(({ info }) => info.runId)).toEqual([newest]);
  });

  test('and with how far it is, while it is still reading', async () => {
    const tracking = {
      ...server.parts.tracking,
      searchKnownRuns: async (): Promise<KnownRuns> => ({ items: [], total: 0, reading: { done: 3, total: 10_000 } }),
    };
    const client = connect('http://localhost', { fetch: appFetch(createApp({ ...server.parts, tracking })) });
    expect(await client.searchKnownRuns(SEARCH)).toEqual({
      items: [],
      nextPageToken: undefined,
      total: 0,
      reading: { done: 3, total: 10_000 },
    });
  });

  test.each([
    ['an error', () => new Response('{"error_code": "ENDPOINT_NOT_FOUND"}', { status: 404 })],
    ['a page', () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } })],
    ['an empty message', () => new Response('{}')],
  ])('is what a plain search finds on other servers, which answer with %s and are asked once', async (_, answer) => {
    const runId = await createRun(server);
    let asked = 0;
    const other: typeof fetch = async (input, init) => {
      if (!String(input).includes('/mlflow-workbench/')) return server.fetch(input, init);
      asked++;
      return answer();
    };
    const client = connect('http://localhost', { fetch: other });
    for (let round = 0; round < 3; round++) {
      const known = await client.searchKnownRuns(SEARCH);
      expect(known.items.map(({ info }) => info.runId)).toEqual([runId]);
      expect(known.total).toBeUndefined();
    }
    expect(asked).toBe(1);
    expect(await client.watching()).toBeUndefined();
  });

  test('a wrong search is told as one', async () => {
    const client = connect('http://localhost', { fetch: server.fetch });
    await expect(client.searchKnownRuns({ ...SEARCH, filter: '=' })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
    expect((await client.searchKnownRuns(SEARCH)).total).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import type { App } from '../../src/server/http.ts';
import { listen } from '../../src/server/listen.ts';
import { respond, textResponse } from '../../src/server/response.ts';

describe('answers of one turn', () => {
  const app: App = async ({ path }) =>
    path === '/broken' ? respond(200, 'text/plain', '', { 'x-broken': 'two\nlines' }) : textResponse(200, path);

  test('are sent each to its own client', async () => {
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const paths = Array.from({ length: 50 }, (_, at) => `/${at}`);
    const replies = await Promise.all(paths.map((path) => fetch(`${server.url}${path}`)));
    expect(await Promise.all(replies.map((reply) => reply.text()))).toEqual(paths);
    await server.close();
  });

  test('are sent although another one cannot be', async () => {
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    const [broken, ...whole] = await Promise.allSettled(
      ['/broken', '/a', '/b'].map((path) => fetch(`${server.url}${path}`)),
    );
    expect(broken?.status).toBe('rejected');
    expect(whole.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await server.close();
  });
});

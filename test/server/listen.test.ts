import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/server/http.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { textResponse } from '../../src/server/response.ts';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

let server: FileServer;
let listening: Listening;
beforeEach(async () => {
  server = await openFileServer();
  listening = await listen(server.app, LOOPBACK);
});
afterEach(async () => {
  await listening.close();
  expect(server.defects).toEqual([]);
  await server[Symbol.asyncDispose]();
});

/** Sends bytes as they are. @returns all that comes back until the server closes the connection */
function raw(text: string, port = listening.port): Promise<string> {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.setTimeout(5_000, () => socket.destroy(new Error('no end')));
    socket.on('data', (chunk) => (reply += chunk.toString()));
    socket.on('error', reject).on('close', () => resolve(reply));
  });
}

/** The status of a request for `/health` with these header lines. */
async function statusWith(...lines: string[]): Promise<number> {
  const headers = [...lines, 'Connection: close'].map((line) => `${line}\r\n`).join('');
  return Number((await raw(`GET /health HTTP/1.1\r\n${headers}\r\n`)).split(' ')[1]);
}

describe('the socket', () => {
  test('answers as the app does', async () => {
    const response = await fetch(`${listening.url}/health`);
    expect([response.status, await response.text()]).toEqual([200, 'OK']);
    expect(response.headers.get('content-length')).toBe('2');
  });

  test('is the loopback one only', async () => {
    expect(listening.url).toBe(`http://127.0.0.1:${listening.port}`);
  });

  test('takes the next port when the one asked for is taken', async () => {
    const second = await listen(server.app, { host: '127.0.0.1', port: listening.port });
    expect(second.port).toBeGreaterThan(listening.port);
    expect((await fetch(`${second.url}/health`)).status).toBe(200);
    await second.close();
  });

  test('keeps connections', async () => {
    const reply = raw(
      `GET /health HTTP/1.1\r\nHost: localhost:${listening.port}\r\n\r\n` +
        `GET /version HTTP/1.1\r\nHost: localhost:${listening.port}\r\nConnection: close\r\n\r\n`,
    );
    expect((await reply).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });
});

describe('refuses', () => {
  test('foreign hosts', async () => {
    expect(await statusWith(`Host: 127.0.0.1:${listening.port}`)).toBe(200);
    expect(await statusWith(`Host: localhost:${listening.port}`)).toBe(200);
    for (const host of [
      'evil.example',
      '127.0.0.1',
      `127.0.0.1:${listening.port + 1}`,
      `10.evil.example:${listening.port}`,
    ]) {
      expect(await statusWith(`Host: ${host}`)).toBe(403);
    }
  });

  test('none or two hosts, HTTP/1.0 and proxy requests', async () => {
    const host = `Host: 127.0.0.1:${listening.port}`;
    expect(await statusWith()).toBe(400);
    expect(await statusWith(host, 'Host: evil.example')).toBe(400);
    expect(await raw(`GET /health HTTP/1.0\r\n${host}\r\n\r\n`)).toContain('400 Bad Request');
    expect(await raw(`GET http://evil.example/health HTTP/1.1\r\n${host}\r\n\r\n`)).toContain('400 Bad Request');
  });

  test('pages of other origins, reads too', async () => {
    const host = `Host: 127.0.0.1:${listening.port}`;
    for (const origin of ['null', 'http://localhost:3000', 'http://evil.example', 'vscode-webview://a']) {
      expect(await statusWith(host, `Origin: ${origin}`)).toBe(403);
    }
    expect(await statusWith(host, `Origin: http://127.0.0.1:${listening.port}`)).toBe(200);
    expect(await statusWith(host, 'Sec-Fetch-Site: cross-site')).toBe(403);
    expect(await statusWith(host, 'Sec-Fetch-Site: same-site')).toBe(403);
  });

  test('a write before it touches anything', async () => {
    const body = '{"name":"evil"}';
    const response = await fetch(`${listening.url}/api/2.0/mlflow/experiments/create`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
    });
    expect(response.status).toBe(403);
    expect((await server.get('experiments/get-by-name?experiment_name=evil')).status).toBe(404);
  });

  test('a body that is too large, in words that arrive', async () => {
    const head = `POST /api/2.0/mlflow/runs/search HTTP/1.1\r\nHost: 127.0.0.1:${listening.port}\r\nContent-Type: application/json\r\n`;
    const announced = await raw(`${head}Content-Length: 99999999\r\n\r\n{`);
    expect(announced).toContain('413');
    expect(announced).toContain('larger than');
  });

  test('headers that are too large', async () => {
    expect(await statusWith(`Host: 127.0.0.1:${listening.port}`, `X: ${'x'.repeat(20_000)}`)).toBe(431);
  });
});

test('a path is not folded before it is checked', async () => {
  const host = `Host: 127.0.0.1:${listening.port}\r\nConnection: close\r\n\r\n`;
  for (const target of ['../x', 'a/%2e%2e/%2e%2e/x', '..%5cx', '%252e%252e/x']) {
    expect(await raw(`GET /api/2.0/mlflow-artifacts/artifacts/${target} HTTP/1.1\r\n${host}`)).toContain(
      'Invalid path',
    );
  }
  expect(await raw(`GET /nowhere/../health HTTP/1.1\r\n${host}`)).toContain('404');
});

test('an upload that breaks off leaves nothing, and is no defect', async () => {
  const runId = await createRun(server);
  const socket = net.connect(listening.port, '127.0.0.1');
  socket.write(
    `PUT /api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/half HTTP/1.1\r\n` +
      `Host: 127.0.0.1:${listening.port}\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(1000)}`,
  );
  await sleep(100);
  socket.destroy();
  await sleep(100);
  expect((await server.get(`artifacts/list?run_id=${runId}`)).json.files).toBeUndefined();
});

describe('a connection on which nothing moves', () => {
  const stall = 300;

  test('is cut during an upload, which leaves nothing', async () => {
    const runId = await createRun(server);
    const impatient = await listen(server.app, { ...LOOPBACK, stall });
    const start = performance.now();
    const reply = await raw(
      `PUT /api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/half HTTP/1.1\r\n` +
        `Host: 127.0.0.1:${impatient.port}\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(1000)}`,
      impatient.port,
    );
    expect(reply).toBe('');
    expect(performance.now() - start).toBeLessThan(3_000);
    await sleep(50);
    expect((await server.get(`artifacts/list?run_id=${runId}`)).json.files).toBeUndefined();
    await impatient.close();
  });

  test('is cut when its client does not read what it asked for', async () => {
    const runId = await createRun(server);
    const path = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/big`;
    await server.fetch(`http://localhost${path}`, { method: 'PUT', body: Buffer.alloc(50_000_000) });
    const impatient = await listen(server.app, { ...LOOPBACK, stall });
    const socket = net.connect(impatient.port, '127.0.0.1');
    socket.pause().write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${impatient.port}\r\n\r\n`);
    await sleep(2_500);
    let size = 0;
    socket
      .on('data', (chunk) => (size += chunk.length))
      .on('error', () => undefined)
      .resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(size).toBeLessThan(50_000_000);
    await impatient.close();
  });

  test('is kept while the server works on a request that has come', async () => {
    const slow: App = async (request) => {
      await request.readBody(100);
      await sleep(4 * stall);
      return textResponse(200, 'found');
    };
    const impatient = await listen(slow, { ...LOOPBACK, stall });
    const reply = await fetch(`${impatient.url}/anything`, { method: 'POST', body: 'a search' });
    expect(reply.status).toBe(200);
    await impatient.close();
  });

  test('is kept between two requests', async () => {
    const impatient = await listen(server.app, { ...LOOPBACK, stall });
    const request = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${impatient.port}\r\n\r\n`;
    let said = '';
    const socket = net.connect(impatient.port, '127.0.0.1').on('data', (data) => (said += String(data)));
    socket.write(request);
    await sleep(3 * stall);
    socket.write(request);
    await sleep(100);
    expect(said.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    socket.destroy();
    await impatient.close();
  });
});

describe('closing', () => {
  test('ends event streams at once and frees the port', async () => {
    const response = await fetch(`${listening.url}/api/mlflow-workbench/events`);
    const reading = response.text();
    const start = performance.now();
    await listening.close();
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(await reading).toContain(': changes of the store');
    const again = await listen(server.app, { host: '127.0.0.1', port: listening.port });
    expect(again.port).toBe(listening.port);
    await again.close();
  });

  test('answers what was asked', async () => {
    const runId = await createRun(server);
    const body = JSON.stringify({ run_id: runId, key: 'k', value: 'v' });
    const asked = fetch(`${listening.url}/api/2.0/mlflow/runs/set-tag`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    await sleep(5);
    await listening.close();
    expect((await asked).status).toBe(200);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/server/routes.ts';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
});
afterEach(async () => {
  expect(server.defects).toEqual([]);
  await server[Symbol.asyncDispose]();
});

describe('routing', () => {
  test.each(['/api/2.0', '/api/3.0', '/ajax-api/2.0', '/ajax-api/3.0', '/api/2.0/preview'])(
    '%s is the API',
    async (prefix) => {
      const { status, json } = await server.get(`${prefix}/mlflow/experiments/get?experiment_id=0`);
      expect(status).toBe(200);
      expect(json.experiment.name).toBe('Default');
    },
  );

  test.each([
    '/api/2.1/mlflow/experiments/get',
    '/mlflow/experiments/get',
    '/api/2.0/mlflow/nope',
    '/api/2.0/preview/mlflow-artifacts/artifacts',
    '/graphiql',
    '//',
    '//health',
    '/api/2.0//health',
  ])('%s leads nowhere, which a client can read', async (path) => {
    const { status, json } = await server.get(path);
    expect(status).toBe(404);
    expect(json.error_code).toBe('ENDPOINT_NOT_FOUND');
  });

  test('a wrong method is told the right ones', async () => {
    const { status, headers, json } = await server.get('experiments/create');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST');
    expect(json.error_code).toBe('BAD_REQUEST');
    expect((await server.call('PUT', 'logged-models/m-1')).headers.get('allow')).toBe('GET, PATCH, DELETE');
    expect((await server.call('OPTIONS', 'runs/create')).status).toBe(405);
  });

  test('no two routes are the same', () => {
    const names = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('every endpoint', () => {
  const targets = ROUTES.map(({ method, path, kind }) => ({
    method,
    kind,
    path: path.startsWith('//')
      ? path.slice(1)
      : `/api/2.0${path}`.replace(/\{\w+\*?\}/g, 'm-0123456789abcdef0123456789abcdef'),
  })).filter(({ path }) => !path.endsWith('/events'));

  const bodies: unknown[] = [
    {},
    { run_id: 5, name: 5, experiment_id: [], key: {}, value: null, metrics: 'x', tags: 7, models: true, status: [] },
    { run_id: '../../etc', name: '../..', experiment_id: '../x', key: '../k', version: '-1', experiment_ids: ['..'] },
    { run_id: 'x'.repeat(10_000), name: 'x'.repeat(10_000), filter: '((((', order_by: ['; drop'], max_results: -5 },
    { run_id: '0'.repeat(32), name: 'nobody', experiment_id: '12345', key: 'k', value: 1, version: '1', timestamp: 1 },
    '{"run_id": ',
    '[1, 2]',
    '"text"',
    'null',
    '"\\"{}\\""',
    `{"a":${'['.repeat(10_000)}`,
    '{"__proto__":{"run_id":"x"},"constructor":1}',
  ];

  test.each(targets)('$method $path never blames the server for a bad request', async ({ method, path }) => {
    if (method === 'GET') {
      for (const query of [
        '',
        '?',
        '?run_id=x&name=..&version=x&path=../x',
        '?max_results=x&page_token=%00',
        '?%zz=%',
      ]) {
        expect((await server.get(path + query)).status).not.toBe(500);
      }
      return;
    }
    for (const body of bodies) {
      const { status } = await server.call(method, path, body);
      expect(status === 501 || status < 500, `${status} for ${JSON.stringify(body).slice(0, 200)}`).toBe(true);
    }
  });

  test('has headers that keep browsers from caching, sniffing, framing and sharing', async () => {
    for (const path of ['/health', '/version', '/api/2.0/mlflow/runs/get', '/nowhere']) {
      const { headers } = await server.get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.has('access-control-allow-origin')).toBe(false);
    }
  });
});

describe('a JSON body', () => {
  const post = (init: RequestInit) =>
    server.fetch('http://localhost/api/2.0/mlflow/experiments/create', { method: 'POST', ...init });

  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])('may be %s', async (type) => {
    expect((await post({ body: '{"name":"a"}', headers: { 'content-type': type } })).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'may not be %s',
    async (type) => {
      const response = await post({ body: '{"name":"a"}', headers: { 'content-type': type } });
      expect(response.status).toBe(415);
      expect(await response.json()).toEqual({
        error_code: 'INVALID_PARAMETER_VALUE',
        message: "Bad Request. Content-Type must be one of ['application/json'].",
      });
    },
  );

  test('must say what it is', async () => {
    const body = new Blob(['{"name":"a"}']).stream();
    const response = await post({ body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ message: 'Bad Request. Content-Type header is missing.' });
  });

  test('may be encoded twice, as old clients do', async () => {
    expect((await server.post('experiments/create', JSON.stringify('{"name":"twice"}'))).status).toBe(200);
  });

  test('that is empty lacks its parameters', async () => {
    const { status, json } = await server.post('experiments/create', '');
    expect(status).toBe(400);
    expect(json.message).toContain("Missing value for required parameter 'name'");
  });

  test.each(['{nope', '[]', '5', 'null', '"abc"'])('that is %s is refused', async (body) => {
    const { status, json } = await server.post('runs/search', body);
    expect(status).toBe(400);
    expect(json.error_code).toBe('INVALID_PARAMETER_VALUE');
  });

  test.each([
    ['a message about one thing', 'runs/set-tag', 1_000_000],
    ['a batch', 'runs/log-batch', 32 << 20],
    ['datasets', 'runs/log-inputs', 32 << 20],
  ])('that is %s (%s) is read up to %d bytes', async (_, path, limit) => {
    const whole = await server.post(path, `{"x":"${'x'.repeat(limit - 8)}"}`);
    expect([whole.status, whole.json.message]).toEqual([400, expect.stringContaining('Missing value')]);
    const longer = await server.post(path, `{"x":"${'x'.repeat(limit - 7)}"}`);
    expect([longer.status, longer.json.error_code]).toEqual([413, 'BAD_REQUEST']);
  });

  test('that has no end is not read to its end', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1 << 16;
        controller.enqueue(new Uint8Array(1 << 16).fill(32));
      },
    });
    const headers = { 'content-type': 'application/json' };
    const response = await server.fetch('http://localhost/api/2.0/mlflow/runs/set-tag', {
      method: 'POST',
      ...({ body, headers, duplex: 'half' } as RequestInit),
    });
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(2_000_000);
  });
});

describe('what a client asks first', () => {
  test('a person who follows a link learns where the runs are', async () => {
    const { status, text } = await server.get('/');
    expect([status, text]).toEqual([200, expect.stringContaining('MLflow view of VS Code')]);
  });

  test('health', async () => {
    const { status, text, headers } = await server.get('/health');
    expect([status, text]).toEqual([200, 'OK']);
    expect(headers.get('content-type')).toContain('text/html');
  });

  test('version: a PEP 440 one, below 3.4, so that clients do not send spans to /v1/traces', async () => {
    const { text } = await server.get('/version');
    expect(text).toMatch(/^3\.[0-3]\.\d+$/);
  });

  test('server-info: uploads are plain', async () => {
    const { json } = await server.get('/api/3.0/mlflow/server-info');
    expect(json).toMatchObject({
      store_type: 'FileStore',
      multipart_uploads_enabled: false,
      workspaces_enabled: false,
    });
  });

  test('spans are refused in the words that end the asking', async () => {
    const { status, json } = await server.post('/v1/traces', {});
    expect(status).toBe(501);
    expect(json.detail).toContain('REST OTLP span logging is not supported');
  });
});

test('a defect of ours tells nothing but that it is one', async () => {
  const tracking = {
    ...server.parts.tracking,
    getRun: () => Promise.reject(new Error('secret of /home/somebody')),
  };
  await using broken = await openFileServer({ parts: { tracking } });
  const { status, json, text } = await broken.get('runs/get?run_id=a');
  expect(status).toBe(500);
  expect(json.error_code).toBe('INTERNAL_ERROR');
  expect(text).not.toContain('secret');
  expect(broken.defects).toHaveLength(1);
});

test('integers beyond 2^53 come back with all their digits', async () => {
  const runId = await createRun(server);
  await server.post(
    'runs/log-metric',
    `{"run_id":"${runId}","key":"m","value":1,"timestamp":1,"step":9007199254740993}`,
  );
  const { text } = await server.get(`metrics/get-history?run_id=${runId}&metric_key=m`);
  expect(text).toContain('"step":9007199254740993');
});

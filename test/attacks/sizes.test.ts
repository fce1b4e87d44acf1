import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './exchange.ts';
import { type Attack, Target } from './target.ts';

const target = new Target();
beforeAll(() => target.start());
afterAll(async () => {
  console.log(`Of sizes and times, ${target.refused} attacks were refused.`);
  await target.end();
});

const HOST = 'Host: 127.0.0.1:%PORT%';
const api = (rest: string): string => `/api/2.0/mlflow/${rest}`;
const post = (name: string, rest: string, body: object | string, status: Attack['status'] = 400): Attack => ({
  name,
  target: rest.startsWith('/') ? rest : api(rest),
  body: typeof body === 'string' ? body : JSON.stringify(body),
  status,
});
const get = (name: string, rest: string, status: Attack['status'] = 400): Attack => ({
  name,
  target: rest.startsWith('/') ? rest : api(rest),
  status,
});
const list = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));

test('bodies', async () => {
  const big = (size: number) => `{"x":"${'x'.repeat(size - 8)}"}`;
  const lies = (path: string): Attack => ({
    name: `${path}, which says so before`,
    method: 'POST',
    target: api(path),
    headers: [HOST, 'Content-Type: application/json', 'Content-Length: 99999999999'],
    status: 413,
  });
  const small = ['runs/set-tag', 'runs/log-metric', 'runs/search', 'experiments/search', 'registered-models/set-tag'];
  await target.refuses([
    ...small.map((path) => post(`${path} of 1 MB and a byte`, path, big(1_000_001), 413)),
    ...small.map((path) => post(`${path} of 1 MB`, path, big(1_000_000))).filter(({ name }) => !/search/.test(name)),
    ...[...small, 'runs/log-batch', 'runs/log-inputs', 'runs/log-model'].map(lies),
    post('graphql', '/graphql', big(1_000_001), 413),
  ]);
});

test('lines and headers', async () => {
  const long = 'x'.repeat(17_000);
  const many = (name: string): string[] => list(5_000, (at) => `${name}${at}: x`);
  await target.refuses([
    get('a long path', `runs/get/${long}`, 431),
    get('a long query', `runs/get?run_id=${long}`, 431),
    get('100,000 parameters', `runs/get?${'a&'.repeat(100_000)}`, 431),
    { ...get('a long header', 'runs/get', 431), headers: [HOST, `X: ${long}`] },
    { ...get('a long cookie', 'runs/get', 431), headers: [HOST, `Cookie: ${long}`] },
    { ...get('many headers', 'runs/get', 431), headers: [HOST, ...many('X')] },
    { ...get('a long Host', 'runs/get', 431), headers: [`Host: ${long}`] },
    { ...get('a long name of a header', 'runs/get', 431), headers: [HOST, `${long}: x`] },
    { ...get('a long method', 'runs/get', [400, 431]), method: long },
    get('8,000 parameters', `runs/get?${'a&'.repeat(8_000)}`),
    get('2,000 parameters of as many names', `runs/get?${list(2_000, (at) => `a${at}`).join('&')}`),
    get('a thousand slashes', `artifacts/list?run_id=x&path=x${'/'.repeat(15_000)}x`, 404),
  ]);
});

test('many things at once', async () => {
  const run_id = target.runId;
  const metrics = (count: number) => list(count, (at) => ({ key: `m${at}`, value: 1, timestamp: 1, step: 0 }));
  const items = (count: number) => list(count, (at) => ({ key: `k${at}`, value: 'x' }));
  const ids = list(101, (at) => `${at}`.padStart(32, '0'));
  await target.refuses([
    post('1,001 metrics', 'runs/log-batch', { run_id, metrics: metrics(1_001) }),
    post('101 params', 'runs/log-batch', { run_id, params: items(101) }),
    post('101 tags', 'runs/log-batch', { run_id, tags: items(101) }),
    post('1,001 of all', 'runs/log-batch', { run_id, metrics: metrics(901), params: items(100) }),
    post('100,000 metrics', 'runs/log-batch', { run_id, metrics: metrics(100_000) }),
    post('a key of 251', 'runs/set-tag', { run_id, key: 'x'.repeat(251), value: '' }),
    post('a metric of 251', 'runs/log-metric', { run_id, key: 'x'.repeat(251), value: 1, timestamp: 1 }),
    post('a param of 251', 'runs/log-parameter', { run_id, key: 'x'.repeat(251), value: '' }),
    post('an experiment of 501', 'experiments/create', { name: 'x'.repeat(501) }),
    post('an alias of 256', 'registered-models/alias', { name: 'seed', alias: 'x'.repeat(256), version: '1' }),
    post('a model’s tag of 100,001', 'registered-models/set-tag', {
      name: 'seed',
      key: 'a',
      value: 'x'.repeat(100_001),
    }),
    get(
      '101 histories',
      `/ajax-api/2.0/mlflow/metrics/get-history-bulk?${ids.map((id) => `run_id=${id}`).join('&')}&metric_key=m`,
    ),
    get(
      '101 sampled histories',
      `/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?${ids.map((id) => `run_ids=${id}`).join('&')}&metric_key=m`,
    ),
    ...[0, -1, 50_001, 2 ** 31, 1e20].map((max_results) =>
      post(`${max_results} runs`, 'runs/search', { experiment_ids: ['0'], max_results }),
    ),
    get('50,001 experiments', 'experiments/search?max_results=50001'),
    get('1,001 models', 'registered-models/search?max_results=1001'),
    get('200,001 versions', 'model-versions/search?max_results=200001'),
    get('501 traces', '/api/2.0/mlflow/traces?experiment_ids=0&max_results=501'),
    post('1,001 logged models', 'logged-models/search', { experiment_ids: ['0'], max_results: 1_001 }),
  ]);
});

test('what is as long as it may be is taken, and what MLflow cuts is cut', async () => {
  const { run } = await target.ask('runs/create', { experiment_id: '0' });
  const { run_id } = run.info;
  const key = 'k'.repeat(250);
  await target.ask('runs/log-metric', { run_id, key, value: 1, timestamp: 1 });
  await target.ask('runs/log-parameter', { run_id, key, value: 'v'.repeat(6_000) });
  await target.ask('runs/log-parameter', { run_id, key: 'longer', value: 'v'.repeat(6_001) });
  await target.ask('runs/set-tag', { run_id, key, value: 'v'.repeat(8_000) });
  await target.ask('runs/set-tag', { run_id, key: 'longer', value: 'v'.repeat(8_001) });
  const { data } = (await target.ask(`runs/get?run_id=${run_id}`)).run;
  const lengths = (pairs: { key: string; value: string }[]) =>
    Object.fromEntries(pairs.map((pair) => [pair.key, pair.value.length]));
  expect(lengths(data.params)).toEqual({ [key]: 6_000, longer: 6_000 });
  expect(lengths(data.tags)).toMatchObject({ [key]: 8_000, longer: 8_000 });
  // A batch that keeps to all limits is larger than 1 MB, and MLflow takes it.
  const items = (length: number) => list(100, (at) => ({ key: `${at}`, value: 'v'.repeat(length) }));
  await target.ask('runs/log-batch', { run_id, params: items(6_000), tags: items(8_000) });
  expect((await target.ask(`runs/get?run_id=${run_id}`)).run.data.params).toHaveLength(102);
});

test('filters and orders', async () => {
  const filters: Record<string, string> = {
    'of 10,001 characters': `tags.a = '${'x'.repeat(9_990)}'`,
    'of 101 comparisons': list(101, () => "tags.a = 'x'").join(' AND '),
    'of digits': `metrics.a = ${'9'.repeat(9_900)}x`,
    'of backticks': '`a'.repeat(4_900),
    'of quotes': "'".repeat(9_999),
    'of brackets': '('.repeat(9_000),
    'of ANDs': 'AND '.repeat(2_400),
    'of dots': 'a.'.repeat(4_900),
    'of an injection': "tags.a = 'x'; DROP TABLE runs",
    'of an OR': "tags.a = 'x' OR 1=1",
    'of a comment': "tags.a = 'x' -- ",
    'of a NUL': "tags.a\0 = 'x'",
    'of a list of thousands': `attributes.run_id IN (${list(3_000, () => "'x'").join(',')})`,
    'of an unknown function': 'sleep(10)',
    'of a prototype': "__proto__.a = 'x'",
    'of a constructor': "constructor = 'x'",
  };
  const bodies = Object.entries(filters);
  await target.refuses([
    ...bodies.map(([name, filter]) => post(`runs ${name}`, 'runs/search', { experiment_ids: ['0'], filter })),
    ...bodies.map(([name, filter]) => post(`experiments ${name}`, 'experiments/search', { max_results: 10, filter })),
    ...bodies
      .filter(([name]) => name !== 'of a list of thousands')
      .map(([name, filter]) =>
        get(`models ${name}`, `registered-models/search?filter=${encodeURIComponent(filter)}`, [400, 431]),
      ),
    ...bodies.map(([name, filter]) =>
      post(`logged models ${name}`, 'logged-models/search', { experiment_ids: ['0'], filter }),
    ),
    ...bodies.map(([name, filter]) =>
      post(`traces ${name}`, '/api/3.0/mlflow/traces/search', {
        locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '0' } }],
        filter,
      }),
    ),
    ...[
      list(101, () => 'metrics.a'),
      ['x'.repeat(10_001)],
      ['a b c'],
      ['`'.repeat(900)],
      ['a; DROP'],
      ['__proto__'],
    ].map((order_by) =>
      post(`order ${String(order_by).slice(0, 20)}`, 'runs/search', { experiment_ids: ['0'], order_by }),
    ),
    post('101 orders', 'logged-models/search', {
      experiment_ids: ['0'],
      order_by: list(101, () => ({ field_name: 'metrics.a' })),
    }),
  ]);
});

test('LIKE with many % is answered at once', async () => {
  const { run } = await target.ask('runs/create', {
    experiment_id: '0',
    tags: [{ key: 'long', value: 'a'.repeat(5_000) }],
  });
  for (const like of [
    '%a'.repeat(100),
    `${'%a'.repeat(4_000)}%b`,
    `${'a%'.repeat(2_000)}b`,
    '%_'.repeat(2_000),
    `%${'a'.repeat(2_000)}b%`,
  ]) {
    for (const comparator of ['LIKE', 'ILIKE']) {
      const start = performance.now();
      await target.ask('runs/search', { experiment_ids: ['0'], filter: `tags.long ${comparator} '${like}'` });
      expect(performance.now() - start).toBeLessThan(500);
    }
  }
  await target.ask('runs/delete', { run_id: run.info.run_id });
});

test('JSON that is deep, wrong or large in itself', async () => {
  const nested = (open: string, count: number) => open.repeat(count);
  const bodies: Record<string, string> = {
    'lists 200,000 deep': nested('[', 200_000),
    'objects 100,000 deep': nested('{"a":', 100_000),
    'lists in a field': `{"run_id":${nested('[', 101)}${nested(']', 101)}}`,
    'a double encoded bomb': JSON.stringify(nested('[', 50_000)),
    'half of it': '{"run_id":"',
    'two of them': '{}{}',
    'a comment': '{} // x',
    'a comma at the end': '{"a":1,}',
    'single quotes': "{'a':1}",
    'a NUL': '{"a":"\0"}',
    'no UTF-8 escapes': '{"a":"\\ud8"}',
    'NaN everywhere': `[${'NaN,'.repeat(100_000)}NaN]`,
    'long numbers': `[${'1234567890123456789,'.repeat(40_000)}1]`,
    'a number of a million digits': `{"run_id":"x","key":"m","timestamp":1,"value":${'9'.repeat(900_000)}x}`,
    'a list': '[]',
    'a text': '"abc"',
    'a number': '5',
    null: 'null',
  };
  const paths = ['runs/search', 'runs/log-metric', 'runs/log-batch', 'experiments/create', '/graphql'];
  await target.refuses(
    Object.entries(bodies).flatMap(([name, body]) => paths.map((path) => post(`${path}: ${name}`, path, body))),
  );
  const metric = { run_id: target.runId, key: 'm', timestamp: 1 };
  await target.refuses([
    ...[`${'9'.repeat(900_000)}x`, `${' '.repeat(900_000)}x`, '1e', '0x10', '1_000', 'one', '١', [], {}, '--1'].map(
      (value) => post(`a value of ${String(value).trim().slice(0, 10)}`, 'runs/log-metric', { ...metric, value }),
    ),
    ...['9223372036854775808', 9e18 * 2, 1.5, '1.0', `${'9'.repeat(500_000)}`, '-', [], '1e3'].map((step) =>
      post(`a step of ${String(step).slice(0, 20)}`, 'runs/log-metric', { ...metric, value: 1, step }),
    ),
    ...[-1, '-5', '9223372036854775808', 'now', 1.5].map((timestamp) =>
      post(`a time of ${timestamp}`, 'runs/log-metric', { ...metric, value: 1, timestamp }),
    ),
  ]);
});

test('page tokens that nobody gave', async () => {
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const tokens = [
    ...[
      'x',
      '!!!',
      '../..',
      encode('{}'),
      encode('{"offset": -1}'),
      encode('{"offset": 1e99}'),
      encode('{"offset": "1"}'),
    ],
    ...[
      encode('{"offset": 0}'),
      encode('{"offset": 1.5}'),
      encode('[1]'),
      encode('null'),
      encode('{"__proto__":{"offset":1}}'),
    ],
    ...[
      encode('{"offset": 9007199254740993}'),
      encode('['.repeat(7_000)),
      'A'.repeat(9_000),
      encode('{"offset": NaN}'),
    ],
  ];
  await target.refuses(
    tokens.flatMap((page_token) => [
      post(`runs ${page_token.slice(0, 20)}`, 'runs/search', { experiment_ids: ['0'], page_token }),
      get(`models ${page_token.slice(0, 20)}`, `registered-models/search?page_token=${encodeURIComponent(page_token)}`),
      get(
        `history ${page_token.slice(0, 20)}`,
        `metrics/get-history?run_id=${target.runId}&metric_key=m&max_results=1&page_token=${encodeURIComponent(page_token)}`,
      ),
      get(`versions ${page_token.slice(0, 20)}`, `model-versions/search?page_token=${encodeURIComponent(page_token)}`),
    ]),
  );
  // Far behind the end is the end.
  const { runs } = await target.ask('runs/search', { experiment_ids: ['0'], page_token: encode('{"offset": 999999}') });
  expect(runs).toBeUndefined();
});

test('GraphQL bombs are no queries here', async () => {
  const query = (text: string) => JSON.stringify({ query: text });
  const bombs = [
    query(`query A { ${list(5_000, (at) => `a${at}: mlflowGetRun { run { info { runId } } }`).join(' ')} }`),
    query(`query A ${'{ a '.repeat(20_000)}`),
    query('query A { ...F } fragment F on Query { ...F }'),
    query(`query ${'x'.repeat(100_000)} { a }`),
    query(' '.repeat(500_000)),
    query('{ __schema { types { name } } }'),
    JSON.stringify({ operationName: '__proto__', query: 'query __proto__ { a }' }),
    JSON.stringify({ operationName: 'GetRun', variables: { data: { runId: '../..' } } }),
    JSON.stringify({
      operationName: 'GetMetricHistoryBulkInterval',
      variables: { data: { runIds: list(1_000, () => target.runId), metricKey: 'm' } },
    }),
    JSON.stringify({ operationName: 'SearchRuns', variables: { data: { experimentIds: ['0'], maxResults: 1e9 } } }),
  ];
  const before = target.look();
  for (const body of bombs) {
    const { status, body: told, time } = await target.send({ target: '/graphql', body });
    expect([status, time < 200]).toEqual([200, true]);
    expect(JSON.parse(told).errors).toHaveLength(1);
    target.refused += 1;
  }
  await target.refuses([
    post('a batch', '/graphql', JSON.stringify(list(1_000, () => ({ query: 'query GetRun { a }' })))),
  ]);
  expect(target.look()).toEqual(before);
});

describe('slow and many', () => {
  /** Sends a piece now and then. @returns what came back, and how long it took until the connection was closed (ms) */
  function trickle(first: string, piece: string, pause: number): Promise<{ said: string; time: number }> {
    return new Promise((resolve) => {
      const start = performance.now();
      let said = '';
      const socket = net.connect(target.port, '127.0.0.1', () =>
        socket.write(first.replaceAll('%PORT%', String(target.port))),
      );
      const timer = setInterval(() => socket.write(piece), pause);
      socket.on('data', (data) => (said += String(data))).on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ said, time: performance.now() - start });
      });
    });
  }

  test('headers, bodies and silence end within their time', async () => {
    const head = `POST ${api('runs/set-tag')} HTTP/1.1\r\n${HOST}\r\nContent-Type: application/json\r\n`;
    const [slowLine, slowHeaders, slowBody, slowChunks, silence] = await Promise.all([
      trickle('GET /hea', 'x', 500),
      trickle(`GET /health HTTP/1.1\r\n${HOST}\r\n`, 'X: x\r\n', 500),
      trickle(`${head}Content-Length: 900000\r\n\r\n{`, ' ', 500),
      trickle(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, '1\r\n \r\n', 500),
      trickle('', '', 20_000),
    ]);
    for (const { said, time } of [slowLine, slowHeaders, silence]) {
      expect(said).toContain('408');
      expect(time).toBeLessThan(11_000);
    }
    for (const { said, time } of [slowBody, slowChunks]) {
      expect(said).toContain('408');
      expect(said).toContain('too slowly');
      expect(time).toBeGreaterThan(9_000);
      expect(time).toBeLessThan(16_000);
    }
    target.refused += 5;
    await target.isWell();
  }, 30_000);

  test('an upload may be slow', async () => {
    const first = `PUT ${target.artifacts}/slow.txt HTTP/1.1\r\n${HOST}\r\nContent-Length: 30\r\nConnection: close\r\n\r\n`;
    const { said } = await trickle(first, 'x', 500);
    expect(said).toContain('200 OK');
  }, 30_000);

  test('257 connections are one too many, and it does no harm', async () => {
    const sockets = list(300, () => net.connect(target.port, '127.0.0.1').on('error', () => undefined));
    await sleep(500);
    const open = sockets.filter((socket) => !socket.destroyed && socket.readyState === 'open');
    expect(open.length).toBeLessThanOrEqual(256);
    expect(open.length).toBeGreaterThan(200);
    for (const socket of sockets) socket.destroy();
    await sleep(200);
    await target.isWell();
    target.refused += 300 - open.length;
  });

  test('requests one behind the other on one connection are all answered', async () => {
    const one = `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\n\r\n`;
    const reply = await exchange(target.port, one.repeat(2_000));
    expect(reply.status).toBe(200);
    await target.isWell();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestBytes } from './exchange.ts';
import { type Attack, Target } from './target.ts';

const TOKEN = 'a-token-of-some-length';
const target = new Target();
const closed = new Target();
beforeAll(async () => {
  await target.start();
  await closed.program.serve('--token', TOKEN).then(({ url }) => {
    closed.port = Number(new URL(url).port);
  });
});
afterAll(async () => {
  console.log(`At the doors, ${target.refused + closed.refused} attacks were refused.`);
  await target.end();
  await closed.end();
});

const HOST = 'Host: 127.0.0.1:%PORT%';
const READ = { target: '/api/2.0/mlflow/experiments/get?experiment_id=0' };
const WRITE = { target: '/api/2.0/mlflow/experiments/create', body: '{"name":"evil"}' };
const UPLOAD = { method: 'PUT', target: '/api/2.0/mlflow-artifacts/artifacts/evil.txt', body: 'evil', type: '' };
const EVENTS = { target: '/api/mlflow-workbench/events' };

/** Reads are no safer than writes. */
const onAll = (name: string, headers: readonly string[], status = 403): Attack[] =>
  Object.entries({ READ, WRITE, UPLOAD, EVENTS }).map(([kind, request]) => ({
    ...request,
    name: `${kind} with ${name}`,
    headers,
    status,
  }));

test('the same requests pass without what is wrong with them', async () => {
  for (const host of ['127.0.0.1:%PORT%', 'localhost:%PORT%', '[::1]:%PORT%', 'LocalHost:%PORT%']) {
    expect((await target.send({ ...READ, headers: [`Host: ${host}`] })).status).toBe(200);
  }
  expect((await target.send({ ...READ, headers: [HOST, 'Origin: http://127.0.0.1:%PORT%'] })).status).toBe(200);
  expect((await target.send({ ...READ, headers: [HOST, 'Sec-Fetch-Site: none'] })).status).toBe(200);
});

test('a name that is not the server’s own (DNS rebinding)', async () => {
  const names = [
    ...['127.0.0.1', 'localhost', '[::1]', 'localhost:', '127.0.0.1:0', '127.0.0.1:%PORT%1', '127.0.0.1:+%PORT%'],
    ...['localhost.:%PORT%', '127.0.0.1.:%PORT%', 'evil.example', 'evil.example:%PORT%', '10.evil.example:%PORT%'],
    ...['127.0.0.1.evil:%PORT%', '127.0.0.1.nip.io:%PORT%', 'localhost.evil.example:%PORT%', '0.0.0.0:%PORT%'],
    ...['[::]:%PORT%', '[::ffff:127.0.0.1]:%PORT%', '127.1:%PORT%', '2130706433:%PORT%', '0x7f.1:%PORT%', '0:%PORT%'],
    ...['127.0.0.2:%PORT%', '192.168.0.1:%PORT%', 'user@127.0.0.1:%PORT%', '127.0.0.1:%PORT%@evil.example', '*'],
    ...['127.0.0.1:%PORT%, evil.example', '127.0.0.1:%PORT%/', '127.0.0.1:%PORT%#', 'ⓛocalhost:%PORT%', '.:%PORT%'],
  ];
  await target.refuses(names.flatMap((name) => onAll(`Host ${name}`, [`Host: ${name}`])));
});

test('no name, two names, another protocol, another server’s address', async () => {
  await target.refuses([
    ...onAll('no Host', [], 400),
    ...onAll('an empty Host', ['Host:']),
    ...onAll('two Hosts', [HOST, 'Host: evil.example'], 400),
    ...onAll('two Hosts, the other way round', ['Host: evil.example', HOST], 400),
    ...onAll('two equal Hosts', [HOST, HOST], 400),
    ...onAll('a Host on two lines', ['Host: evil.example', ' 127.0.0.1:%PORT%'], 400),
    ...[READ, WRITE].flatMap((request): Attack[] => [
      { ...request, name: 'HTTP/1.0', version: '1.0', status: 400 },
      { ...request, name: 'HTTP/1.0 without Host', version: '1.0', headers: [], status: 400 },
      { ...request, name: 'HTTP/0.9', version: '0.9', status: 400 },
      { ...request, name: 'HTTP/2.0', version: '2.0', status: 400 },
      { ...request, name: 'a proxy’s request', target: `http://evil.example${request.target}`, status: 400 },
      { ...request, name: 'a proxy’s request to us', target: `http://127.0.0.1:%PORT%${request.target}`, status: 400 },
      { ...request, name: 'another server’s path', target: `//evil.example${request.target}`, status: 404 },
    ]),
    { name: 'CONNECT', method: 'CONNECT', target: 'evil.example:443', status: [0, 400, 404] },
    { name: 'TRACE', method: 'TRACE', ...READ, status: [400, 404, 405] },
    { name: 'an asterisk', method: 'OPTIONS', target: '*', status: 400 },
    { name: 'a method of nobody', method: 'EVIL', ...READ, status: 400 },
    { name: 'an upgrade', ...READ, headers: ['Host: evil', 'Connection: Upgrade', 'Upgrade: websocket'], status: 403 },
  ]);
});

test('two lengths of one body (request smuggling)', async () => {
  const line = (name: string, ...headers: string[]): Attack => ({
    name,
    method: 'POST',
    target: WRITE.target,
    headers: [HOST, 'Content-Type: application/json', ...headers],
    status: 400,
  });
  await target.refuses([
    line('two lengths', 'Content-Length: 5', 'Content-Length: 6'),
    line('a length and chunks', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    line('an encoding of nobody', 'Transfer-Encoding: chunked, evil'),
    line('a negative length', 'Content-Length: -1'),
    line('a length of no number', 'Content-Length: 0x10'),
    line('a space before the colon', 'Content-Length : 5'),
    line('a NUL', 'X: a\0b'),
    line('a line feed alone', 'X: a\nHost: evil'),
  ]);
});

test('a page of another origin (cross-site request forgery)', async () => {
  const origins = [
    ...['null', 'http://localhost:3000', 'http://127.0.0.1:1', 'http://127.0.0.1', 'https://127.0.0.1:%PORT%'],
    ...[
      'http://localhost:%PORT%',
      'http://[::1]:%PORT%',
      'http://evil.example',
      'http://127.0.0.1:%PORT%.evil.example',
    ],
    ...[
      'vscode-webview://1a2b3c',
      'vscode-file://vscode-app',
      'file://',
      'chrome-extension://abc',
      '127.0.0.1:%PORT%',
      '',
    ],
    ...[
      'http://127.0.0.1:%PORT%, http://evil.example',
      'http://127.0.0.1:%PORT%/',
      '*',
      'http://user@127.0.0.1:%PORT%',
    ],
  ];
  await target.refuses([
    ...origins.flatMap((origin) => onAll(`Origin ${origin}`, [HOST, `Origin: ${origin}`])),
    ...onAll('two Origins', [HOST, 'Origin: http://127.0.0.1:%PORT%', 'Origin: http://evil.example']),
    ...['cross-site', 'same-site', '', 'same-origin, cross-site', 'Same-Origin', 'evil'].flatMap((site) =>
      onAll(`Sec-Fetch-Site ${site}`, [HOST, `Sec-Fetch-Site: ${site}`]),
    ),
    ...onAll('a visit from elsewhere', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate']),
  ]);
});

test('a preflight is granted nothing', async () => {
  const asks = ['Access-Control-Request-Method: POST', 'Access-Control-Request-Headers: content-type'];
  for (const origin of ['Origin: http://evil.example', 'Origin: http://localhost:3000', 'X: no origin']) {
    const reply = await target.send({ ...READ, method: 'OPTIONS', headers: [HOST, origin, ...asks] });
    expect([403, 405]).toContain(reply.status);
    expect(reply.head).not.toContain('access-control-');
  }
  const answered = await target.send({ ...READ, headers: [HOST, 'Origin: http://127.0.0.1:%PORT%'] });
  expect(answered.head).not.toContain('access-control-');
});

test('a write that a form could send', async () => {
  const types = [
    ...['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json'],
    ...['application/jsonp', 'application/json5', 'text/plain; application/json', 'application', '*/*', 'null'],
    ...['text/plain, application/json', 'application/x-json', ';application/json'],
  ];
  const paths = ['experiments/create', 'runs/create', 'runs/log-metric', 'runs/search', 'registered-models/create'];
  await target.refuses(
    types.flatMap((type) =>
      paths.map((path) => ({
        name: `${path} as ${type}`,
        target: `/api/2.0/mlflow/${path}`,
        body: '{"name":"evil","experiment_id":"0"}',
        type,
        status: 415,
      })),
    ),
  );
  await target.refuses([{ name: 'graphql as text', target: '/graphql', body: '{}', type: 'text/plain', status: 415 }]);
});

describe('without the token', () => {
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  test('nothing is told, and nothing done', async () => {
    const wrong = [
      ...[
        '',
        'Bearer',
        'Bearer ',
        'Bearer x',
        `Bearer ${TOKEN}x`,
        `Bearer ${TOKEN.slice(0, -1)}`,
        TOKEN,
        `Token ${TOKEN}`,
      ],
      ...[`Bearer ${TOKEN.toUpperCase()}`, `Bearer "${TOKEN}"`, `Bearer ${TOKEN}, Bearer x`, `Bearer ${TOKEN} x`],
      ...[
        basic(TOKEN),
        basic(`${TOKEN}:`),
        basic(`${TOKEN}:x`),
        basic(`x:${TOKEN}x`),
        'Basic',
        'Basic !!!',
        basic(':'),
      ],
      ...[`Basic ${TOKEN}`, `Digest ${TOKEN}`, `Bearer ${'x'.repeat(8_000)}`],
    ].map((value) => onAll(`Authorization ${value}`, [HOST, `Authorization: ${value}`], 401));
    const elsewhere = [
      `/api/2.0/mlflow/experiments/get?experiment_id=0&token=${TOKEN}`,
      `/version?access_token=${TOKEN}`,
    ];
    const before = closed.look();
    for (const attack of [
      ...onAll('none', [HOST], 401),
      ...wrong.flat(),
      ...onAll('a cookie', [HOST, `Cookie: token=${TOKEN}`], 401),
      ...elsewhere.map((where): Attack => ({ name: where, target: where, status: 401 })),
      ...[
        '/',
        '/version',
        '/graphql',
        '/static-files/x',
        '/get-artifact',
        '/api/mlflow-workbench/server',
        '/nowhere',
      ].map((where): Attack => ({ name: where, target: where, status: 401 })),
    ]) {
      const reply = await closed.send(attack);
      expect([attack.name, reply.status]).toEqual([attack.name, attack.status]);
      expect(reply.body).not.toContain(TOKEN);
      closed.refused += 1;
    }
    expect(closed.look()).toEqual(before);
    expect((await closed.send({ target: '/health' })).status).toBe(200);
    expect((await closed.send({ ...READ, headers: [HOST, `Authorization: Bearer ${TOKEN}`] })).status).toBe(200);
    expect(closed.program.complaints).toBe('');
  });

  test('a wrong one takes as long whatever of it is right', async () => {
    const measure = async (token: string) => {
      const bytes = requestBytes(closed.port, { ...READ, headers: [HOST, `Authorization: Bearer ${token}`] });
      expect(String(bytes)).toContain(token);
      return (await closed.send({ ...READ, headers: [HOST, `Authorization: Bearer ${token}`] })).time;
    };
    const near = `${TOKEN.slice(0, -1)}!`;
    const far = '!'.repeat(TOKEN.length);
    const times: { near: number[]; far: number[] } = { near: [], far: [] };
    for (let round = 0; round < 100; round++) {
      times.near.push(await measure(near));
      times.far.push(await measure(far));
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[list.length / 2] ?? 0;
    expect(Math.abs(median(times.near) - median(times.far))).toBeLessThan(1);
  });
});

test('an answer may be kept, drawn, framed and read by nobody', async () => {
  const { artifacts } = target;
  await target.send({
    method: 'PUT',
    target: `${artifacts}/page.html`,
    body: '<script>evil()</script>',
    type: 'text/html',
  });
  await target.send({
    method: 'PUT',
    target: `${artifacts}/x.svg`,
    body: '<svg onload="evil()"/>',
    type: 'image/svg+xml',
  });
  for (const path of ['/', '/health', '/nowhere', READ.target, `${artifacts}/page.html`, `${artifacts}/x.svg`]) {
    const { head } = await target.send({ target: path });
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain('x-frame-options: deny');
    expect(head).toContain("content-security-policy: default-src 'none'; frame-ancestors 'none'");
    expect(head).toContain('cross-origin-resource-policy: same-origin');
    expect(head).toContain('cache-control: no-store');
    expect(head).not.toContain('set-cookie');
    expect(head).not.toContain('x-powered-by');
  }
  const runFile = `/get-artifact?run_id=${target.runId}&path=`;
  for (const path of [`${artifacts}/page.html`, `${artifacts}/x.svg`, `${runFile}page.html`, `${runFile}x.svg`]) {
    const { status, head } = await target.send({ target: path, headers: [HOST, 'Accept: text/html'] });
    expect(status).toBe(200);
    expect(head).toContain('content-disposition: attachment');
    expect(head).toContain('content-type: application/octet-stream');
  }
  await target.isWell();
});

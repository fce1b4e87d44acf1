import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

let server: FileServer;
let runId: string;
let root: string;
beforeEach(async () => {
  server = await openFileServer();
  runId = await createRun(server);
  root = `0/${runId}/artifacts`;
});
afterEach(async () => {
  expect(server.defects).toEqual([]);
  await server[Symbol.asyncDispose]();
});

const put = (
  target: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
) =>
  server.fetch(`http://localhost${PROXY}/${target}`, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit);
const download = (target: string) => server.fetch(`http://localhost${PROXY}/${target}`);

test.each([
  ['bytes=2-4', 206, 'cde', 'bytes 2-4/10'],
  ['bytes=7-', 206, 'hij', 'bytes 7-9/10'],
  ['bytes=8-100', 206, 'ij', 'bytes 8-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=5-2', 200, 'abcdefghij', null],
  ['bytes=-3', 200, 'abcdefghij', null],
  ['bytes=0-1,3-4', 200, 'abcdefghij', null],
  ['lines=1-2', 200, 'abcdefghij', null],
  ['bytes=99999999999999999-', 200, 'abcdefghij', null],
])('a request for %s is answered with %i', async (range, status, text, told) => {
  await put(`${root}/a.txt`, 'abcdefghij');
  for (const target of [`${PROXY}/${root}/a.txt`, `/get-artifact?run_id=${runId}&path=a.txt`]) {
    const response = await server.fetch(`http://localhost${target}`, { headers: { range } });
    expect([response.status, await response.text()]).toEqual([status, text]);
    expect(response.headers.get('content-range')).toBe(told);
    if (status !== 416) expect(response.headers.get('content-length')).toBe(String(text.length));
  }
});

describe('the artifact proxy', () => {
  test('keeps bytes as they are', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) % 256);
    const response = await put(`${root}/model/data.bin`, bytes);
    expect([response.status, await response.json()]).toEqual([200, {}]);
    const back = await download(`${root}/model/data.bin`);
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
    expect(back.headers.get('content-length')).toBe('1000');
    expect(fs.readFileSync(path.join(server.folder, 'artifacts', root, 'model/data.bin'))).toEqual(Buffer.from(bytes));
  });

  test('streams', async () => {
    const chunk = new Uint8Array(1 << 16).fill(65);
    const body = ReadableStream.from(Array.from({ length: 40 }, () => chunk)) as ReadableStream<Uint8Array>;
    expect((await put(`${root}/large`, body)).status).toBe(200);
    expect((await (await download(`${root}/large`)).text()).length).toBe(40 << 16);
  });

  test('replaces what is there', async () => {
    await put(`${root}/a.txt`, 'first');
    await put(`${root}/a.txt`, 'second');
    expect(await (await download(`${root}/a.txt`)).text()).toBe('second');
  });

  test.each(['text/html', 'image/svg+xml', 'application/javascript', 'text/plain', ''])(
    'never gives back the type %j that was sent',
    async (type) => {
      await put(`${root}/page.html`, '<script>', type ? { 'content-type': type } : {});
      await put(`${root}/drawing.svg`, '<svg/>', type ? { 'content-type': type } : {});
      for (const name of ['page.html', 'drawing.svg']) {
        const { headers } = await download(`${root}/${name}`);
        expect(headers.get('content-type')).toBe('application/octet-stream');
        expect(headers.get('content-disposition')).toMatch(/^attachment; /);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
      }
    },
  );

  test.each([
    ['notes.txt', 'text/plain; charset=utf-8'],
    ['MLmodel', 'text/plain; charset=utf-8'],
    ['a.b.PNG', 'image/png'],
    ['d.json', 'application/json'],
    ['constructor', 'application/octet-stream'],
    ['x.toString', 'application/octet-stream'],
  ])('%s is of type %s', async (name, type) => {
    await put(`${root}/${name}`, 'x');
    expect((await download(`${root}/${name}`)).headers.get('content-type')).toBe(type);
  });

  test('names a download, whatever its name', async () => {
    await put(`${root}/${encodeURIComponent('résumé "1"\'.txt')}`, 'x');
    const { headers } = await download(`${root}/${encodeURIComponent('résumé "1"\'.txt')}`);
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22%27.txt");
  });

  test('lists bare names', async () => {
    await put(`${root}/d/a.txt`, 'abc');
    await put(`${root}/d/e/f`, '');
    const { json } = await server.get(`${PROXY}?path=${root}/d`);
    expect(json).toEqual({
      files: [
        { path: 'a.txt', is_dir: false, file_size: 3 },
        { path: 'e', is_dir: true },
      ],
    });
    expect((await server.get(`${PROXY}?path=${root}/d/`)).json).toEqual(json);
    expect((await server.get(`${PROXY}?path=${root}/none`)).json).toEqual({});
    expect((await server.get(PROXY)).json.files).toEqual([{ path: '0', is_dir: true }]);
  });

  test('deletes files and folders, and what is not there', async () => {
    await put(`${root}/d/a`, 'a');
    await put(`${root}/b`, 'b');
    for (const target of ['d', 'b', 'none']) {
      const { status, json } = await server.call('DELETE', `${PROXY}/${root}/${target}`);
      expect([status, json]).toEqual([200, {}]);
    }
    expect((await server.get(`${PROXY}?path=${root}`)).json).toEqual({});
  });

  test.each(['none', 'd', ''])('answers 404 and not 500 for a file %j', async (name) => {
    await put(`${root}/d/a`, 'a');
    const response = await download(`${root}/${name}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error_code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  test.each([
    '../escaped',
    '..%2fescaped',
    '%2e%2e/escaped',
    '%252e%252e/escaped',
    '..%5cescaped',
    'a/%2e%2e/%2e%2e/escaped',
    '/etc/escaped',
    'C:/escaped',
    'a%00b',
    'a%23b',
  ])('neither writes, reads, lists nor deletes %s', async (target) => {
    const before = fs.readdirSync(server.folder, { recursive: true });
    const queried = decodeURIComponent(target);
    for (const { status } of [
      await put(target, 'x'),
      await download(target),
      await server.call('DELETE', `${PROXY}/${target}`),
      await server.get(`${PROXY}?path=${encodeURIComponent(queried)}`),
    ]) {
      expect(status).toBe(400);
    }
    expect(fs.readdirSync(server.folder, { recursive: true })).toEqual(before);
  });

  test('does not follow a link that leads out', async () => {
    await put(`${root}/a`, 'a');
    fs.writeFileSync(path.join(server.folder, 'secret'), 'secret');
    fs.symlinkSync(server.folder, path.join(server.folder, 'artifacts', root, 'out'));
    expect((await download(`${root}/out/secret`)).status).toBe(400);
    expect((await put(`${root}/out/secret`, 'x')).status).toBe(400);
    expect(fs.readFileSync(path.join(server.folder, 'secret'), 'utf8')).toBe('secret');
  });

  test('shows nothing of an upload that broke off', async () => {
    async function* breaking() {
      yield new Uint8Array(1000);
      throw new Error('gone');
    }
    await expect(
      put(`${root}/half`, ReadableStream.from(breaking()) as ReadableStream<Uint8Array>),
    ).resolves.toBeDefined();
    expect((await download(`${root}/half`)).status).toBe(404);
    expect((await server.get(`${PROXY}?path=${root}`)).json).toEqual({});
    server.defects.length = 0; // the stream's own error, which over a socket is an aborted request
  });

  test.each([
    ['POST', 'mpu/create/x'],
    ['POST', 'mpu/complete/x'],
    ['POST', 'mpu/abort/x'],
    ['GET', 'presigned/x'],
  ])('%s %s is not implemented, which is not retried', async (method, target) => {
    const { status, json } = await server.call(
      method,
      `/api/2.0/mlflow-artifacts/${target}`,
      method === 'POST' ? {} : undefined,
    );
    expect([status, json.error_code]).toEqual([501, 'NOT_IMPLEMENTED']);
  });
});

describe('the artifacts of a run', () => {
  test('are listed relative to its root, and read', async () => {
    await put(`${root}/d/a.txt`, 'abc');
    expect((await server.get(`artifacts/list?run_id=${runId}`)).json).toEqual({
      root_uri: `mlflow-artifacts:/${root}`,
      files: [{ path: 'd', is_dir: true }],
    });
    expect((await server.get(`artifacts/list?run_id=${runId}&path=d`)).json.files).toEqual([
      { path: 'd/a.txt', is_dir: false, file_size: 3 },
    ]);
    expect((await server.get(`artifacts/list?run_id=${runId}&path=none`)).json.files).toBeUndefined();
    expect((await server.get(`/get-artifact?run_id=${runId}&path=d/a.txt`)).text).toBe('abc');
    expect((await server.get(`/get-artifact?run_uuid=${runId}&path=d/a.txt`)).text).toBe('abc');
  });

  test.each(['../x', 'd/../../x', '/etc/passwd', '..\\x', 'a#b', '%2e%2e/x'])('never lie at %s', async (target) => {
    const query = `run_id=${runId}&path=${encodeURIComponent(target)}`;
    expect((await server.get(`artifacts/list?${query}`)).json.message).toBe('Invalid path');
    expect((await server.get(`/get-artifact?${query}`)).json.message).toBe('Invalid path');
  });

  test('can lie in a folder of the machine', async () => {
    const local = await openFileServer({ artifactRoot: pathToFileURL(path.join(server.folder, 'local')).href });
    const id = await createRun(local, {
      experiment_id: (await local.post('experiments/create', { name: 'l' })).json.experiment_id,
    });
    const { json } = await local.get(`runs/get?run_id=${id}`);
    const folder = new URL(json.run.info.artifact_uri);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(`${folder.pathname}/a.txt`, 'abc');
    expect((await local.get(`/get-artifact?run_id=${id}&path=a.txt`)).text).toBe('abc');
    await local[Symbol.asyncDispose]();
  });

  test('are found where the store was moved to', async () => {
    await using moved = await openFileServer({ artifactRoot: '/where/it/was' });
    const { json } = await moved.post('experiments/create', { name: 'l' });
    const id = await createRun(moved, { experiment_id: json.experiment_id });
    const folder = path.join(moved.store, json.experiment_id, id, 'artifacts');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'a.txt'), 'abc');
    expect((await moved.get(`/get-artifact?run_id=${id}&path=a.txt`)).text).toBe('abc');
  });

  test('at an address that nobody serves are a client’s mistake', async () => {
    const { json } = await server.post('experiments/create', { name: 's3', artifact_location: 's3://bucket/x' });
    const id = await createRun(server, { experiment_id: json.experiment_id });
    expect((await server.get(`artifacts/list?run_id=${id}`)).status).toBe(400);
  });
});

test('the files of a logged model and of a model version are read', async () => {
  const { json } = await server.post('logged-models', { experiment_id: '0', name: 'm', source_run_id: runId });
  const id = json.model.info.model_id;
  await put(`0/models/${id}/artifacts/data/MLmodel`, 'flavors: {}');
  const files = `logged-models/${id}/artifacts/directories?artifact_directory_path=data`;
  expect((await server.get(files)).json.files).toEqual([{ path: 'data/MLmodel', is_dir: false, file_size: 11 }]);
  const file = `/ajax-api/2.0/mlflow/logged-models/${id}/artifacts/files?artifact_file_path=data/MLmodel`;
  expect((await server.get(file)).text).toBe('flavors: {}');

  await server.post('registered-models/create', { name: 'M' });
  await server.post('model-versions/create', { name: 'M', source: `models:/${id}`, run_id: runId });
  const version = '/model-versions/get-artifact?name=M&version=1&path=';
  expect((await server.get(`${version}data/MLmodel`)).text).toBe('flavors: {}');
  expect((await server.get(`${version}../../x`)).status).toBe(400);
});

describe('a path that no system can keep', () => {
  const long = 'x'.repeat(300);
  const deep = 'a/'.repeat(3_000);

  test.each([long, `${deep}b`])('is missing (%#)', async (target) => {
    expect((await download(`${root}/${target}`)).status).toBe(404);
    expect((await server.get(`${PROXY}?path=${root}/${target}`)).json).toEqual({});
    expect((await server.call('DELETE', `${PROXY}/${root}/${target}`)).status).toBe(200);
  });

  test.each([long, `${deep}b`])('is not written (%#)', async (target) => {
    const response = await put(`${root}/${target}`, 'x');
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error_code: 'INVALID_PARAMETER_VALUE' }),
    ]);
  });

  test('links that lead to each other are missing', async () => {
    const folder = path.join(server.folder, 'artifacts', root);
    fs.mkdirSync(folder, { recursive: true });
    fs.symlinkSync(path.join(folder, 'b'), path.join(folder, 'a'));
    fs.symlinkSync(path.join(folder, 'a'), path.join(folder, 'b'));
    expect((await download(`${root}/a`)).status).toBe(404);
    expect((await server.get(`artifacts/list?run_id=${runId}`)).status).toBe(200);
  });
});

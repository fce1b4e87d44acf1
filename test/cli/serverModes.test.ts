import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { exitOf, Program } from './program.ts';

let program: Program;
beforeEach(() => {
  program = new Program();
});
afterEach(() => program.end());

function snapshot(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${fs.statSync(path.join(folder, name)).mtimeMs}`)
    .sort();
}

describe('--token', () => {
  test('keeps out who does not know it', async () => {
    const token = 'geheim:1';
    const { url, line } = await program.serve('--token', token);
    expect(line).toContain('MLFLOW_TRACKING_TOKEN');
    expect(line).not.toContain(token);
    const get = (authorization?: string) =>
      fetch(
        `${url}/api/2.0/mlflow/experiments/get?experiment_id=0`,
        authorization ? { headers: { authorization } } : {},
      );
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const wrong of [
      undefined,
      'Bearer',
      'Bearer x',
      `Bearer ${token}x`,
      token,
      basic(token),
      basic(`${token}:x`),
    ]) {
      const response = await get(wrong);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Basic');
      expect(await response.json()).toMatchObject({ error_code: 'UNAUTHENTICATED' });
    }
    for (const right of [`Bearer ${token}`, `bearer  ${token}`, basic(`anybody:${token}`), basic(`:${token}`)]) {
      expect((await get(right)).status).toBe(200);
    }
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect((await fetch(`${url}/version`)).status).toBe(401);
    expect((await connect(url, { token }).tracking.getExperiment('0')).name).toBe('Default');
    await expect(connect(url).tracking.getExperiment('0')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is told to the editor’s window, and to nobody else on the machine', async () => {
    const { url, child } = await program.serve('--token', 'secret');
    const { out } = await program.server('--attach');
    expect(JSON.parse(out)).toMatchObject({ url, pid: child.pid, token: 'secret', started: false });
    const servers = path.join(program.cache, 'servers');
    expect(fs.statSync(servers).mode & 0o777).toBe(0o700);
    expect((await program.server()).err).toContain('is served already');
  });
});

describe('--read-only', () => {
  test('serves what is there and changes nothing', async () => {
    const writer = await program.serve();
    const { tracking, artifacts } = connect(writer.url);
    const { info } = await tracking.createRun({ experimentId: '0', runName: 'kept' });
    await tracking.logBatch(info.runId, { metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }] });
    const ended = exitOf(writer.child);
    writer.child.kill('SIGTERM');
    await ended;

    const before = snapshot(program.folder);
    const { url, line } = await program.serve('--read-only');
    expect(line).toContain('It only reads.');
    const reader = connect(url);
    expect((await reader.tracking.searchRuns({ experimentIds: ['0'] })).items).toHaveLength(1);
    expect((await reader.tracking.getMetricHistory(info.runId, 'm')).items).toHaveLength(1);
    expect((await reader.registry.searchRegisteredModels({})).items).toEqual([]);
    expect((await reader.tracking.searchTraces({ experimentIds: ['0'] })).items).toEqual([]);
    const refused = { code: 'PERMISSION_DENIED' };
    await expect(reader.tracking.createRun({ experimentId: '0' })).rejects.toMatchObject(refused);
    await expect(reader.tracking.deleteRun(info.runId)).rejects.toMatchObject(refused);
    await expect(reader.registry.createRegisteredModel({ name: 'm' })).rejects.toMatchObject(refused);
    await expect(reader.artifacts.open(info.artifactUri).write('a', toStream('x'))).rejects.toMatchObject(refused);
    await expect(reader.artifacts.open(info.artifactUri).delete('a')).rejects.toMatchObject(refused);
    expect(
      await artifacts
        .open(info.artifactUri)
        .list('')
        .catch(() => []),
    ).toEqual([]);
    expect(snapshot(program.folder)).toEqual(before);
  });

  test('goes beside another server, and needs a folder', async () => {
    const none = await program.server('--read-only');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('no folder')]);
    expect(fs.existsSync(program.store)).toBe(false);
    await program.serve();
    const { url } = await program.serve('--read-only');
    expect((await connect(url).tracking.getExperiment('0')).name).toBe('Default');
  });
});

describe('--registry-store-uri', () => {
  test('keeps the models elsewhere, once', async () => {
    const registry = path.join(program.folder, 'registry');
    const { url, line } = await program.serve('--registry-store-uri', registry);
    expect(line).toContain(`registry: ${registry}`);
    await connect(url).registry.createRegisteredModel({ name: 'elsewhere' });
    expect(fs.existsSync(path.join(registry, 'models/elsewhere/meta.yaml'))).toBe(true);
    expect(fs.existsSync(path.join(program.store, 'models'))).toBe(false);
    const other = path.join(program.folder, 'other');
    const second = await program.run('server', '--backend-store-uri', other, '--registry-store-uri', registry);
    expect([second.code, second.err]).toEqual([1, expect.stringContaining(`${registry}/models is served already`)]);
    expect((await connect(url).tracking.getExperiment('0')).name).toBe('Default');
  });
});

describe('--no-serve-artifacts', () => {
  test('gives local places, and says what it does not serve', async () => {
    const { url } = await program.serve('--no-serve-artifacts');
    const { tracking } = connect(url);
    const { info } = await tracking.createRun({ experimentId: '0' });
    expect(info.artifactUri).toBe(`${program.store}/0/${info.runId}/artifacts`);
    const response = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts?path=`);
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('--no-serve-artifacts') });
    const put = await fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/a`, { method: 'PUT', body: 'x' });
    expect(put.status).toBe(501);
  });
});

describe('--host', () => {
  test('of all addresses needs a token and answers to this machine’s names', async () => {
    const bare = await program.server('--host', '0.0.0.0');
    expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('--allow-unauthenticated')]);
    const { url, line } = await program.serve('--host', '0.0.0.0', '--token', 'x', '--allowed-hosts', 'lab.example');
    expect(line).toContain('Other machines can reach it.');
    expect((await connect(url, { token: 'x' }).tracking.getExperiment('0')).name).toBe('Default');
  });
});

describe('--ui', () => {
  test('serves the pages of a folder, and nothing beside it', async () => {
    const ui = path.join(program.folder, 'ui');
    fs.mkdirSync(path.join(ui, 'static/js'), { recursive: true });
    fs.writeFileSync(path.join(ui, 'index.html'), '<!doctype html><title>MLflow</title>');
    fs.writeFileSync(path.join(ui, 'static/js/main.0a1b.js'), 'hello()');
    fs.writeFileSync(path.join(program.folder, 'secret.txt'), 'secret');
    fs.symlinkSync(path.join(program.folder, 'secret.txt'), path.join(ui, 'link.txt'));
    const { url, line } = await program.serve('--ui', ui);
    expect(line).toContain(`MLflow's web UI: ${url}/`);
    const page = await fetch(`${url}/`);
    expect(await page.text()).toContain('<title>MLflow</title>');
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const script = await fetch(`${url}/static-files/static/js/main.0a1b.js`);
    expect(await script.text()).toBe('hello()');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    for (const [file, status] of [
      ['nope.js', 404],
      ['static', 404],
      ['link.txt', 400],
      ['%2e%2e/secret.txt', 404],
      ['..%2fsecret.txt', 400],
    ] as const) {
      expect((await fetch(`${url}/static-files/${file}`)).status, file).toBe(status);
    }
  });

  test('fails where there is none', async () => {
    const { code, err } = await program.server('--ui', path.join(program.folder, 'nope'));
    expect([code, err]).toEqual([1, expect.stringContaining('index.html')]);
    expect(fs.existsSync(program.store)).toBe(false);
  });
});

test('a database says that MLflow serves it', async () => {
  const { code, err } = await program.run('server', '--backend-store-uri', 'sqlite:///x.db');
  expect(code).toBe(2);
  expect(err).toContain('--backend-store-uri sqlite:///x.db: only folders of this machine');
  expect(err).toContain('mlflow server');
});

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test('a refusal reaches a client that is still sending its upload', async () => {
  fs.mkdirSync(program.store, { recursive: true });
  const { url } = await program.serve('--read-only');
  const upload = () => {
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        for (let piece = 0; piece < 5; piece++) {
          controller.enqueue(new Uint8Array(1_000));
          await sleep(piece % 2);
        }
        controller.close();
      },
    });
    return fetch(`${url}/api/2.0/mlflow-artifacts/artifacts/model/data`, { method: 'PUT', body, duplex: 'half' });
  };
  for (let round = 0; round < 40; round++) {
    const replies = await Promise.all(Array.from({ length: 8 }, upload));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 403));
    await Promise.all(replies.map((reply) => reply.text()));
  }
});

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Target } from './target.ts';

const target = new Target();
let store = '';
let own = '';
beforeAll(async () => {
  await target.start();
  store = path.join(target.program.store, target.experimentId);
  own = path.join(target.program.folder, 'project/mlartifacts', target.experimentId, target.runId, 'artifacts');
});
afterAll(() => target.end());

/** ms that any answer may take, however strange a file is. */
const LIMIT = 2_000;

/** What a name can be that is no file: reading one waits for ever, or never ends. */
const KINDS: Record<string, (file: string) => void> = {
  'a pipe': (file) => execFileSync('mkfifo', [file]),
  'an endless device': (file) => fs.symlinkSync('/dev/zero', file),
  'a terminal': (file) => fs.symlinkSync('/dev/tty', file),
  'a link to itself': (file) => fs.symlinkSync(file, file),
  'a link to nowhere': (file) => fs.symlinkSync(`${file}.nowhere`, file),
  'a folder': (file) => fs.mkdirSync(file),
};

async function quickly(
  send: () => Promise<{ status: number; body: string }>,
): Promise<{ status: number; body: string }> {
  const start = performance.now();
  const reply = await send();
  expect(performance.now() - start).toBeLessThan(LIMIT);
  return reply;
}

const ask = (method: string, rest: string, body?: object) =>
  quickly(() =>
    target.send({
      method,
      target: rest.startsWith('/') ? rest : `/api/2.0/mlflow/${rest}`,
      body: body && JSON.stringify(body),
    }),
  );

describe.skipIf(process.platform === 'win32').each(Object.keys(KINDS))('%s', (kind) => {
  const made: string[] = [];

  /** Puts it in the place of a file. */
  function put(file: string): void {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.rmSync(file, { recursive: true, force: true });
    KINDS[kind]?.(file);
    made.push(file);
  }

  afterEach(async () => {
    for (const file of made.splice(0)) fs.rmSync(file, { recursive: true, force: true });
    await target.isWell();
  });

  test('as an artifact is missing, and an upload replaces it or is refused', async () => {
    put(path.join(own, 'special'));
    const readings = [`${target.artifacts}/special`, `/get-artifact?run_id=${target.runId}&path=special`];
    for (const reading of readings) expect((await ask('GET', reading)).status).toBeGreaterThanOrEqual(400);
    expect((await ask('GET', `artifacts/list?run_id=${target.runId}`)).status).toBe(200);
    expect((await ask('PUT', `${target.artifacts}/special/below`, {})).status).toBe(kind === 'a folder' ? 200 : 400);
    // A link that leads out of the artifacts is not touched at all.
    const leadsOut = kind === 'an endless device' || kind === 'a terminal';
    const upload = await ask('PUT', `${target.artifacts}/special`, {});
    expect(upload.status).toBe(kind === 'a folder' || leadsOut ? 400 : 200);
    expect((await ask('DELETE', `${target.artifacts}/special`)).status).toBe(leadsOut ? 400 : 200);
    expect(fs.existsSync(path.join(own, 'special'))).toBe(leadsOut);
    expect(fs.existsSync('/dev/zero')).toBe(true);
  });

  test('as a metric, param or tag hides nothing else, and is not written into', async () => {
    const { run } = await target.ask('runs/create', { experiment_id: target.experimentId });
    const { run_id } = run.info;
    const folder = path.join(store, run_id);
    await target.ask('runs/log-batch', { run_id, params: [{ key: 'good', value: 'v' }] });
    for (const place of ['metrics/special', 'params/special', 'tags/special']) put(path.join(folder, place));
    const { data } = (await target.ask(`runs/get?run_id=${run_id}`)).run;
    expect(data.params).toContainEqual({ key: 'good', value: 'v' });
    const found = await ask('POST', 'runs/search', { experiment_ids: [target.experimentId] });
    expect(found.body).toContain(run_id);
    expect((await ask('GET', `metrics/get-history?run_id=${run_id}&metric_key=special`)).status).toBe(200);
    expect(
      (await ask('GET', `/api/mlflow-workbench/metric-series?run_id=${run_id}&metric_key=special`)).status,
    ).toBeLessThan(500);
    for (let round = 0; round < 3; round++) {
      const metric = { run_id, key: 'special', value: 1, timestamp: round };
      expect((await ask('POST', 'runs/log-metric', metric)).status).toBe(400);
      const metrics = [metric, { ...metric, key: `other${round}` }];
      expect((await ask('POST', 'runs/log-batch', { run_id, metrics })).status).toBe(400);
    }
    for (const [path, body] of [
      ['runs/log-parameter', { run_id, key: 'special', value: 'x' }],
      ['runs/set-tag', { run_id, key: 'special', value: 'x' }],
      ['runs/delete-tag', { run_id, key: 'special' }],
    ] as const) {
      expect((await ask('POST', path, body)).status).toBeLessThan(500);
    }
    await target.ask('runs/delete', { run_id });
  });

  test('as a meta file hides its own entity alone', async () => {
    const { experiment_id } = await target.ask('experiments/create', { name: `with ${kind}` });
    const { run } = await target.ask('runs/create', { experiment_id });
    const { model } = await target.ask('logged-models', { experiment_id, name: 'x' });
    await target.ask('registered-models/create', { name: kind });
    await target.ask('model-versions/create', { name: 'seed', source: 's3://b/x' });
    const trace_location = { mlflow_experiment: { experiment_id } };
    const trace_id = `tr-${experiment_id}`;
    const trace_info = { trace_id, trace_location, request_time: '2026-11-23T08:49:35Z' };
    await target.ask('/api/3.0/mlflow/traces', { trace: { trace_info } });
    const { folder } = { folder: path.join(target.program.store, experiment_id) };
    const versions = fs
      .readdirSync(path.join(target.program.store, 'models/seed'))
      .filter((name) => /^version/.test(name));
    for (const file of [
      path.join(folder, run.info.run_id, 'meta.yaml'),
      path.join(folder, run.info.run_id, 'inputs/x/meta.yaml'),
      path.join(folder, 'models', model.info.model_id, 'meta.yaml'),
      path.join(folder, 'traces', trace_id, 'trace_info.yaml'),
      path.join(folder, 'tags/special'),
      path.join(target.program.store, 'models', kind, 'meta.yaml'),
      path.join(target.program.store, 'models/seed', versions.at(-1) ?? '', 'meta.yaml'),
      path.join(target.program.store, 'models/seed/aliases/special'),
    ]) {
      put(file);
    }
    const reads: [string, string, object?][] = [
      ['GET', `runs/get?run_id=${run.info.run_id}`],
      ['POST', 'runs/search', { experiment_ids: [experiment_id] }],
      ['GET', `logged-models/${model.info.model_id}`],
      ['POST', 'logged-models/search', { experiment_ids: [experiment_id] }],
      ['GET', `/api/3.0/mlflow/traces/${trace_id}`],
      ['GET', `/api/2.0/mlflow/traces?experiment_ids=${experiment_id}`],
      ['GET', `registered-models/get?name=${encodeURIComponent(kind)}`],
      ['GET', 'registered-models/search'],
      ['GET', 'model-versions/search'],
      ['GET', 'experiments/search?max_results=100'],
      ['GET', `experiments/get?experiment_id=${experiment_id}`],
      ['POST', 'experiments/set-experiment-tag', { experiment_id, key: 'special', value: 'x' }],
      ['POST', 'registered-models/set-tag', { name: kind, key: 'a', value: 'x' }],
      ['POST', 'runs/update', { run_id: run.info.run_id, status: 'FINISHED' }],
      ['POST', 'runs/delete', { run_id: run.info.run_id }],
      ['GET', '/api/mlflow-workbench/problems'],
    ];
    for (const [method, rest, body] of reads)
      expect([rest, (await ask(method, rest, body)).status < 500]).toEqual([rest, true]);
    put(path.join(folder, 'meta.yaml'));
    for (const [method, rest, body] of reads)
      expect([rest, (await ask(method, rest, body)).status < 500]).toEqual([rest, true]);
    const { experiments } = await target.ask('experiments/search?max_results=100');
    expect(experiments.map(({ name }: { name: string }) => name)).toContain('seed');
  });
});

describe('a meta file that is a bomb', () => {
  const bomb = `name: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi']
    .map((letter, at) => `${letter}: &${letter} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
    .join('\n')}`;

  test.each([
    ['of aliases', bomb],
    ['of brackets', `a: ${'['.repeat(1_000_000)}`],
    ['of depth', Array.from({ length: 5_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['of a text of 50 MB', `a: "${'x'.repeat(50_000_000)}`],
    ['of anchors', `a: ${'&a '.repeat(30_000)}`],
  ])('%s is told of, and the rest is shown', async (name, text) => {
    const { experiment_id } = await target.ask('experiments/create', { name: `bomb ${name}` });
    const folder = path.join(target.program.store, experiment_id);
    const { run } = await target.ask('runs/create', { experiment_id });
    await target.ask('registered-models/create', { name: `bomb ${name}` });
    const files = [
      path.join(folder, run.info.run_id, 'meta.yaml'),
      path.join(folder, 'meta.yaml'),
      path.join(target.program.store, 'models', `bomb ${name}`, 'meta.yaml'),
    ];
    for (const file of files) fs.writeFileSync(file, text);
    for (const rest of [
      'experiments/search?max_results=100',
      'registered-models/search',
      '/api/mlflow-workbench/problems',
    ]) {
      expect((await ask('GET', rest)).status).toBe(200);
    }
    expect((await ask('POST', 'runs/search', { experiment_ids: [target.experimentId, experiment_id] })).body).toContain(
      target.runId,
    );
    fs.rmSync(folder, { recursive: true });
    fs.rmSync(path.dirname(files[2] ?? ''), { recursive: true });
    await target.isWell();
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, Target } from './target.ts';

const target = new Target();
const api = (rest: string): string => `/api/2.0/mlflow/${rest}`;
const once = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Names that mean another place, or none, wherever they stand for a place. */
const ELSEWHERE = [
  ...[
    '..',
    '../x',
    '../../canary.txt',
    'a/../../x',
    '../../../../../../etc/passwd',
    '/etc/passwd',
    '//proc/self/root/etc/passwd',
  ],
  ...[
    '\\..\\x',
    '..\\..\\x',
    'C:\\x',
    'C:/x',
    '\\\\host\\share\\x',
    '%2e%2e/x',
    '%2e%2e%2fx',
    '%252e%252e%252fx',
    '..%5cx',
  ],
  ...['a%5cb', 'a%00b', 'a\0b', 'a\nb', 'a#b', 'canary\0.txt'],
];
const LONG = ['x'.repeat(300), `${'é'.repeat(130)}`, '日'.repeat(86)];
/** Also no ids. */
const NO_IDS = [
  ...[
    '.',
    '~',
    '*',
    'a b',
    'a?b',
    'a;b',
    'x:stream',
    'C:foo',
    'a.b',
    'meta.yaml',
    '.trash',
    '-a',
    '%',
    'ｒｕｎ',
    '１',
    'е',
  ],
  ...[
    'a\u202eb',
    '\ufeffa',
    'é',
    'e\u0301',
    'artifacts/x',
    'file:///etc',
    'file://host/x',
    "'; DROP",
    '{{7*7}}',
    '${x}',
    '`id`',
  ],
];
const BAD_IDS = [...ELSEWHERE, ...LONG, ...NO_IDS];

beforeAll(async () => {
  await target.start();
  fs.writeFileSync(path.join(target.program.folder, 'mlartifacts-canary'), 'nobody reads this');
});
afterAll(async () => {
  console.log(`At the paths, ${target.refused} attacks were refused.`);
  await target.end();
});

const post = (rest: string, body: object, method = 'POST'): Omit<Attack, 'name'> => ({
  method,
  target: rest.startsWith('/') ? rest : api(rest),
  body: JSON.stringify(body),
});
const put = (path: string): Omit<Attack, 'name'> => ({ method: 'PUT', target: path, body: 'evil', type: '' });
const get = (rest: string): Omit<Attack, 'name'> => ({ target: rest.startsWith('/') ? rest : api(rest) });

/** One attack for each name at each place. */
function everywhere(
  names: readonly string[],
  places: Readonly<Record<string, (name: string) => Omit<Attack, 'name'>>>,
): Attack[] {
  return Object.entries(places).flatMap(([place, attack]) =>
    names.map((name) => ({ name: `${place} ${JSON.stringify(name).slice(0, 60)}`, ...attack(name) })),
  );
}

test('ids of runs', async () => {
  const metric = { key: 'm', value: 1, timestamp: 1 };
  await target.refuses(
    everywhere(BAD_IDS, {
      'runs/get': (id) => get(`runs/get?run_id=${once(id)}`),
      'runs/get by its old name': (id) => get(`runs/get?run_uuid=${once(id)}`),
      'log-metric': (id) => post('runs/log-metric', { run_id: id, ...metric }),
      'log-parameter': (id) => post('runs/log-parameter', { run_id: id, key: 'a', value: 'b' }),
      'log-batch': (id) => post('runs/log-batch', { run_id: id, metrics: [metric] }),
      'set-tag': (id) => post('runs/set-tag', { run_id: id, key: 'a', value: 'b' }),
      'delete-tag': (id) => post('runs/delete-tag', { run_id: id, key: 't' }),
      'runs/delete': (id) => post('runs/delete', { run_id: id }),
      'runs/restore': (id) => post('runs/restore', { run_id: id }),
      'runs/update': (id) => post('runs/update', { run_id: id, status: 'FINISHED' }),
      'log-inputs': (id) => post('runs/log-inputs', { run_id: id, models: [{ model_id: target.modelId }] }),
      'log-model': (id) => post('runs/log-model', { run_id: id, model_json: '{}' }),
      'metrics/get-history': (id) => get(`metrics/get-history?run_id=${once(id)}&metric_key=m`),
      'artifacts/list': (id) => get(`artifacts/list?run_id=${once(id)}`),
      'get-artifact': (id) => get(`/get-artifact?run_id=${once(id)}&path=a.txt`),
      'upload-artifact': (id) => post(`/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${once(id)}&path=a`, {}),
      'runs/measure': (id) => post('/api/mlflow-workbench/runs/measure', { run_ids: [id] }),
      'runs/purge': (id) => post('/api/mlflow-workbench/runs/purge', { run_id: id }),
      'own upload': (id) => put(`/api/mlflow-workbench/runs/${once(id)}/artifacts/x`),
      'metric-series': (id) => get(`/api/mlflow-workbench/metric-series?run_id=${once(id)}&metric_key=m`),
      'a version’s run': (id) => post('model-versions/create', { name: 'seed', source: '/etc', run_id: id }),
      'a version’s source': (id) => post('model-versions/create', { name: 'seed', source: `runs:/${id}/model` }),
    }),
  );
});

test('ids of experiments', async () => {
  await target.refuses(
    everywhere(BAD_IDS, {
      'experiments/get': (id) => get(`experiments/get?experiment_id=${once(id)}`),
      'experiments/update': (id) => post('experiments/update', { experiment_id: id, new_name: 'x' }),
      'experiments/delete': (id) => post('experiments/delete', { experiment_id: id }),
      'experiments/restore': (id) => post('experiments/restore', { experiment_id: id }),
      'experiment tag': (id) => post('experiments/set-experiment-tag', { experiment_id: id, key: 'a', value: 'b' }),
      'experiments/measure': (id) => post('/api/mlflow-workbench/experiments/measure', { experiment_id: id }),
      'experiments/purge': (id) => post('/api/mlflow-workbench/experiments/purge', { experiment_id: id }),
      'runs/create': (id) => post('runs/create', { experiment_id: id }),
      'logged-models': (id) => post('logged-models', { experiment_id: id, name: 'x' }),
      'traces 2': (id) => post('/api/2.0/mlflow/traces', { experiment_id: id, timestamp_ms: 1 }),
      'delete-traces': (id) => post('traces/delete-traces', { experiment_id: id, request_ids: ['tr-seed'] }),
      'search of traces': (id) => get(`/api/2.0/mlflow/traces?experiment_ids=${once(id)}`),
    }),
  );
});

test('ids of models and traces', async () => {
  const trace = (id: string) => ({
    trace: {
      trace_info: {
        trace_id: id,
        trace_location: { mlflow_experiment: { experiment_id: target.experimentId } },
        request_time: '2026-11-23T08:49:35Z',
      },
    },
  });
  // What a path cannot hold leads to another path, which is refused, too.
  await target.refuses(
    everywhere(BAD_IDS, {
      model: (id) => get(`logged-models/${once(id)}`),
      'model tags': (id) => post(`logged-models/${once(id)}/tags`, { tags: [{ key: 'a', value: 'b' }] }, 'PATCH'),
      'own upload to a model': (id) => put(`/api/mlflow-workbench/logged-models/${once(id)}/artifacts/x`),
      'model deletion': (id) => ({ method: 'DELETE', target: api(`logged-models/${once(id)}`) }),
      'model files': (id) => get(`logged-models/${once(id)}/artifacts/directories`),
      'model file': (id) => get(`/ajax-api/2.0/mlflow/logged-models/${once(id)}/artifacts/files?artifact_file_path=x`),
      'metric of a model': (id) =>
        post('runs/log-metric', { run_id: target.runId, key: 'x', value: 1, timestamp: 1, model_id: id }),
      'new trace': (id) => post('/api/3.0/mlflow/traces', trace(id)),
      trace: (id) => get(`/api/3.0/mlflow/traces/${once(id)}`),
      'trace of old': (id) => get(`/api/2.0/mlflow/traces/${once(id)}/info`),
      'trace tag': (id) => post(`/api/3.0/mlflow/traces/${once(id)}/tags`, { key: 'a', value: 'b' }, 'PATCH'),
      'trace file': (id) => get(`/ajax-api/2.0/mlflow/get-trace-artifact?request_id=${once(id)}`),
      'trace deletion': (id) => post('traces/delete-traces', { experiment_id: target.experimentId, request_ids: [id] }),
      assessment: (id) => get(`/api/3.0/mlflow/traces/tr-seed/assessments/${once(id)}`),
      'assessment deletion': (id) => ({
        method: 'DELETE',
        target: `/api/3.0/mlflow/traces/tr-seed/assessments/${once(id)}`,
      }),
    }),
  );
});

test('keys of metrics, params and tags', async () => {
  const names = [
    ...ELSEWHERE.filter((name) => name !== 'C:/x'),
    ...LONG,
    '.',
    './x',
    'a//b',
    'a/',
    'a?b',
    'a*b',
    '~',
    'a%b',
    '\ud800',
  ];
  const run_id = () => target.runId;
  await target.refuses(
    everywhere(names, {
      'log-metric': (key) => post('runs/log-metric', { run_id: run_id(), key, value: 1, timestamp: 1 }),
      'log-parameter': (key) => post('runs/log-parameter', { run_id: run_id(), key, value: 'x' }),
      'set-tag': (key) => post('runs/set-tag', { run_id: run_id(), key, value: 'x' }),
      'delete-tag': (key) => post('runs/delete-tag', { run_id: run_id(), key }),
      'one of a batch': (key) =>
        post('runs/log-batch', { run_id: run_id(), params: [{ key: 'ok', value: 'x' }], tags: [{ key, value: 'x' }] }),
      'a new run': (key) => post('runs/create', { experiment_id: target.experimentId, tags: [{ key, value: 'x' }] }),
      'a new experiment': (key) => post('experiments/create', { name: 'new', tags: [{ key, value: 'x' }] }),
      'experiment tag': (key) =>
        post('experiments/set-experiment-tag', { experiment_id: target.experimentId, key, value: 'x' }),
      'model tag': (key) => post(`logged-models/${target.modelId}/tags`, { tags: [{ key, value: 'x' }] }, 'PATCH'),
      'model param': (key) => post(`logged-models/${target.modelId}/params`, { params: [{ key, value: 'x' }] }),
      'model tag deletion': (key) => ({
        method: 'DELETE',
        target: api(`logged-models/${target.modelId}/tags/${once(key)}`),
      }),
      'trace tag': (key) => post('/api/3.0/mlflow/traces/tr-seed/tags', { key, value: 'x' }, 'PATCH'),
      'registered model tag': (key) => post('registered-models/set-tag', { name: 'seed', key, value: 'x' }),
      'version tag': (key) => post('model-versions/set-tag', { name: 'seed', version: '1', key, value: 'x' }),
    }),
  );
});

test('paths of artifacts', async () => {
  const run = () => `run_id=${target.runId}`;
  const own = '/api/2.0/mlflow-artifacts/artifacts';
  await target.refuses(
    everywhere(ELSEWHERE, {
      list: (name) => get(`artifacts/list?${run()}&path=${once(name)}`),
      read: (name) => get(`/get-artifact?${run()}&path=${once(name)}`),
      'read of a model': (name) =>
        get(`/ajax-api/2.0/mlflow/logged-models/${target.modelId}/artifacts/files?artifact_file_path=${once(name)}`),
      'list of a model': (name) =>
        get(`logged-models/${target.modelId}/artifacts/directories?artifact_directory_path=${once(name)}`),
      'read of a version': (name) => get(`/model-versions/get-artifact?name=seed&version=1&path=${once(name)}`),
      'upload by a page': (name) =>
        post(`/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${target.runId}&path=${once(name)}`, {}),
      upload: (name) => ({ method: 'PUT', target: `${target.artifacts}/${once(name)}`, body: 'evil', type: '' }),
      'own upload': (name) => put(`/api/mlflow-workbench/runs/${target.runId}/artifacts/${once(name)}`),
      'own upload to a model': (name) =>
        put(`/api/mlflow-workbench/logged-models/${target.modelId}/artifacts/${once(name)}`),
      'upload with slashes': (name) => ({
        method: 'PUT',
        target: `${target.artifacts}/${name.split('/').map(once).join('/').replaceAll('..', '%2e%2e')}`,
        body: 'evil',
        type: '',
      }),
      'upload below': (name) => ({
        method: 'PUT',
        target: `${target.artifacts}/d/${once(name)}/x`,
        body: 'evil',
        type: '',
      }),
      download: (name) => get(`${own}/${once(name)}`),
      'download twice encoded': (name) => get(`${own}/${once(once(name))}`),
      'list of all': (name) => get(`${own}?path=${once(name)}`),
      deletion: (name) => ({ method: 'DELETE', target: `${own}/${once(name)}` }),
      'page of the UI': (name) => get(`/static-files/${once(name)}`),
    }).filter(
      // These are names that are allowed, of files that are not there or below the artifacts.
      ({ name }) => !/^download twice encoded "(?:a#b|a\\nb)"|^upload with slashes "(?:\/|C:)/.test(name),
    ),
  );
  const raw = [
    '../../../canary.txt',
    'a/../../../../canary.txt',
    '%2e%2e/%2e%2e/canary.txt',
    '.%2e/canary.txt',
    '..;/x',
    '%',
  ];
  await target.refuses(
    raw.flatMap((name) =>
      ['GET', 'PUT', 'DELETE'].map((method) => ({ name: `${method} ${name}`, method, target: `${own}/${name}` })),
    ),
  );
});

test('names that no file system keeps', async () => {
  await target.refuses(
    everywhere(LONG, {
      upload: (name) => ({ method: 'PUT', target: `${target.artifacts}/${once(name)}`, body: 'x', type: '' }),
      'upload below': (name) => ({ method: 'PUT', target: `${target.artifacts}/${once(name)}/x`, body: 'x', type: '' }),
      'registered model': (name) => post('registered-models/create', { name }),
      alias: (name) => post('registered-models/alias', { name: 'seed', alias: name, version: '1' }),
    }).filter(({ name }) => !name.startsWith('alias "é')),
  );
});

test('names of registered models, aliases and versions', async () => {
  const names = [
    ...ELSEWHERE.filter((name) => !/^a[\n#]b$/.test(name)),
    '.',
    '',
    ' ',
    'a/b',
    'a:b',
    'x:stream',
    'C:foo',
    'a%b',
    '%',
    'file://host/x',
  ];
  await target.refuses([
    ...everywhere(names, {
      create: (name) => post('registered-models/create', { name }),
      rename: (name) => post('registered-models/rename', { name: 'seed', new_name: name }),
      get: (name) => get(`registered-models/get?name=${once(name)}`),
      delete: (name) => post('registered-models/delete', { name }, 'DELETE'),
      update: (name) => post('registered-models/update', { name, description: 'x' }, 'PATCH'),
      'create version': (name) => post('model-versions/create', { name, source: 's3://b/x' }),
      'get version': (name) => get(`model-versions/get?name=${once(name)}&version=1`),
      'set tag': (name) => post('registered-models/set-tag', { name, key: 'a', value: 'b' }),
    }),
    ...everywhere([...BAD_IDS.filter((name) => name !== '-a'), 'latest', 'v1', ''], {
      alias: (alias) => post('registered-models/alias', { name: 'seed', alias, version: '1' }),
      'get alias': (alias) => get(`registered-models/alias?name=seed&alias=${once(alias)}`),
    }),
    ...everywhere([...ELSEWHERE, '1.0', '01x', '-1', '1e3', '9'.repeat(30), ' ', '１'], {
      version: (version) => get(`model-versions/get?name=seed&version=${once(version)}`),
      'version file': (version) => get(`/model-versions/get-artifact?name=seed&version=${once(version)}&path=a`),
      'version deletion': (version) => post('model-versions/delete', { name: 'seed', version }, 'DELETE'),
    }),
  ]);
});

test('places of artifacts, and sources of versions', async () => {
  const locations = [
    ...[
      '../x',
      '/a/../b',
      'file:///a/../b',
      'file:///a/%2e%2e/b',
      's3://b/%252e%252e/x',
      'file://host/x',
      'file:////host/x',
    ],
    ...[
      's3://b/x#y',
      's3://b/x;y',
      's3://b/x?y=/../z',
      'runs:/a/b',
      '/a\0b',
      '\\\\host\\share',
      'C:\\x',
      'C:foo',
      `/${'x'.repeat(3_000)}`,
    ],
  ];
  const sources = [
    ...[
      '/etc',
      '/etc/passwd',
      'file:///etc',
      'file://host/etc',
      'file:/etc',
      'file:etc',
      'FILE:///etc',
      '../x',
      'x',
      '.',
      '~',
    ],
    ...[
      's3://b/../x',
      'http://h/%2e%2e/x',
      'http://h/%252e%252e/x',
      's3://b/a\0b',
      's3://b\\..\\x',
      'C:\\x',
      '\\\\h\\s',
      '//proc/self/root',
    ],
    ...['mlflow-artifacts:/../x', 'models:/seed/9', 'models:/m-none', 'models:/../1', 'runs:/none/x'],
  ];
  await target.refuses([
    ...everywhere(locations, {
      location: (artifact_location) => post('experiments/create', { name: 'new', artifact_location }),
    }),
    ...everywhere(sources, {
      source: (source) => post('model-versions/create', { name: 'seed', source }),
      'source of a run': (source) => post('model-versions/create', { name: 'seed', source, run_id: target.runId }),
      'source of a model': (source) =>
        post('model-versions/create', { name: 'seed', source, model_id: target.modelId }),
      'source below a run': (source) =>
        post('model-versions/create', { name: 'seed', source: `runs:/${target.runId}/../${source}` }),
    }).filter(({ name }) => !/^source of a (?:run|model) "models:/.test(name) || name.includes('9')),
    ...everywhere(['/etc', 'file:///etc', 'FILE:/etc', 'C:\\x', '\\\\h\\s'], {
      'source of a prompt': (source) =>
        post('model-versions/create', {
          name: 'seed',
          source,
          tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
        }),
    }),
  ]);
});

test('what the source of a prompt names is read by nobody', async () => {
  await target.ask('registered-models/create', {
    name: 'prompt',
    tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
  });
  const files: Attack[] = [];
  for (const source of ['.', 'x', './', 'dummy-source', 'http://evil.example/x', 'ftp://evil.example', 'file2:/etc']) {
    const tags = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    const { model_version } = await target.ask('model-versions/create', { name: 'prompt', source, tags });
    for (const file of ['canary.txt', 'etc/passwd', 'passwd']) {
      files.push({
        name: `${source} ${file}`,
        target: `/model-versions/get-artifact?name=prompt&version=${model_version.version}&path=${file}`,
      });
    }
  }
  await target.refuses(files);
});

test('links that lead out of the artifacts', async () => {
  const { folder } = target.program;
  const own = path.join(folder, 'project/mlartifacts', target.experimentId, target.runId, 'artifacts');
  fs.symlinkSync(folder, path.join(own, 'out'));
  fs.symlinkSync(target.canary, path.join(own, 'canary'));
  fs.symlinkSync('/proc/self/root', path.join(own, 'root'));
  fs.symlinkSync(path.join(folder, 'nowhere'), path.join(own, 'nowhere'));
  await target.refuses(
    ['out/canary.txt', 'canary', 'root/etc/passwd', 'out', 'root/proc/self/environ'].flatMap((name): Attack[] => [
      { name: `read ${name}`, target: `${target.artifacts}/${name}` },
      { name: `get ${name}`, target: `/get-artifact?run_id=${target.runId}&path=${name}` },
      { name: `write ${name}`, method: 'PUT', target: `${target.artifacts}/${name}`, body: 'x', type: '' },
      { name: `write below ${name}`, method: 'PUT', target: `${target.artifacts}/${name}/x`, body: 'x', type: '' },
      { name: `delete below ${name}`, method: 'DELETE', target: `${target.artifacts}/${name}/canary.txt` },
      { name: `list ${name}/`, target: api(`artifacts/list?run_id=${target.runId}&path=${name}/.`) },
    ]),
  );
  // A link that leads nowhere is replaced, not followed.
  await target.refuses([
    { name: 'write below nowhere', method: 'PUT', target: `${target.artifacts}/nowhere/x`, body: 'x', type: '' },
  ]);
  await target.send({ method: 'PUT', target: `${target.artifacts}/nowhere`, body: 'x', type: '' });
  expect(fs.existsSync(path.join(folder, 'nowhere'))).toBe(false);
  expect(fs.lstatSync(path.join(own, 'nowhere')).isFile()).toBe(true);
  const { files } = await target.ask(`artifacts/list?run_id=${target.runId}`);
  expect(files.map((file: { path: string }) => file.path)).toContain('a.txt');
});

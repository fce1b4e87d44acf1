import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Attack, Target } from './target.ts';

const target = new Target();
beforeAll(() => target.start());
afterAll(async () => {
  console.log(`Of values and addresses, ${target.refused} attacks were refused.`);
  await target.end();
});

const api = (rest: string): string => (rest.startsWith('/') ? rest : `/api/2.0/mlflow/${rest}`);
const post = (name: string, rest: string, body: object | string, status: Attack['status'] = 400): Attack => ({
  name,
  target: api(rest),
  body: typeof body === 'string' ? body : JSON.stringify(body),
  status,
});

/** What an object of JavaScript has without being given it. */
const INHERITED = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];

interface Pair {
  readonly key: string;
  readonly value: unknown;
}

const sorted = (pairs: readonly Pair[]) => [...pairs].sort((a, b) => (a.key < b.key ? -1 : 1));

test('names that every object has are ordinary ones', async () => {
  const { experiment_id } = await target.ask('experiments/create', { name: '__proto__' });
  const named = await target.ask('experiments/get-by-name?experiment_name=__proto__');
  expect(named.experiment.experiment_id).toBe(experiment_id);
  const pairs = INHERITED.map((key, at) => ({ key, value: `${at}` }));
  const { run } = await target.ask('runs/create', { experiment_id, tags: pairs, run_name: 'constructor' });
  const { run_id } = run.info;
  const metrics = pairs.map(({ key, value }) => ({ key, value: Number(value), timestamp: 1, step: 0 }));
  await target.ask('runs/log-batch', { run_id, params: pairs, metrics });
  await target.ask('runs/log-metric', { run_id, key: '__proto__', value: 9, timestamp: 2, step: 1 });
  const { data } = (await target.ask(`runs/get?run_id=${run_id}`)).run;
  expect(sorted(data.params)).toEqual(sorted(pairs));
  expect(sorted(data.tags.filter(({ key }: Pair) => key !== 'mlflow.runName'))).toEqual(sorted(pairs));
  expect(data.metrics.find(({ key }: Pair) => key === '__proto__').value).toBe(9);
  expect((await target.ask(`metrics/get-history?run_id=${run_id}&metric_key=__proto__`)).metrics).toHaveLength(2);
  for (const key of INHERITED) {
    const filter = `params.${key} = '${pairs.find((pair) => pair.key === key)?.value}' AND metrics.${key} >= 0`;
    const found = await target.ask('runs/search', {
      experiment_ids: [experiment_id],
      filter,
      order_by: [`tags.${key}`],
    });
    expect(found.runs).toHaveLength(1);
  }

  const trace_location = { mlflow_experiment: { experiment_id } };
  const map = Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
  const trace_info = {
    trace_id: 'tr-proto',
    trace_location,
    request_time: '2026-11-23T08:49:35Z',
    trace_metadata: map,
    tags: map,
  };
  // As text, since a literal would set the prototype.
  const { trace } = await target.ask('/api/3.0/mlflow/traces', { trace: { trace_info } });
  expect(Object.keys(trace.trace_info.trace_metadata).sort()).toEqual([...INHERITED].sort());

  const { model } = await target.ask('logged-models', {
    experiment_id,
    name: 'constructor',
    params: pairs,
    tags: pairs,
  });
  expect(sorted(model.data.params)).toEqual(sorted(pairs));
  await target.ask('registered-models/create', { name: '__proto__', tags: pairs });
  await target.ask('model-versions/create', { name: '__proto__', source: 's3://b/x', tags: pairs });
  await target.ask('registered-models/alias', { name: '__proto__', alias: 'constructor', version: '1' });
  const { registered_model } = await target.ask('registered-models/get?name=__proto__');
  expect(registered_model.aliases).toEqual([{ alias: 'constructor', version: '1' }]);
  expect(sorted(registered_model.tags)).toEqual(sorted(pairs));
  const dataset = { name: '__proto__', digest: 'constructor', source_type: 'x', source: 'x' };
  await target.ask('runs/log-inputs', { run_id, datasets: [{ dataset, tags: pairs }] });
  const { inputs } = (await target.ask(`runs/get?run_id=${run_id}`)).run;
  expect(sorted(inputs.dataset_inputs[0].tags)).toEqual(sorted(pairs));
  await target.isWell();
});

test('a message cannot give itself fields that it does not have', async () => {
  const hidden = (rest: string) => [
    `{"__proto__":${rest}}`,
    `{"constructor":{"prototype":${rest}}}`,
    `{"prototype":${rest}}`,
    `{"__proto__":null,"constructor":null,"hasOwnProperty":null,"toString":null}`,
    JSON.stringify(`{"__proto__":${rest}}`),
  ];
  const run = `{"run_id":"${target.runId}","key":"evil","value":"x","timestamp":1}`;
  const experiment = '{"name":"evil","experiment_id":"0"}';
  await target.refuses([
    ...[
      'runs/log-metric',
      'runs/log-parameter',
      'runs/set-tag',
      'runs/delete',
      'runs/update',
      'runs/log-batch',
    ].flatMap((path) => hidden(run).map((body) => post(`${path} ${body.slice(0, 30)}`, path, body))),
    ...['experiments/create', 'runs/create', 'registered-models/create', 'logged-models'].flatMap((path) =>
      hidden(experiment).map((body) => post(`${path} ${body.slice(0, 30)}`, path, body)),
    ),
    { name: 'a query', target: api(`runs/get?__proto__[run_id]=${target.runId}`), status: 400 },
    { name: 'another query', target: api(`runs/get?constructor.prototype.run_id=${target.runId}`), status: 400 },
    { name: 'a route', target: api('constructor'), status: 404 },
    { name: 'another route', target: '/__proto__', status: 404 },
  ]);
  // Nothing of it has stuck.
  await target.refuses([post('an empty message', 'runs/set-tag', {}), post('another', 'experiments/create', {})]);
});

test('tags that MLflow keeps JSON in may hold anything', async () => {
  const { run } = await target.ask('runs/create', { experiment_id: '0', start_time: 1 });
  const { model } = await target.ask('logged-models', { experiment_id: '0', name: 'x' });
  const [{ run_id }, { model_id }] = [run.info, model.info];
  const fields = { artifact_path: 'm', utc_time_created: 'now', run_id };
  const model_json = JSON.stringify({ ...fields, flavors: { a: 12345678901234567890n.toString() } });
  for (const value of [
    '',
    'x',
    '[',
    '{}',
    'null',
    '5',
    '['.repeat(4_000),
    `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
    '[12345678901234567890]',
  ]) {
    await target.ask('runs/set-tag', { run_id, key: 'mlflow.log-model.history', value });
    await target.ask('runs/log-model', { run_id, model_json });
    await target.ask(`logged-models/${model_id}`);
    const tags = [{ key: 'mlflow.modelVersions', value }];
    const set = await target.send({ ...post('', `logged-models/${model_id}/tags`, { tags }), method: 'PATCH' });
    expect(set.status).toBe(200);
    await target.ask('model-versions/create', { name: 'seed', source: `models:/${model_id}`, model_id });
  }
  await target.refuses(
    ['', '[', '5', '{}', '['.repeat(200_000), `{"flavors":${'['.repeat(200)}${']'.repeat(200)}}`].map((text) =>
      post(`a model of ${text.slice(0, 10)}`, 'runs/log-model', { run_id, model_json: text }),
    ),
  );
});

test('whole numbers keep all their digits', async () => {
  const { run } = await target.ask('runs/create', { experiment_id: '0', start_time: 1 });
  const { run_id } = run.info;
  const numbers = ['9007199254740993', '-9007199254740993', '9223372036854775807', '-9223372036854775808', '-1', '0'];
  for (const [at, step] of numbers.entries()) {
    const timestamp = '9223372036854775807';
    const body = `{"run_id":"${run_id}","key":"m","value":${at},"timestamp":${timestamp},"step":${at % 2 ? `"${step}"` : step}}`;
    expect((await target.send(post('', 'runs/log-metric', body))).status).toBe(200);
  }
  const { body } = await target.send({ target: api(`metrics/get-history?run_id=${run_id}&metric_key=m`) });
  expect([...body.matchAll(/"step": ?(-?\d+)/g)].map(([, digits]) => digits)).toEqual(numbers);
  expect([...body.matchAll(/"timestamp": ?(\d+)/g)].every(([, digits]) => digits === '9223372036854775807')).toBe(true);
});

test('doubles that are no numbers are what MLflow makes of them', async () => {
  const { run } = await target.ask('runs/create', { experiment_id: '0', start_time: 1 });
  const { run_id } = run.info;
  const values = ['"NaN"', 'NaN', '"Infinity"', 'Infinity', '-Infinity', '1e999', '-1e999', '1e-999', '"1e308"'];
  for (const [at, value] of values.entries()) {
    const body = `{"run_id":"${run_id}","key":"m${at}","value":${value},"timestamp":1}`;
    expect((await target.send(post('', 'runs/log-metric', body))).status).toBe(200);
  }
  const { data } = (await target.ask(`runs/get?run_id=${run_id}`)).run;
  expect(sorted(data.metrics).map(({ value }) => value)).toEqual([
    'NaN',
    'NaN',
    'Infinity',
    'Infinity',
    '-Infinity',
    'Infinity',
    '-Infinity',
    0,
    1e308,
  ]);
});

test('no address that a client gives is called', async () => {
  let calls = 0;
  const listener = net.createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as net.AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const readers: Attack[] = [];
  for (const location of [
    url,
    `${url}/a`,
    `s3://127.0.0.1:${port}/a`,
    `ftp://127.0.0.1:${port}/`,
    `hdfs://127.0.0.1:${port}/`,
  ]) {
    const { experiment_id } = await target.ask('experiments/create', { name: location, artifact_location: location });
    const { run } = await target.ask('runs/create', { experiment_id });
    const { model } = await target.ask('logged-models', { experiment_id, name: 'x' });
    const { run_id } = run.info;
    const { model_version } = await target.ask('model-versions/create', { name: 'seed', source: location });
    const trace_location = { mlflow_experiment: { experiment_id } };
    const trace_id = `tr-${experiment_id}`;
    await target.ask('/api/3.0/mlflow/traces', {
      trace: { trace_info: { trace_id, trace_location, request_time: '2026-11-23T08:49:35Z' } },
    });
    readers.push(
      { name: `list ${location}`, target: api(`artifacts/list?run_id=${run_id}`) },
      { name: `get ${location}`, target: `/get-artifact?run_id=${run_id}&path=a` },
      { ...post(`put ${location}`, `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${run_id}&path=a`, 'x') },
      { name: `model ${location}`, target: api(`logged-models/${model.info.model_id}/artifacts/directories`) },
      {
        name: `version ${location}`,
        target: `/model-versions/get-artifact?name=seed&version=${model_version.version}&path=a`,
      },
      { name: `trace ${location}`, target: `/ajax-api/2.0/mlflow/get-trace-artifact?request_id=${trace_id}` },
    );
  }
  await target.refuses(readers);
  const webhook = { name: 'x', url, events: [{ entity: 'MODEL_VERSION', action: 'CREATED' }] };
  const elsewhere: Attack[] = [
    post('a webhook', 'webhooks', webhook, 501),
    post('a job', '/ajax-api/3.0/mlflow/jobs/', { job_name: 'x', params: { url } }, 501),
    post('a gateway', 'gateway-proxy', { gateway_path: url }, 501),
    post('the prompt lab', 'runs/create-promptlab-run', { mlflow_version: url }, 501),
    post('spans', '/v1/traces', '{}', 501),
    post('a scorer', 'scorers/register', { name: url }, 501),
  ];
  const before = target.look();
  for (const attack of elsewhere) {
    expect([attack.name, (await target.send(attack)).status]).toEqual([attack.name, 501]);
    target.refused += 1;
  }
  expect(target.look()).toEqual(before);
  expect(calls).toBe(0);
  await new Promise((resolve) => listener.close(resolve));
});

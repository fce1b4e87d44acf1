import { Script, type Step } from './step.ts';

const LONG = 'x'.repeat(10_000);
/** Left out when the recorded states are compared. */
export const SCRATCH = 'scratch';

/** Experiments, runs, metrics, params, tags, inputs. */
export function trackingScript(): readonly Step[] {
  const s = new Script();
  scratch(s);
  experiments(s);
  runs(s);
  logging(s);
  batches(s);
  searching(s);
  inputs(s);
  lifecycle(s);
  return s.steps;
}

/** What leaves other things behind in MLflow goes here, where nobody looks. */
function scratch(s: Script): void {
  s.post('experiments/create', { name: SCRATCH }, { capture: { trash: 'experiment_id' } });
  s.post(
    'runs/create',
    { experiment_id: '$trash', run_name: 'scratch', start_time: 1 },
    { capture: { scratch: 'run.info.run_id' } },
  );
  s.post('runs/log-metric', { run_id: '$scratch', key: 'm', value: 1, timestamp: 10, step: 1.5 });
  s.post('runs/log-metric', '{"run_id": "$scratch", "key": "bare", "value": NaN, "timestamp": 1}');
  s.post('runs/set-tag', { run_id: '$scratch', key: 'long', value: LONG });
  s.post('experiments/delete', { experiment_id: '$trash' });
  s.post('experiments/restore', { experiment_id: '$trash' });
}

function experiments(s: Script): void {
  s.post(
    'experiments/create',
    { name: 'first', tags: [{ key: 'team', value: 'blue' }] },
    { capture: { exp: 'experiment_id' } },
  );
  s.post('experiments/create', { name: 'Größe/精 1' }, { capture: { other: 'experiment_id' } });
  s.post('experiments/create', { name: 'first' });
  s.post('experiments/create', {});
  s.post('experiments/create', { name: '' });
  s.post('experiments/create', { name: 5 });
  s.post('experiments/create', { name: ['a'] });
  s.post('experiments/create', { name: LONG.slice(0, 501) });
  s.post(
    'experiments/create',
    { name: 'located', artifact_location: 's3://bucket/a', unknown_field: 1 },
    { capture: { located: 'experiment_id' } },
  );
  s.post('experiments/create', { name: 'fragment', artifact_location: 's3://bucket/a#b' });
  s.post('experiments/create', { name: 'params', artifact_location: 'http://host/a;b' });
  s.post('experiments/create', { name: 'long location', artifact_location: `s3://b/${LONG.slice(0, 2048)}` });
  s.post('experiments/create', { name: 'bad tags', tags: 'a' });
  s.get('experiments/get?experiment_id=$exp');
  s.get('experiments/get?experiment_id=$located');
  s.get('experiments/get?experiment_id=0');
  s.get('experiments/get?experiment_id=4711');
  s.get('experiments/get?experiment_id=..');
  s.get('experiments/get');
  s.get('/ajax-api/2.0/mlflow/experiments/get?experiment_id=$exp');
  s.get('experiments/get-by-name?experiment_name=first');
  s.get('experiments/get-by-name?experiment_name=Gr%C3%B6%C3%9Fe%2F%E7%B2%BE%201');
  s.get('experiments/get-by-name?experiment_name=nope');
  s.get('experiments/get-by-name');
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', key: 'a/b', value: 'ü' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', key: 'team', value: 'red' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', key: 'empty', value: '' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', key: 'no value' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', key: '../up', value: '' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$exp', value: '' });
  s.post('experiments/set-experiment-tag', { key: 'k', value: '' });
  s.post('experiments/set-experiment-tag', { experiment_id: '4711', key: 'k', value: '' });
  s.post('experiments/delete-experiment-tag', { experiment_id: '$exp', key: 'empty' }, { since: 3 });
  s.post('experiments/delete-experiment-tag', { experiment_id: '$exp', key: 'empty' }, { since: 3 });
  s.post('experiments/delete-experiment-tag', { experiment_id: '$exp' }, { since: 3 });
  s.post('experiments/update', { experiment_id: '$other', new_name: 'second' });
  s.post('experiments/update', { experiment_id: '$other', new_name: 'first' });
  s.post('experiments/update', { experiment_id: '$other' });
  s.post('experiments/update', { new_name: 'x' });
  s.post('experiments/update', { experiment_id: '4711', new_name: 'x' });
  s.get('experiments/get?experiment_id=$other');
  s.post('experiments/search', { max_results: 10, order_by: ['name'] });
  s.get('experiments/search?max_results=2&order_by=name');
  s.get('experiments/search?max_results=10&filter=name%20LIKE%20%27f%25%27');
  s.post('experiments/search', { max_results: 2, order_by: ['name DESC'], page_token: 'eyJvZmZzZXQiOiAyfQ==' });
  s.post('experiments/search', { max_results: 10, filter: "tags.team = 'red'" });
  s.post('experiments/search', { max_results: 10, filter: "nonsense = 'x'" });
  s.post('experiments/search', { max_results: 10, filter: 'tags.team = 5' });
  s.post('experiments/search', { max_results: 10, filter: 'OR' });
  s.post('experiments/search', { max_results: 10, order_by: ['nonsense'] });
  s.post('experiments/search', { max_results: 10, order_by: ['tags.team'] });
  s.post('experiments/search', { max_results: 50_001 });
  s.post('experiments/search', { max_results: -1 });
  s.post('experiments/search', { max_results: 'a' });
  s.post('experiments/search', { max_results: 10, page_token: '!!' });
  s.post('experiments/search', { max_results: 10, page_token: 'YWJj' });
  s.post('experiments/search', { max_results: 10, view_type: 'DELETED_ONLY' });
  s.post('experiments/search', { max_results: 10, view_type: 3, order_by: ['name'] });
  s.get('experiments/search?max_results=10&view_type=ALL&order_by=name');
}

function runs(s: Script): void {
  s.post(
    'runs/create',
    { experiment_id: '$exp', run_name: 'one', start_time: 1_000, user_id: 'ömer', tags: [{ key: 'a', value: 'b' }] },
    { capture: { run: 'run.info.run_id' } },
  );
  s.post('runs/create', { experiment_id: '$exp', start_time: 2_000 }, { capture: { unnamed: 'run.info.run_id' } });
  s.post(
    'runs/create',
    { experiment_id: '$exp', start_time: 3_000, tags: [{ key: 'mlflow.runName', value: 'by tag' }] },
    { capture: { tagged: 'run.info.run_id' } },
  );
  s.post('runs/create', { experiment_id: '$exp', run_name: 'x', tags: [{ key: 'mlflow.runName', value: 'y' }] });
  s.post(
    'runs/create',
    { experiment_id: '$exp', run_name: 'same', start_time: 4_000, tags: [{ key: 'mlflow.runName', value: 'same' }] },
    { capture: { same: 'run.info.run_id' } },
  );
  s.post(
    'runs/create',
    { experiment_id: '0', start_time: '5000', run_name: 'text time' },
    { capture: { texttime: 'run.info.run_id' } },
  );
  s.post('runs/create', {});
  s.post('runs/create', { experiment_id: '4711' });
  s.post('runs/create', { experiment_id: 5 });
  s.post('runs/create', { experiment_id: '$exp', start_time: 'soon' });
  s.get('runs/get?run_id=$run');
  s.get('runs/get?run_uuid=$run');
  s.get('/api/2.0/mlflow/runs/get?run_id=$run&run_uuid=$run');
  s.get('runs/get?run_id=$tagged');
  s.get('runs/get?run_id=0123456789abcdef0123456789abcdef');
  s.get('runs/get?run_id=..%2F0');
  s.get('runs/get');
  s.post('runs/update', { run_id: '$run', status: 'FINISHED', end_time: 5_000 });
  s.post('runs/update', { run_id: '$run', run_name: 'renamed' });
  s.get('runs/get?run_id=$run');
  s.post('runs/update', { run_id: '$run', status: 4, end_time: 6_000 });
  s.post('runs/update', { run_id: '$run', status: 'NOPE' });
  s.post('runs/update', { run_id: '$run', status: 'RUNNING' });
  s.post('runs/update', { run_id: '$run', run_name: '' });
  s.post('runs/update', { run_uuid: '$run', status: 'KILLED', end_time: 7_000 });
  s.post('runs/update', { status: 'FINISHED' });
  s.post('runs/update', { run_id: '0123456789abcdef0123456789abcdef', status: 'FINISHED' });
  s.post('runs/set-tag', { run_id: '$run', key: 'mlflow.runName', value: 'by its tag' });
  s.get('runs/get?run_id=$run');
}

function logging(s: Script): void {
  const metric = (more: object) =>
    s.post('runs/log-metric', { run_id: '$run', key: 'm', value: 1, timestamp: 10, ...more });
  metric({});
  metric({ value: 2, step: 1 });
  metric({ value: 3, step: 1, timestamp: 11 });
  metric({ value: '4.5', step: '7', timestamp: '12' });
  metric({ value: 'NaN', key: 'nan' });
  metric({ value: 'Infinity', key: 'inf' });
  metric({ value: '-Infinity', key: 'minus inf' });
  metric({ value: 1e300, key: 'large' });
  metric({ value: -0.0, key: 'zero' });
  metric({ value: 0.1, key: 'val/loss' });
  metric({ value: 0.1, key: 'größe 精.a-b_c:d' });
  metric({ step: -5, key: 'negative step' });
  metric({ key: 'true', value: true });
  s.post(
    'runs/log-metric',
    '{"run_id": "$run", "key": "far", "value": 1, "timestamp": 9007199254740993, "step": 9223372036854775807}',
  );
  s.post(
    'runs/log-metric',
    '"{\\"run_id\\": \\"$run\\", \\"key\\": \\"twice encoded\\", \\"value\\": 1, \\"timestamp\\": 1}"',
  );
  metric({ key: '' });
  metric({ key: undefined });
  metric({ key: 'a//b' });
  metric({ key: './a' });
  metric({ key: '../a' });
  metric({ key: '/a' });
  metric({ key: '.' });
  metric({ key: 'semi;colon' });
  metric({ key: LONG.slice(0, 251) });
  metric({ key: LONG.slice(0, 250) });
  metric({ value: undefined });
  metric({ value: null });
  metric({ value: 'abc' });
  metric({ value: [1] });
  metric({ timestamp: undefined });
  metric({ timestamp: -1 });
  metric({ timestamp: 'x' });
  metric({ step: 'x' });
  metric({ run_id: undefined });
  metric({ run_id: 'nope' });
  metric({ run_id: undefined, run_uuid: '$run', key: 'by uuid' });
  s.get('metrics/get-history?run_id=$run&metric_key=m');
  s.get('metrics/get-history?run_id=$run&metric_key=m&max_results=2', { since: 3 });
  s.get('metrics/get-history?run_id=$run&metric_key=far');
  s.get('metrics/get-history?run_id=$run&metric_key=val%2Floss');
  s.get('metrics/get-history?run_id=$run&metric_key=inf');
  s.get('metrics/get-history?run_id=$run&metric_key=nope');
  s.get('metrics/get-history?run_id=$run&metric_key=..%2Fparams');
  s.get('metrics/get-history?run_id=$run');
  s.get('metrics/get-history?metric_key=m');
  s.get('metrics/get-history?run_id=nope&metric_key=m');

  const param = (more: object) => s.post('runs/log-parameter', { run_id: '$run', key: 'p', value: '1', ...more });
  param({});
  param({});
  param({ value: '2' });
  param({ key: 'deep/er/p', value: 'ü\n2' });
  param({ key: 'empty', value: '' });
  param({ key: 'absent', value: undefined });
  param({ key: 'long', value: LONG.slice(0, 6_001) });
  param({ key: 'number', value: 5 });
  param({ key: '' });
  param({ key: 'a/../b' });
  param({ key: LONG.slice(0, 251) });
  param({ run_id: undefined });
  param({ run_id: 'nope' });

  const tag = (more: object) => s.post('runs/set-tag', { run_id: '$run', key: 't', value: '1', ...more });
  tag({});
  tag({ value: '2' });
  tag({ key: 'mlflow.note.content', value: '# Note' });
  tag({ key: 'long', value: LONG.slice(0, 8_000) });
  tag({ key: 'a/b', value: '' });
  tag({ key: '/a' });
  tag({ key: undefined });
  tag({ run_id: 'nope' });
  s.post('runs/delete-tag', { run_id: '$run', key: 't' });
  s.post('runs/delete-tag', { run_id: '$run', key: 't' });
  s.post('runs/delete-tag', { run_id: '$run', key: 'a/b' });
  s.post('runs/delete-tag', { run_id: '$run' });
  s.post('runs/delete-tag', { run_id: 'nope', key: 't' });
  s.post('runs/log-metric', 'run_id=$run', { headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  s.post('runs/log-metric', '{broken');
  s.post('runs/log-metric', '');
  s.post('runs/set-tag', '[]');
  s.get('runs/get?run_id=$run');
}

function batches(s: Script): void {
  const batch = (body: object) => s.post('runs/log-batch', { run_id: '$unnamed', ...body });
  const metric = { key: 'm', value: 1, timestamp: 1, step: 0 };
  batch({
    metrics: [metric, { ...metric, step: 1, value: 'NaN' }],
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: 'v' }],
  });
  batch({});
  batch({ run_id: undefined });
  batch({ run_id: 'nope', tags: [] });
  batch({ metrics: [{ value: 1, timestamp: 1 }] });
  batch({ metrics: [{ key: 'm', timestamp: 1 }] });
  batch({ metrics: [{ key: 'm', value: 1 }] });
  batch({ metrics: [metric, { ...metric, key: '../x' }] });
  batch({ metrics: 'a' });
  batch({ params: [{ value: '1' }] });
  batch({ params: [{ key: 'p', value: '2' }] });
  batch({
    params: [
      { key: 'p', value: '2' },
      { key: 'new', value: '1' },
    ],
  });
  batch({
    params: [
      { key: 'z', value: '1' },
      { key: 'z', value: '2' },
    ],
  });
  batch({
    params: [
      { key: 'y', value: '1' },
      { key: 'y', value: '1' },
    ],
  });
  batch({ params: [{ key: 'long', value: LONG }] });
  batch({ tags: [{ key: 'long', value: LONG }] });
  batch({ tags: [{ key: LONG.slice(0, 251), value: '' }] });
  batch({ tags: [{ value: '' }] });
  batch({ tags: [{ key: 'mlflow.runName', value: 'from batch' }] });
  batch({ metrics: Array.from({ length: 1001 }, () => metric) });
  batch({ params: Array.from({ length: 101 }, (_, at) => ({ key: `p${at}`, value: '' })) });
  batch({ tags: Array.from({ length: 101 }, (_, at) => ({ key: `t${at}`, value: '' })) });
  batch({
    metrics: Array.from({ length: 950 }, () => metric),
    params: Array.from({ length: 60 }, (_, at) => ({ key: `p${at}`, value: '' })),
  });
  batch({ metrics: Array.from({ length: 100 }, (_, step) => ({ ...metric, key: 'many', step })) });
  s.get('runs/get?run_id=$unnamed');
  s.get('metrics/get-history?run_id=$unnamed&metric_key=many&max_results=40', { since: 3 });
}

function searching(s: Script): void {
  const search = (body: object) => s.post('runs/search', { experiment_ids: ['$exp'], ...body });
  search({});
  search({ max_results: 2 });
  search({ max_results: 2, page_token: 'eyJvZmZzZXQiOiAyfQ==' });
  search({ order_by: ['start_time ASC'] });
  search({ order_by: ['metrics.m DESC', 'params.p'] });
  search({ order_by: ['attributes.run_name'] });
  search({ filter: 'metrics.m > 2' });
  search({ filter: "params.p = '1' AND tags.t = 'v'" });
  search({ filter: "status = 'RUNNING'" });
  search({ filter: "tags.`mlflow.runName` = 'by tag'" });
  search({ filter: "metrics.m > 'a'" });
  search({ filter: 'params.p = 1' });
  search({ filter: "nope.p = '1'" });
  search({ filter: 'metrics.m > 1 OR metrics.m < 0' });
  search({ order_by: ['nonsense'] });
  search({ order_by: ['metrics.m sideways'] });
  search({ run_view_type: 'DELETED_ONLY' });
  search({ run_view_type: 'ALL', max_results: 1 });
  search({ max_results: 0 });
  search({ max_results: 50_001 });
  search({ max_results: 'x' });
  search({ page_token: 'nonsense' });
  search({ experiment_ids: [] });
  search({ experiment_ids: undefined });
  search({ experiment_ids: 'x' });
  search({ experiment_ids: ['4711'] });
  search({ experiment_ids: ['$exp', '0'], order_by: ['start_time'] });
}

function inputs(s: Script): void {
  const dataset = {
    name: 'iris',
    digest: '12345e67',
    source_type: 'local',
    source: '{"uri": "a"}',
    schema: '{}',
    profile: '{"rows": 1}',
  };
  const tags = [{ key: 'mlflow.data.context', value: 'training' }];
  s.post('runs/log-inputs', { run_id: '$run', datasets: [{ dataset, tags }] });
  s.post('runs/log-inputs', { run_id: '$run', datasets: [{ dataset, tags }] });
  s.post('runs/log-inputs', {
    run_id: '$run',
    datasets: [{ dataset: { name: 'b', digest: 'd', source_type: 'local', source: 's' } }],
  });
  s.post('runs/log-inputs', { run_id: '$run' });
  s.post('runs/log-inputs', { datasets: [] });
  s.post('runs/log-inputs', { run_id: 'nope', datasets: [{ dataset }] });
  s.post('runs/log-inputs', { run_id: '$run', datasets: 'a' });
  s.get('runs/get?run_id=$run');
  s.post('runs/search', { experiment_ids: ['$exp'], filter: "dataset.name = 'iris'" });
  s.post('runs/search', {
    experiment_ids: ['$exp'],
    filter: "dataset.context = 'training' AND datasets.digest LIKE '123%'",
  });
  s.post('/ajax-api/2.0/mlflow/experiments/search-datasets', { experiment_ids: ['$exp'] });
  s.post('/ajax-api/2.0/mlflow/experiments/search-datasets', {});
  const model = {
    artifact_path: 'model',
    flavors: { python_function: {} },
    utc_time_created: '2026-11-23 08:49:30.123456',
    run_id: '$run',
  };
  s.post('runs/log-model', { run_id: '$run', model_json: JSON.stringify(model) });
  s.post('runs/log-model', { run_id: '$run', model_json: '{' });
  s.post('runs/log-model', { run_id: '$run', model_json: '{"artifact_path": "x"}' });
  s.post('runs/log-model', { run_id: '$run' });
  s.post('runs/log-model', { run_id: 'nope', model_json: JSON.stringify(model) });
}

function lifecycle(s: Script): void {
  s.post('runs/delete', { run_id: '$tagged' });
  s.post('runs/delete', { run_id: '$tagged' });
  s.get('runs/get?run_id=$tagged');
  s.post('runs/log-metric', { run_id: '$tagged', key: 'm', value: 1, timestamp: 1 });
  s.post('runs/log-parameter', { run_id: '$tagged', key: 'm', value: '1' });
  s.post('runs/set-tag', { run_id: '$tagged', key: 'm', value: '1' });
  s.post('runs/delete-tag', { run_id: '$tagged', key: 'mlflow.runName' });
  s.post('runs/update', { run_id: '$tagged', status: 'FINISHED' });
  s.post('runs/log-batch', { run_id: '$tagged', tags: [{ key: 'a', value: 'b' }] });
  s.post('runs/search', { experiment_ids: ['$exp'], run_view_type: 'DELETED_ONLY' });
  s.post('runs/search', { experiment_ids: ['$exp'], run_view_type: 2 });
  s.post('runs/restore', { run_id: '$tagged' });
  s.post('runs/restore', { run_id: '$tagged' });
  s.get('runs/get?run_id=$tagged');
  s.post('runs/delete', {});
  s.post('runs/delete', { run_id: 'nope' });
  s.post('runs/restore', { run_id: 'nope' });
  s.post('experiments/delete', { experiment_id: '$other' });
  s.post('experiments/delete', { experiment_id: '$other' });
  s.get('experiments/get?experiment_id=$other');
  s.get('experiments/get-by-name?experiment_name=second');
  s.post('experiments/create', { name: 'second' });
  s.post('experiments/set-experiment-tag', { experiment_id: '$other', key: 'k', value: '' });
  s.post('experiments/update', { experiment_id: '$other', new_name: 'third' });
  s.post('runs/create', { experiment_id: '$other' });
  s.post('experiments/search', { max_results: 10, view_type: 'DELETED_ONLY' });
  s.post('experiments/restore', { experiment_id: '$other' });
  s.post('experiments/restore', { experiment_id: '$other' });
  s.get('experiments/get?experiment_id=$other');
  s.post('experiments/delete', { experiment_id: '4711' });
  s.post('experiments/delete', {});
  s.post('experiments/delete', { experiment_id: '0' });
  s.post('experiments/restore', { experiment_id: '4711' });
}

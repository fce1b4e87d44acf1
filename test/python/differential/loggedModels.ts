import { Script, type Step } from './step.ts';

const UNKNOWN = 'm-0123456789abcdef0123456789abcdef';

/** What MLflow 3 calls logged models. */
export function loggedModelScript(): readonly Step[] {
  const s = new Script({ since: 3 });
  s.post('experiments/create', { name: 'of logged models' }, { capture: { lexp: 'experiment_id' } });
  s.post(
    'runs/create',
    { experiment_id: '$lexp', run_name: 'logger', start_time: 1 },
    { capture: { logger: 'run.info.run_id' } },
  );
  const create = (body: object, capture?: Record<string, string>) =>
    s.post('logged-models', { experiment_id: '$lexp', ...body }, capture && { capture });
  create(
    {
      name: 'one',
      model_type: 'regressor',
      source_run_id: '$logger',
      params: [{ key: 'alpha', value: '0.5' }],
      tags: [{ key: 't', value: 'v' }],
    },
    { one: 'model.info.model_id' },
  );
  create({ name: 'two' }, { two: 'model.info.model_id' });
  create({ experiment_id: '$trash' });
  create({ name: 'a/b' });
  create({ name: 'a.b' });
  create({ experiment_id: '4711' });
  create({ experiment_id: undefined });
  create({ params: [{ key: '../x', value: '' }] });
  s.get('logged-models/$one');
  s.get(`logged-models/${UNKNOWN}`);
  s.call('PATCH', 'logged-models/$one', { model_id: '$one', status: 'LOGGED_MODEL_READY' });
  s.call('PATCH', 'logged-models/$two', { model_id: '$two', status: 3 });
  s.call('PATCH', `logged-models/${UNKNOWN}`, { model_id: UNKNOWN, status: 2 });
  s.call('PATCH', 'logged-models/$one/tags', {
    tags: [
      { key: 'a b', value: 'c' },
      { key: 't', value: 'w' },
    ],
  });
  s.call('PATCH', `logged-models/${UNKNOWN}/tags`, { tags: [{ key: 'a', value: 'c' }] });
  s.call('DELETE', 'logged-models/$one/tags/t');
  s.call('DELETE', 'logged-models/$one/tags/t');
  s.post('logged-models/$one/params', { model_id: '$one', params: [{ key: 'beta', value: '1' }] });
  s.get('logged-models/$one');
  const metric = { run_id: '$logger', key: 'rmse', value: 0.5, timestamp: 1, step: 3 };
  s.post('runs/log-metric', { ...metric, model_id: '$one' });
  s.post('runs/log-metric', {
    ...metric,
    value: 0.4,
    timestamp: 2,
    step: 0,
    model_id: '$one',
    dataset_name: 'eval',
    dataset_digest: 'abc',
  });
  s.post('runs/log-metric', { ...metric, run_id: '$scratch', model_id: UNKNOWN });
  s.get('logged-models/$one');
  s.get('metrics/get-history?run_id=$logger&metric_key=rmse');
  s.post('runs/outputs', { run_id: '$logger', models: [{ model_id: '$one', step: 4 }, { model_id: '$two' }] });
  s.post('runs/outputs', { run_id: '$logger' });
  s.post('runs/outputs', { models: [{ model_id: '$one', step: 4 }] });
  s.post('runs/log-inputs', { run_id: '$logger', models: [{ model_id: '$one' }] });
  s.get('runs/get?run_id=$logger');
  const search = (body: object) => s.post('logged-models/search', { experiment_ids: ['$lexp'], ...body });
  search({});
  search({ filter: "name = 'one'" });
  search({ filter: 'metrics.rmse < 0.45' });
  search({ filter: 'metrics.rmse < 0.45', datasets: [{ dataset_name: 'eval' }] });
  search({ filter: "params.alpha = '0.5'" });
  search({ filter: "tags.`a b` = 'c'" });
  search({ filter: "nope = 'x'" });
  search({ order_by: [{ field_name: 'metrics.rmse', ascending: false }] });
  search({ order_by: [{ field_name: 'name' }] });
  search({ order_by: [{ field_name: 'nope' }] });
  search({ max_results: 1, order_by: [{ field_name: 'creation_timestamp' }] });
  search({ experiment_ids: [] });
  search({ experiment_ids: undefined });
  s.call('PUT', '/api/2.0/mlflow-artifacts/artifacts/$lexp/models/$one/artifacts/MLmodel', 'flavors: {}', {
    headers: { 'content-type': 'text/plain' },
  });
  s.get('logged-models/$one/artifacts/directories');
  s.get('logged-models/$one/artifacts/directories?artifact_directory_path=nope');
  s.get('logged-models/$one/artifacts/directories?artifact_directory_path=../x');
  s.get('/ajax-api/2.0/mlflow/logged-models/$one/artifacts/files?artifact_file_path=MLmodel');
  s.get('/ajax-api/2.0/mlflow/logged-models/$one/artifacts/files?artifact_file_path=nope');
  s.get('/ajax-api/2.0/mlflow/logged-models/$one/artifacts/files');
  s.post('registered-models/create', { name: 'of a logged one' });
  s.post('model-versions/create', {
    name: 'of a logged one',
    source: 'models:/$one',
    run_id: '$logger',
    model_id: '$one',
  });
  s.get('model-versions/get-download-uri?name=of%20a%20logged%20one&version=1');
  s.get('logged-models/$one');
  s.call('DELETE', 'logged-models/$two');
  s.call('DELETE', 'logged-models/$two');
  s.get('logged-models/$two');
  s.get('logged-models/$two?allow_deleted=true');
  search({ order_by: [{ field_name: 'creation_timestamp' }] });
  s.get('/api/3.0/mlflow/server-info');
  return s.steps;
}

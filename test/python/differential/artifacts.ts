import { Script, type Step } from './step.ts';

const STORE = '/api/2.0/mlflow-artifacts/artifacts';
const TEXT = { headers: { 'content-type': 'text/plain' } };

/** A run's files, and the server's own artifact store. */
export function artifactScript(): readonly Step[] {
  const s = new Script();
  s.post('experiments/create', { name: 'of the files' }, { capture: { aexp: 'experiment_id' } });
  s.post(
    'runs/create',
    { experiment_id: '$aexp', run_name: 'files', start_time: 1 },
    { capture: { files: 'run.info.run_id' } },
  );
  const home = `${STORE}/$aexp/$files/artifacts`;
  s.call('PUT', `${home}/a.txt`, 'hello', TEXT);
  s.call('PUT', `${home}/a.txt`, 'hello again', TEXT);
  s.call('PUT', `${home}/deep/er/b%20%C3%BC.json`, '{"a": 1}', TEXT);
  s.call('PUT', `${home}/images/loss%25step%250.png`, 'png', TEXT);
  s.call('PUT', `${home}/empty.txt`, '', TEXT);
  s.call('PUT', `${STORE}/%2e%2e/x`, 'x', TEXT);
  s.call('PUT', `${STORE}/a%2F..%2F..%2Fx`, 'x', TEXT);
  s.call('PUT', `${STORE}/%252e%252e/x`, 'x', TEXT);
  s.get(`${home}/a.txt`);
  s.get(`${home}/deep/er/b%20%C3%BC.json`);
  s.get(`${home}/images/loss%25step%250.png`);
  s.get(`${home}/nope.txt`);
  s.get(`${home}/deep`);
  s.get(`${STORE}/%2e%2e/x`);
  s.get(`${STORE}?path=$aexp/$files/artifacts`);
  s.get(`${STORE}?path=$aexp/$files/artifacts/deep`);
  s.get(`${STORE}?path=$aexp/$files/artifacts/a.txt`);
  s.get(`${STORE}?path=nope`);
  s.get(`${STORE}?path=../x`);
  s.get(`${STORE}?path=/etc`);
  s.get('artifacts/list?run_id=$files');
  s.get('artifacts/list?run_id=$files&path=deep');
  s.get('artifacts/list?run_id=$files&path=deep/er');
  s.get('artifacts/list?run_id=$files&path=a.txt');
  s.get('artifacts/list?run_id=$files&path=nope');
  s.get('artifacts/list?run_id=$files&path=../..');
  s.get('artifacts/list?run_id=$files&path=%252e%252e');
  s.get('artifacts/list?run_id=nope');
  s.get('artifacts/list');
  s.get('/get-artifact?run_id=$files&path=a.txt');
  s.get('/get-artifact?run_uuid=$files&path=deep/er/b%20%C3%BC.json');
  s.get('/get-artifact?run_id=$files&path=nope.txt');
  s.get('/get-artifact?run_id=$files&path=../../meta.yaml');
  s.get('/get-artifact?run_id=$files');
  s.get('/get-artifact?path=a.txt');
  s.post('registered-models/create', { name: 'with files' });
  s.post('model-versions/create', {
    name: 'with files',
    source: 'mlflow-artifacts:/$aexp/$files/artifacts/deep',
    run_id: '$files',
  });
  s.get('/model-versions/get-artifact?name=with%20files&version=1&path=er/b%20%C3%BC.json');
  s.get('/model-versions/get-artifact?name=with%20files&version=1&path=../a.txt');
  s.get('/model-versions/get-artifact?name=with%20files&version=2&path=a');
  s.call('POST', '/api/2.0/mlflow-artifacts/mpu/create/a', { path: 'a', num_parts: 1 });
  s.call('DELETE', `${home}/deep`);
  s.call('DELETE', `${home}/deep`);
  s.call('DELETE', `${home}/%2e%2e/x`);
  s.get(`${STORE}?path=$aexp/$files/artifacts`);
  s.call('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=$files&path=up/loaded.txt', 'uploaded', TEXT);
  s.call('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=$files', 'uploaded', TEXT);
  s.call('POST', '/ajax-api/2.0/mlflow/upload-artifact?path=a', 'uploaded', TEXT);
  s.call('POST', '/ajax-api/2.0/mlflow/upload-artifact?run_uuid=$files&path=../x', 'uploaded', TEXT);
  s.get(`${home}/up/loaded.txt`);
  s.get('/health');
  s.post('runs/log-batch', {
    run_id: '$files',
    metrics: Array.from({ length: 30 }, (_, step) => ({ key: 'loss', value: step / 10, timestamp: step, step })),
  });
  s.get('/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=$files&metric_key=loss');
  s.get('/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=$files&metric_key=loss&max_results=3');
  s.get('/ajax-api/2.0/mlflow/metrics/get-history-bulk?metric_key=loss');
  s.get('/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id=$files');
  const bulk = '/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval';
  s.get(`${bulk}?run_ids=$files&metric_key=loss&max_results=5`);
  s.get(`${bulk}?run_ids=$files&metric_key=loss&start_step=5&end_step=20&max_results=4`, { since: 3 });
  s.get(`${bulk}?run_ids=$files&metric_key=loss&max_results=100`);
  s.get(`${bulk}?run_ids=$files&metric_key=nope&max_results=5`);
  s.get(`${bulk}?run_ids=$files&metric_key=loss&start_step=5`);
  s.get(`${bulk}?run_ids=$files&metric_key=loss&start_step=9&end_step=5`);
  s.get(`${bulk}?run_ids=$files&metric_key=loss&max_results=2501`);
  s.get(`${bulk}?metric_key=loss`);
  s.get(`${bulk}?run_ids=$files`);
  return s.steps;
}

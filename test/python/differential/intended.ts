import type { MlflowVersion } from '../environments.ts';

/** Where our answer is meant to differ from MLflow's. */
export interface Intended {
  /** The step's name, or the beginning of several. */
  readonly step: string;
  /** The version that differs; both when absent. */
  readonly version?: MlflowVersion;
  readonly reason: string;
}

const CLIENT_FAULT = 'a client’s mistake is a 4xx: clients try a 5xx again for minutes';
const CLEARER = 'the same error, said more clearly';
const OLDER_WORDS = 'MLflow 2 used other words, which its clients do not read';

export const INTENDED: readonly Intended[] = [
  {
    step: 'POST runs/log-metric {"run_id":"$scratch","key":"m","value":1,"timestamp":10,"step":1.5}',
    reason: 'MLflow logs the point at step 0 without a word',
  },
  { step: 'POST experiments/create {"name":"long location"', version: '3.17.2', reason: 'we have no such variable' },
  { step: 'POST experiments/create {"name":"long location"', version: '2.22.5', reason: CLEARER },
  { step: 'POST runs/log-metric {"run_id":"$run","key":"m","value":[1],"timestamp":10}', reason: CLIENT_FAULT },
  { step: 'POST runs/set-tag {"run_id":"$run","key":"a/b","value":""}', reason: CLIENT_FAULT },
  { step: 'POST runs/log-metric {broken', reason: CLEARER },
  { step: 'POST runs/log-metric run_id=$run', reason: 'a type that is not taken has a status of its own, 415' },
  { step: 'POST runs/set-tag []', reason: CLIENT_FAULT },
  { step: 'POST runs/log-batch {"run_id":"$unnamed","params":[{"key":"p","value":"2"}', reason: CLIENT_FAULT },
  {
    step: 'POST runs/search {"experiment_ids":["$exp"],"max_results":0}',
    reason: 'an empty page with a token to itself would never end',
  },
  { step: 'POST experiments/update {"experiment_id":"$other","new_name":"third"}', reason: CLIENT_FAULT },
  { step: 'POST runs/create {"experiment_id":"$other"}', reason: CLIENT_FAULT },
  { step: 'POST experiments/delete {"experiment_id":"0"}', reason: CLIENT_FAULT },
  { step: 'POST model-versions/create {"name":"nope","source":"s3://b/m"}', reason: CLIENT_FAULT },
  {
    step: 'POST model-versions/create {"name":"alpha","source":"http://host/../etc"}',
    version: '3.17.2',
    reason: 'MLflow reads such sources itself and so refuses hosts; we never do',
  },
  { step: 'POST model-versions/transition-stage {"name":"alpha","version":"2","stage":"None"', reason: CLIENT_FAULT },
  {
    step: 'POST registered-models/rename {"name":"plain","new_name":"renamed"}',
    reason: 'MLflow answers the versions’ old name',
  },
  { step: 'POST model-versions/create {"name":"prompt","source":"file:///etc"', version: '3.17.2', reason: CLEARER },
  {
    step: 'GET /api/2.0/mlflow-artifacts/artifacts/$aexp/$files/artifacts/deep',
    reason: 'a folder is no file, which is missing then',
  },
  { step: 'GET /get-artifact?path=a.txt', reason: CLIENT_FAULT },
  { step: 'POST /api/2.0/mlflow-artifacts/mpu/create/a', reason: 'all that is not supported is told in one way' },
  {
    step: 'GET metrics/get-history?run_id=$logger&metric_key=rmse',
    version: '3.17.2',
    reason: 'a line with a dataset breaks MLflow 2 on the same folder; the logged model’s file has it',
  },
  {
    step: 'POST model-versions/create {"name":"of a logged one"',
    version: '3.17.2',
    reason: 'we tell the version’s logged model, which MLflow’s clients read',
  },
  {
    step: 'GET logged-models/$two?allow_deleted=true',
    version: '3.17.2',
    reason: 'we tell that the model is deleted, which no message of MLflow does',
  },
  { step: 'GET /api/3.0/mlflow/server-info', version: '3.17.2', reason: 'what we do not have we do not name' },
  {
    step: 'GET /api/3.0/mlflow/traces/get?',
    version: '3.17.2',
    reason: CLEARER,
  },
  { step: 'POST /api/3.0/mlflow/traces/batchGetInfos', version: '3.17.2', reason: CLEARER },
  {
    step: 'POST /graphql {"operationName":"GetMetricHistoryBulkInterval"',
    reason: 'MLflow does not see the number of points that the query asks for',
  },
  { step: 'POST runs/create {"experiment_id":5}', version: '2.22.5', reason: 'an id is a text, as MLflow 3 has it' },
  { step: 'POST runs/search {"experiment_ids":"x"}', version: '2.22.5', reason: 'a list is asked for' },
  {
    step: 'POST runs/log-inputs {"run_id":"$run"}',
    version: '2.22.5',
    reason: 'models may be logged without datasets',
  },
  { step: 'POST registered-models/create {"name":"a/b"}', version: '2.22.5', reason: OLDER_WORDS },
  { step: 'POST registered-models/create {"name":".."}', version: '2.22.5', reason: CLIENT_FAULT },
  {
    step: 'POST model-versions/create {"name":"alpha","source":"models:/alpha/99"}',
    version: '2.22.5',
    reason: CLIENT_FAULT,
  },
  {
    step: 'POST model-versions/create {"name":"alpha","source":"models:/nope/1"}',
    version: '2.22.5',
    reason: CLIENT_FAULT,
  },
  { step: 'POST registered-models/rename {"name":"renamed","new_name":"a/b"}', version: '2.22.5', reason: OLDER_WORDS },
  {
    step: 'GET /api/2.0/mlflow-artifacts/artifacts/$aexp/$files/artifacts/nope.txt',
    version: '2.22.5',
    reason: CLIENT_FAULT,
  },
  { step: 'GET /get-artifact?run_id=$files&path=nope.txt', version: '2.22.5', reason: CLIENT_FAULT },
  { step: 'PATCH traces/none', version: '2.22.5', reason: OLDER_WORDS },
  { step: 'GET traces/none/info', version: '2.22.5', reason: OLDER_WORDS },
  { step: 'DELETE traces/$old/tags {"key":"a"} #2', version: '2.22.5', reason: OLDER_WORDS },
  { step: 'POST traces/delete-traces {"experiment_id":"$texp"}', version: '2.22.5', reason: OLDER_WORDS },
];

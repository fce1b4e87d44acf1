import { Script, type Step } from './step.ts';

/** What MLflow's pages ask by GraphQL. */
export function pageScript(): readonly Step[] {
  const s = new Script();
  const ask = (operationName: string, query: string, variables: object, since?: 3) =>
    s.post('/graphql', { operationName, query, variables }, since && { since });
  const info = 'info { runName status runUuid experimentId artifactUri endTime lifecycleStage startTime userId }';
  const data = 'data { metrics { key value step timestamp } params { key value } tags { key value } }';
  const experiment = 'experiment { experimentId name lifecycleStage tags { key value } }';
  const inputs =
    'inputs { datasetInputs { dataset { digest name schema profile source sourceType } tags { key value } } }';
  const run = `{ __typename ${info} ${data} ${experiment} ${inputs} modelVersions { name version status source } }`;
  const getRun = `query GetRun($data: MlflowGetRunInput!) { mlflowGetRun(input: $data) { __typename apiError { code } run ${run} } }`;
  ask('GetRun', getRun, { data: { runId: '$maker' } });
  ask('GetRun', getRun, { data: { runId: '$files' } });
  ask('GetRun', getRun, { data: { runId: 'nope' } });
  const getExperiment =
    'query MlflowGetExperimentQuery($input: MlflowGetExperimentInput!) { mlflowGetExperiment(input: $input) { experiment { name experimentId artifactLocation creationTime lastUpdateTime lifecycleStage tags { key value } } } }';
  ask('MlflowGetExperimentQuery', getExperiment, { input: { experimentId: '$exp' } });
  ask('MlflowGetExperimentQuery', getExperiment, { input: { experimentId: '4711' } });
  const searchRuns = `query SearchRuns($data: MlflowSearchRunsInput!) { mlflowSearchRuns(input: $data) { runs { ${info} ${data} } } }`;
  ask('SearchRuns', searchRuns, { data: { experimentIds: ['$aexp'] } }, 3);
  const getHistory =
    'query GetMetricHistoryBulkInterval($data: MlflowGetMetricHistoryBulkIntervalInput!) { mlflowGetMetricHistoryBulkInterval(input: $data) { metrics { timestamp step runId key value } } }';
  ask('GetMetricHistoryBulkInterval', getHistory, { data: { runIds: ['$files'], metricKey: 'loss', maxResults: 4 } });
  return s.steps;
}

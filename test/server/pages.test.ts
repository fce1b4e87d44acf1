import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UNSUPPORTED } from '../../src/server/unsupported.ts';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

/** What only MLflow's own pages ask for. */
let server: FileServer;
let runId: string;
beforeEach(async () => {
  server = await openFileServer();
  runId = await createRun(server);
});
afterEach(() => server[Symbol.asyncDispose]());

describe('the datasets of experiments', () => {
  const URL = '/ajax-api/2.0/mlflow/experiments/search-datasets';
  const dataset = { name: 'iris', digest: 'abc', source_type: 'local', source: '{}' };

  test('come once for each context', async () => {
    const tags = [{ key: 'mlflow.data.context', value: 'training' }];
    const again = await createRun(server);
    for (const id of [runId, again]) {
      await server.post('runs/log-inputs', { run_id: id, datasets: [{ dataset, tags }] });
    }
    await server.post('runs/log-inputs', { run_id: again, datasets: [{ dataset: { ...dataset, name: 'plain' } }] });
    const { json } = await server.post(URL, { experiment_ids: ['0'] });
    expect(
      json.dataset_summaries.toSorted((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)),
    ).toEqual([
      { experiment_id: '0', name: 'iris', digest: 'abc', context: 'training' },
      { experiment_id: '0', name: 'plain', digest: 'abc' },
    ]);
  });

  test.each([
    [{}, 400, 'must specify at least one experiment_id'],
    [{ experiment_ids: Array.from({ length: 21 }, String) }, 400, 'cannot specify more than 20 experiment_ids'],
    [{ experiment_ids: ['4711'] }, 404, '4711'],
  ])('%j is refused', async (body, status, message) => {
    const answer = await server.post(URL, body);
    expect([answer.status, answer.json.message]).toEqual([status, expect.stringContaining(message)]);
  });
});

describe('an upload of a page', () => {
  const upload = (query: string, body: string | Buffer) =>
    server.fetch(`http://localhost/ajax-api/2.0/mlflow/upload-artifact?${query}`, {
      method: 'POST',
      body: body as string,
    });

  test('becomes a file of the run', async () => {
    expect((await upload(`run_uuid=${runId}&path=a/b.txt`, 'hello')).status).toBe(200);
    expect((await server.get(`/get-artifact?run_id=${runId}&path=a/b.txt`)).text).toBe('hello');
  });

  test.each([
    ['path=a', 'x', 'Request must specify run_uuid.'],
    ['run_uuid=RUN', 'x', 'Request must specify path.'],
    ['run_uuid=RUN&path=a', '', 'Request must specify data.'],
    ['run_uuid=RUN&path=../a', 'x', 'Invalid path'],
    ['run_uuid=RUN&path=a', Buffer.alloc(10 * 1024 * 1024 + 1), 'Artifact size is too large. Max size is 10MB.'],
  ])('with %s is refused', async (query, body, message) => {
    const response = await upload(query.replace('RUN', runId), body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toBe(message);
    expect((await server.get(`artifacts/list?run_id=${runId}`)).json.files).toBeUndefined();
  });
});

describe('GraphQL', () => {
  const ask = async (operationName: string, variables: object) =>
    (await server.post('/graphql', { operationName, query: `query ${operationName} { x }`, variables })).json;

  test('GetRun has all of a run', async () => {
    await server.post('runs/log-batch', {
      run_id: runId,
      metrics: [
        { key: 'a', value: 'NaN', timestamp: 1, step: 2 },
        { key: 'b', value: 0.5, timestamp: 1, step: 2 },
      ],
      params: [{ key: 'p', value: '1' }],
    });
    await server.post('registered-models/create', { name: 'm' });
    await server.post('model-versions/create', { name: 'm', source: 's3://a/b', run_id: runId });
    const { data, errors } = await ask('GetRun', { data: { runId } });
    expect(errors).toBeNull();
    expect(data.mlflowGetRun).toMatchObject({ __typename: 'MlflowGetRunResponse', apiError: null });
    expect(data.mlflowGetRun.run).toMatchObject({
      __typename: 'MlflowRunExtension',
      info: { runUuid: runId, status: 'RUNNING', endTime: '0', startTime: expect.stringMatching(/^\d+$/) },
      experiment: { experimentId: '0', name: 'Default', tags: [] },
      modelVersions: [{ name: 'm', version: '1', status: 'READY', source: 's3://a/b' }],
      data: {
        metrics: expect.arrayContaining([
          { __typename: 'MlflowMetricExtension', key: 'a', value: null, step: '2', timestamp: '1' },
          { __typename: 'MlflowMetricExtension', key: 'b', value: 0.5, step: '2', timestamp: '1' },
        ]),
        params: [{ __typename: 'MlflowParam', key: 'p', value: '1' }],
      },
      inputs: { datasetInputs: [], modelInputs: [] },
      outputs: { modelOutputs: [] },
    });
  });

  test('SearchRuns, MlflowGetExperimentQuery and GetMetricHistoryBulkInterval answer too', async () => {
    const found = await ask('SearchRuns', { data: { experimentIds: ['0'], maxResults: 5, runViewType: 'ALL' } });
    expect(found.data.mlflowSearchRuns.runs).toHaveLength(1);
    expect(found.data.mlflowSearchRuns.runs[0].experiment.name).toBe('Default');
    const { data } = await ask('MlflowGetExperimentQuery', { input: { experimentId: '0' } });
    expect(data.mlflowGetExperiment.experiment).toMatchObject({ name: 'Default', lifecycleStage: 'active' });
    await server.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1, step: 4 });
    const history = await ask('GetMetricHistoryBulkInterval', {
      data: { runIds: [runId], metricKey: 'm', maxResults: 9 },
    });
    expect(history.data.mlflowGetMetricHistoryBulkInterval.metrics).toEqual([
      { __typename: 'MlflowMetricWithRunId', runId, key: 'm', value: 1, step: '4', timestamp: '1' },
    ]);
  });

  test('the operation is also known by the query alone', async () => {
    const { json } = await server.post('/graphql', {
      query: 'query GetRun($data: X!) {}',
      variables: { data: { runId } },
    });
    expect(json.data.mlflowGetRun.run.info.runId).toBe(runId);
  });

  test('what fails is told as MLflow tells it', async () => {
    expect(await ask('GetRun', { data: { runId: 'nope' } })).toEqual({
      data: { mlflowGetRun: null },
      errors: ["Run 'nope' not found"],
    });
    expect(await ask('Nope', {})).toEqual({ data: null, errors: ["There is no operation 'Nope'."] });
    expect((await ask('GetRun', {})).errors).toHaveLength(1);
    expect((await server.post('/graphql', '{')).status).toBe(400);
    expect((await server.post('/graphql', { operationName: 5 })).status).toBe(400);
  });
});

test('there is no gateway and no telemetry', async () => {
  expect((await server.get('/ajax-api/2.0/mlflow/gateway-proxy')).json).toEqual({ endpoints: [] });
  expect((await server.get('/ajax-api/3.0/mlflow/ui-telemetry')).json.disable_ui_telemetry).toBe(true);
  expect((await server.post('/ajax-api/3.0/mlflow/ui-telemetry', { records: [] })).json).toEqual({
    status: 'disabled',
  });
});

test.each(UNSUPPORTED.map(({ method, path }) => [method, path.replace(/\{\w+\*?\}/g, 'x')] as const))(
  '%s %s says that it is not supported',
  async (method, path) => {
    const url = /^\/[23]\.0\//.test(path) ? `/api${path}` : `/api/3.0${path}`;
    const { status, json } = await server.call(method, url, method === 'GET' ? undefined : {});
    expect([status, json.error_code]).toEqual([501, 'NOT_IMPLEMENTED']);
    expect(json.message).toMatch(/ (?:is|are) not supported by this server\.$/);
  },
);

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
let runId: string;
beforeEach(async () => {
  server = await openFileServer();
  runId = await createRun(server);
});
afterEach(() => server[Symbol.asyncDispose]());

const getRun = async (id = runId) => (await server.get(`runs/get?run_id=${id}`)).json.run;

describe('a new run', () => {
  test('has MLflow’s shape', async () => {
    const { json } = await server.post('runs/create', {
      experiment_id: '0',
      run_name: 'first',
      user_id: 'ömer',
      start_time: '17',
      tags: [{ key: 'a', value: 'b' }],
    });
    const { info, data, inputs, outputs } = json.run;
    expect(info).toEqual({
      run_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      run_uuid: info.run_id,
      run_name: 'first',
      experiment_id: '0',
      user_id: 'ömer',
      status: 'RUNNING',
      start_time: 17,
      artifact_uri: `mlflow-artifacts:/0/${info.run_id}/artifacts`,
      lifecycle_stage: 'active',
    });
    expect(data.tags).toContainEqual({ key: 'a', value: 'b' });
    expect([inputs, outputs]).toEqual([{}, {}]);
    expect(await getRun(info.run_id)).toEqual(json.run);
  });

  test.each([
    [{}, "Invalid experiment ID: ''"],
    [{ experiment_id: 0 }, "Invalid value 0 for parameter 'experiment_id' supplied:  Hint: Value was of type 'int'."],
    [{ experiment_id: '0', start_time: 'x' }, 'Invalid value "x" for parameter \'start_time\' supplied:'],
    [{ experiment_id: '0', tags: {} }, "Invalid value {} for parameter 'tags' supplied:"],
  ])('as %j is refused', async (body, message) => {
    const { status, json } = await server.post('runs/create', body);
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
  });

  test('needs an experiment that exists', async () => {
    const { status, json } = await server.post('runs/create', { experiment_id: '77' });
    expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  });
});

test('a run is found under the name that its id had in MLflow 1', async () => {
  expect((await server.get(`runs/get?run_uuid=${runId}`)).json.run.info.run_id).toBe(runId);
  expect((await server.post('runs/set-tag', { run_uuid: runId, key: 'k', value: 'v' })).status).toBe(200);
});

test.each(['nope', '0'.repeat(32)])('there is no run %s', async (id) => {
  const { status, json } = await server.get(`runs/get?run_id=${id}`);
  expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
});

test.each(['../x', '..', '%2e%2e', 'a/b', 'x'.repeat(300)])('%s is no id of a run', async (id) => {
  const { status } = await server.get(`runs/get?run_id=${encodeURIComponent(id)}`);
  expect([400, 404]).toContain(status);
});

describe('a metric', () => {
  const log = (more: object) =>
    server.post('runs/log-metric', { run_id: runId, key: 'm', value: 1, timestamp: 1, ...more });
  const points = async () => (await server.get(`metrics/get-history?run_id=${runId}&metric_key=m`)).json.metrics;

  test('is logged with the leniency of proto3', async () => {
    await log({ value: '1.5', timestamp: '3', step: '4' });
    await log({ value: 'NaN', step: 5 });
    await log({ value: '-Infinity', step: 6 });
    await server.post('runs/log-metric', `{"run_id":"${runId}","key":"m","value":Infinity,"timestamp":1,"step":7}`);
    expect((await points()).map(({ value, step }: { value: unknown; step: number }) => [step, value])).toEqual([
      [4, 1.5],
      [5, 'NaN'],
      [6, '-Infinity'],
      [7, 'Infinity'],
    ]);
    expect((await getRun()).data.metrics).toEqual([
      { key: 'm', value: 'Infinity', timestamp: 1, step: 7, run_id: runId },
    ]);
  });

  test('is the model’s too when it says on which it was measured', async () => {
    const { json } = await server.post('logged-models', { experiment_id: '0', name: 'model', source_run_id: runId });
    const model_id = json.model.info.model_id;
    expect((await log({ model_id, dataset_name: 'd', dataset_digest: 'x1' })).status).toBe(200);
    const { model } = (await server.get(`logged-models/${model_id}`)).json;
    expect(model.data.metrics).toMatchObject([{ key: 'm', value: 1, dataset_name: 'd', dataset_digest: 'x1' }]);
  });

  test.each([
    [{ value: null }, "Missing value for required parameter 'value'."],
    [{ value: 'abc' }, "Invalid value \"abc\" for parameter 'value' supplied:  Hint: Value was of type 'str'."],
    [{ value: [1] }, "Invalid value [1] for parameter 'value' supplied:"],
    [{ timestamp: undefined }, "Missing value for required parameter 'timestamp'."],
    [{ timestamp: 'x' }, 'Invalid value "x" for parameter \'timestamp\' supplied:'],
    [{ timestamp: -1 }, 'Timestamp must be a nonnegative long (64-bit integer)'],
    [{ key: '' }, "Missing value for required parameter 'key'."],
    [{ key: 5 }, "Invalid value 5 for parameter 'key' supplied:"],
    [{ key: '../x' }, 'Names may be treated as files in certain cases'],
    [{ step: 'a' }, 'Invalid value "a" for parameter \'step\' supplied:'],
    [{ run_id: '' }, "Missing value for required parameter 'run_id'."],
  ])('with %j is refused', async (more, message) => {
    const { status, json } = await log(more);
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
    expect(await points()).toBeUndefined();
  });

  test('that nobody logged has no points', async () => {
    expect((await server.get(`metrics/get-history?run_id=${runId}&metric_key=none`)).json).toEqual({});
  });

  test('has a history in pages', async () => {
    for (let step = 0; step < 5; step++) await log({ step });
    const path = `metrics/get-history?run_id=${runId}&metric_key=m&max_results=3`;
    const first = (await server.get(path)).json;
    const second = (await server.get(`${path}&page_token=${encodeURIComponent(first.next_page_token)}`)).json;
    expect([...first.metrics, ...second.metrics].map(({ step }: { step: number }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(second.next_page_token).toBeUndefined();
  });
});

test('a param is logged once', async () => {
  const log = (value: unknown) => server.post('runs/log-parameter', { run_id: runId, key: 'p', value });
  expect((await log('1')).json).toEqual({});
  expect((await log('1')).status).toBe(200);
  const { status, json } = await log('2');
  expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect(json.message).toContain(
    `Changing param values is not allowed. Param with key='p' was already logged with value='1' for run ID='${runId}'.`,
  );
  expect((await log(5)).status).toBe(400);
});

test('a tag is set, replaced and deleted', async () => {
  await server.post('runs/set-tag', { run_id: runId, key: 'k', value: 'a' });
  await server.post('runs/set-tag', { run_id: runId, key: 'k', value: 'b' });
  expect((await getRun()).data.tags).toContainEqual({ key: 'k', value: 'b' });
  expect((await server.post('runs/delete-tag', { run_id: runId, key: 'k' })).json).toEqual({});
  const { status, json } = await server.post('runs/delete-tag', { run_id: runId, key: 'k' });
  expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
});

describe('a batch', () => {
  const log = (batch: object) => server.post('runs/log-batch', { run_id: runId, ...batch });

  test('writes metrics, params and tags', async () => {
    await log({
      metrics: [{ key: 'a', value: 1, timestamp: 1 }],
      params: [{ key: 'p', value: 'x' }, { key: 'empty' }],
      tags: [{ key: 't', value: 'y' }],
    });
    const { data } = await getRun();
    expect(data.metrics).toHaveLength(1);
    expect(data.params).toEqual(
      expect.arrayContaining([
        { key: 'p', value: 'x' },
        { key: 'empty', value: '' },
      ]),
    );
    expect(data.tags).toContainEqual({ key: 't', value: 'y' });
  });

  test.each([
    [{ metrics: [{ key: 'a', value: 1 }] }, "Missing value for required parameter 'metrics[0].timestamp'."],
    [{ metrics: [{ key: 'a', value: 'x', timestamp: 1 }] }, "for parameter 'metrics[0].value' supplied:"],
    [{ metrics: {} }, "Invalid value {} for parameter 'metrics' supplied:  Hint: Value was of type 'dict'."],
    [{ metrics: [3] }, "Invalid value 3 for parameter 'metrics[0]' supplied:"],
    [{ params: [{ value: 'a' }] }, "Missing value for required parameter 'params[0].key'."],
    [{ params: [{ key: 'a', value: 1 }] }, "Invalid value 1 for parameter 'params[0].value' supplied:"],
    [{ tags: [{ key: [] }] }, "Invalid value [] for parameter 'tags[0].key' supplied:"],
  ])('of %j is refused whole', async (batch, message) => {
    const { status, json } = await log({ tags: [{ key: 'written', value: 'no' }], ...batch });
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
    expect((await getRun()).data.tags ?? []).not.toContainEqual({ key: 'written', value: 'no' });
  });
});

describe('updating', () => {
  const update = (more: object) => server.post('runs/update', { run_id: runId, ...more });

  test('ends a run', async () => {
    const { json } = await update({ status: 'FINISHED', end_time: 99 });
    expect(json.run_info).toMatchObject({ run_id: runId, status: 'FINISHED', end_time: 99 });
  });

  test('takes the number of a status, and passes over names that it does not know', async () => {
    expect((await update({ status: 4 })).json.run_info.status).toBe('FAILED');
    expect((await update({ status: 'NOPE' })).json.run_info.status).toBe('FAILED');
    expect((await update({ status: 99 })).status).toBe(400);
  });

  test('renames a run, in its tag too', async () => {
    expect((await update({ run_name: 'new' })).json.run_info.run_name).toBe('new');
    expect((await getRun()).data.tags).toContainEqual({ key: 'mlflow.runName', value: 'new' });
  });
});

test('a run is deleted and restored, again and again', async () => {
  for (const stage of ['delete', 'delete', 'restore', 'restore']) {
    expect((await server.post(`runs/${stage}`, { run_id: runId })).status).toBe(200);
    expect((await getRun()).info.lifecycle_stage).toBe(stage === 'delete' ? 'deleted' : 'active');
  }
});

describe('searching', () => {
  test('filters, orders and pages', async () => {
    const ids = [runId];
    for (let n = 1; n < 4; n++) ids.push(await createRun(server, { start_time: n + 1 }));
    for (const [n, id] of ids.entries()) {
      await server.post('runs/log-metric', { run_id: id, key: 'loss', value: n, timestamp: 1 });
    }
    const body = { experiment_ids: ['0'], filter: 'metrics.loss > 0', order_by: ['metrics.loss ASC'], max_results: 2 };
    const first = (await server.post('runs/search', body)).json;
    const second = (await server.post('runs/search', { ...body, page_token: first.next_page_token })).json;
    const found = [...first.runs, ...second.runs].map((run: { info: { run_id: string } }) => run.info.run_id);
    expect(found).toEqual(ids.slice(1));
  });

  test('in no experiment finds nothing', async () => {
    expect((await server.post('runs/search', {})).json).toEqual({});
  });

  test('sees deleted runs when asked', async () => {
    await server.post('runs/delete', { run_id: runId });
    const search = (run_view_type?: unknown) => server.post('runs/search', { experiment_ids: ['0'], run_view_type });
    expect((await search()).json).toEqual({});
    expect((await search('DELETED_ONLY')).json.runs).toHaveLength(1);
    expect((await search(3)).json.runs).toHaveLength(1);
  });

  test.each([
    { experiment_ids: '0' },
    { experiment_ids: [5] },
    { max_results: 0 },
    { max_results: 50_001 },
    { max_results: 1.5 },
    { page_token: 'xxx' },
    { filter: 'bad bad' },
    { order_by: ['nonsense'] },
  ])('refuses %j', async (more) => {
    const { status, json } = await server.post('runs/search', { experiment_ids: ['0'], ...more });
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('inputs and outputs', () => {
  const dataset = { name: 'd', digest: 'x1', source_type: 'local', source: '{}', schema: '{"a":1}' };

  test('are part of the run', async () => {
    const { json } = await server.post('logged-models', { experiment_id: '0', name: 'model', source_run_id: runId });
    const model_id = json.model.info.model_id;
    await server.post('runs/log-inputs', {
      run_id: runId,
      datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] }],
      models: [{ model_id }],
    });
    await server.post('runs/outputs', { run_id: runId, models: [{ model_id, step: '3' }] });
    const run = await getRun();
    expect(run.inputs).toEqual({
      dataset_inputs: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'training' }] }],
      model_inputs: [{ model_id }],
    });
    expect(run.outputs).toEqual({ model_outputs: [{ model_id, step: 3 }] });
  });

  test.each([
    ['runs/log-inputs', { datasets: [{}] }, "'datasets[0].dataset'"],
    ['runs/log-inputs', { datasets: [{ dataset: { name: 'd' } }] }, "'datasets[0].dataset.digest'"],
    ['runs/log-inputs', { datasets: [{ dataset: 5 }] }, "'datasets[0].dataset'"],
    ['runs/log-inputs', { models: [{}] }, "'models[0].model_id'"],
    ['runs/outputs', {}, "'models'"],
    ['runs/log-model', {}, "'model_json'"],
    ['runs/log-model', { model_json: '{' }, 'is not a valid JSON'],
    ['runs/log-model', { model_json: '{}' }, 'Model json is missing mandatory fields'],
  ])('%s with %j is refused', async (path, body, message) => {
    const { status, json } = await server.post(path, { run_id: runId, ...body });
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
  });

  test('of MLflow 2 are a tag', async () => {
    const model = { artifact_path: 'model', flavors: {}, utc_time_created: 'now', run_id: runId };
    await server.post('runs/log-model', { run_id: runId, model_json: JSON.stringify(model) });
    const tags = (await getRun()).data.tags as { key: string; value: string }[];
    const history = tags.find(({ key }) => key === 'mlflow.log-model.history')?.value ?? '';
    expect(JSON.parse(history)).toMatchObject([{ artifact_path: 'model', run_id: runId }]);
  });
});

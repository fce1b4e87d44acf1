import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
let id: string;
beforeEach(async () => {
  server = await openFileServer();
  const { json } = await server.post('logged-models', {
    experiment_id: '0',
    name: 'model',
    model_type: 'regressor',
    params: [{ key: 'a', value: '1' }],
    tags: [{ key: 't', value: 'x' }],
  });
  id = json.model.info.model_id;
});
afterEach(() => server[Symbol.asyncDispose]());

test('a model is answered in MLflow’s shape', async () => {
  const { json } = await server.get(`logged-models/${id}`);
  expect(json.model).toEqual({
    info: {
      model_id: expect.stringMatching(/^m-[0-9a-f]{32}$/),
      experiment_id: '0',
      name: 'model',
      creation_timestamp_ms: expect.any(Number),
      last_updated_timestamp_ms: expect.any(Number),
      artifact_uri: `mlflow-artifacts:/0/models/${id}/artifacts`,
      status: 'LOGGED_MODEL_PENDING',
      model_type: 'regressor',
      source_run_id: '',
      tags: [{ key: 't', value: 'x' }],
    },
    data: { params: [{ key: 'a', value: '1' }] },
  });
});

test('a model becomes ready, and not nonsense', async () => {
  const finalize = (status: unknown) => server.call('PATCH', `logged-models/${id}`, { model_id: id, status });
  expect((await finalize('NOPE')).status).toBe(400);
  expect((await finalize('LOGGED_MODEL_PENDING')).status).toBe(400);
  expect((await finalize('LOGGED_MODEL_READY')).json.model.info.status).toBe('LOGGED_MODEL_READY');
  expect((await finalize(3)).json.model.info.status).toBe('LOGGED_MODEL_UPLOAD_FAILED');
});

test('tags come and go, also those whose keys have slashes', async () => {
  const tags = [
    { key: 'a/b c', value: '1' },
    { key: 'u', value: '2' },
  ];
  await server.call('PATCH', `logged-models/${id}/tags`, { tags });
  expect((await server.get(`logged-models/${id}`)).json.model.info.tags).toHaveLength(3);
  for (const key of ['a/b%20c', 'u', 't']) {
    expect((await server.call('DELETE', `logged-models/${id}/tags/${key}`)).status).toBe(200);
  }
  expect((await server.get(`logged-models/${id}`)).json.model.info.tags).toBeUndefined();
  const { status, json } = await server.call('DELETE', `logged-models/${id}/tags/zz`);
  expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  expect((await server.call('DELETE', `logged-models/${id}/tags/%2e%2e%2fx`)).status).toBe(400);
});

test('params are added', async () => {
  await server.post(`logged-models/${id}/params`, { params: [{ key: 'b', value: '2' }] });
  expect((await server.get(`logged-models/${id}`)).json.model.data.params).toHaveLength(2);
});

test('a deleted model is gone unless it is asked for', async () => {
  expect((await server.call('DELETE', `logged-models/${id}`)).json).toEqual({});
  const { status, json } = await server.get(`logged-models/${id}`);
  expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  const { json: deleted } = await server.get(`logged-models/${id}?allow_deleted=true`);
  expect(deleted.model.info.lifecycle_stage).toBe('deleted');
});

test('models are searched', async () => {
  const search = (more: object) => server.post('logged-models/search', { experiment_ids: ['0'], ...more });
  expect((await search({})).json.models).toHaveLength(1);
  expect((await search({ filter: "name = 'other'" })).json).toEqual({});
  expect((await search({ order_by: [{ field_name: 'creation_timestamp', ascending: false }] })).status).toBe(200);
  expect((await search({ experiment_ids: [] })).json).toEqual({});
  expect((await search({ experiment_ids: undefined })).json.message).toContain("'experiment_ids'");
  expect((await search({ order_by: ['name'] })).status).toBe(400);
  expect((await search({ datasets: [{}] })).json.message).toContain("'datasets[0].dataset_name'");
});

test('a metric of a model says which run measured it', async () => {
  const runId = await createRun(server);
  await server.post('runs/log-metric', { run_id: runId, key: 'r2', value: 0.5, timestamp: 1, model_id: id });
  expect((await server.get(`logged-models/${id}`)).json.model.data.metrics).toMatchObject([
    { key: 'r2', value: 0.5, run_id: runId },
  ]);
});

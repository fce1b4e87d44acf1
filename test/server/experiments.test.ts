import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
});
afterEach(() => server[Symbol.asyncDispose]());

const create = async (body: object) => (await server.post('experiments/create', body)).json.experiment_id as string;

test('an experiment is created, found and answered in MLflow’s shape', async () => {
  const id = await create({ name: 'a', tags: [{ key: 'team', value: 'blue' }, { key: 'empty' }] });
  const { json } = await server.get(`experiments/get?experiment_id=${id}`);
  expect(json).toEqual({
    experiment: {
      experiment_id: id,
      name: 'a',
      artifact_location: `mlflow-artifacts:/${id}`,
      lifecycle_stage: 'active',
      creation_time: expect.any(Number),
      last_update_time: expect.any(Number),
      tags: expect.arrayContaining([
        { key: 'team', value: 'blue' },
        { key: 'empty', value: '' },
      ]),
    },
  });
  expect((await server.get('experiments/get-by-name?experiment_name=a')).json).toEqual(json);
});

test('an id keeps its 18 digits', async () => {
  expect(await create({ name: 'long' })).toMatch(/^\d{18}$/);
});

test.each([
  [{ name: 5 }, "Invalid value 5 for parameter 'name' supplied:  Hint: Value was of type 'int'."],
  [{ name: '' }, "Missing value for required parameter 'name'."],
  [{ name: 'a', tags: 5 }, "Invalid value 5 for parameter 'tags' supplied:"],
  [{ name: 'a', tags: [5] }, "Invalid value 5 for parameter 'tags[0]' supplied:"],
  [{ name: 'a', tags: [{ value: 'x' }] }, "Missing value for required parameter 'tags[0].key'."],
  [{ name: 'a', artifact_location: 5 }, "Invalid value 5 for parameter 'artifact_location' supplied:"],
])('creating %j is refused with MLflow’s words', async (body, message) => {
  const { status, json } = await server.post('experiments/create', body);
  expect(status).toBe(400);
  expect(json.error_code).toBe('INVALID_PARAMETER_VALUE');
  expect(json.message).toContain(message);
});

test('a name is taken once', async () => {
  await create({ name: 'a' });
  const { status, json } = await server.post('experiments/create', { name: 'a' });
  expect([status, json.error_code]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
});

test('what is unknown is 404', async () => {
  for (const path of ['experiments/get?experiment_id=77', 'experiments/get-by-name?experiment_name=zzz']) {
    const { status, json } = await server.get(path);
    expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  }
  expect((await server.get('experiments/get-by-name?experiment_name=zzz')).json.message).toBe(
    "Could not find experiment with name 'zzz'",
  );
});

test('deleting, restoring and renaming', async () => {
  const id = await create({ name: 'a' });
  expect((await server.post('experiments/delete', { experiment_id: id })).json).toEqual({});
  expect((await server.get(`experiments/get?experiment_id=${id}`)).json.experiment.lifecycle_stage).toBe('deleted');
  expect((await server.post('experiments/restore', { experiment_id: id })).json).toEqual({});
  expect((await server.post('experiments/update', { experiment_id: id, new_name: 'b' })).json).toEqual({});
  expect((await server.get('experiments/get-by-name?experiment_name=b')).json.experiment.experiment_id).toBe(id);
});

test('tags are set and deleted', async () => {
  const id = await create({ name: 'a' });
  await server.post('experiments/set-experiment-tag', { experiment_id: id, key: 'k', value: 'v' });
  expect((await server.get(`experiments/get?experiment_id=${id}`)).json.experiment.tags).toEqual([
    { key: 'k', value: 'v' },
  ]);
  await server.post('experiments/delete-experiment-tag', { experiment_id: id, key: 'k' });
  const { status } = await server.post('experiments/delete-experiment-tag', { experiment_id: id, key: 'k' });
  expect(status).toBe(404);
});

describe('searching', () => {
  beforeEach(async () => {
    for (const name of ['a', 'b', 'c']) await create({ name });
    const { json } = await server.get('experiments/get-by-name?experiment_name=b');
    await server.post('experiments/delete', { experiment_id: json.experiment.experiment_id });
  });

  const names = (json: { experiments?: { name: string }[] }) => json.experiments?.map(({ name }) => name);

  test('works by GET and POST', async () => {
    const filter = "name != 'Default'";
    const body = { max_results: 10, filter, order_by: ['name ASC'] };
    expect(names((await server.post('experiments/search', body)).json)).toEqual(['a', 'c']);
    const query = new URLSearchParams({ max_results: '10', filter, order_by: 'name DESC' });
    expect(names((await server.get(`experiments/search?${query}`)).json)).toEqual(['c', 'a']);
  });

  test('has a view, by name or number', async () => {
    const search = (view_type: unknown) => server.post('experiments/search', { max_results: 10, view_type });
    expect(names((await search('DELETED_ONLY')).json)).toEqual(['b']);
    expect(names((await search(2)).json)).toEqual(['b']);
    expect(names((await search(3)).json)).toHaveLength(4);
    expect(names((await search('ALL')).json)).toHaveLength(4);
  });

  test('goes on where a page ended', async () => {
    const first = await server.post('experiments/search', { max_results: 2, order_by: ['name'] });
    const token = first.json.next_page_token;
    const second = await server.post('experiments/search', { max_results: 2, order_by: ['name'], page_token: token });
    expect([...(names(first.json) ?? []), ...(names(second.json) ?? [])]).toEqual(['Default', 'a', 'c']);
    expect(second.json.next_page_token).toBeUndefined();
  });

  test('finds nothing without a list', async () => {
    expect((await server.post('experiments/search', { max_results: 5, filter: "name = 'x'" })).json).toEqual({});
  });

  test.each([
    { max_results: 'x' },
    { max_results: 50_001 },
    { max_results: -1 },
    { max_results: 0 },
    { max_results: 1, filter: 5 },
    { max_results: 1, filter: 'bad bad' },
    { max_results: 1, order_by: 'name' },
    { max_results: 1, order_by: ['nonsense nonsense'] },
    { max_results: 1, page_token: 'xxx' },
  ])('refuses %j', async (body) => {
    const { status, json } = await server.post('experiments/search', body);
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

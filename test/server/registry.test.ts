import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileServer, openFileServer } from './fileServer.ts';

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
  await server.post('registered-models/create', { name: 'M', description: 'first', tags: [{ key: 'a', value: 'b' }] });
  await server.post('model-versions/create', { name: 'M', source: 's3://bucket/x', tags: [{ key: 'k', value: 'v' }] });
});
afterEach(() => server[Symbol.asyncDispose]());

const model = async (name = 'M') => (await server.get(`registered-models/get?name=${name}`)).json.registered_model;
const version = async (number = '1') =>
  (await server.get(`model-versions/get?name=M&version=${number}`)).json.model_version;

test('models and versions have MLflow’s shape', async () => {
  const first = {
    name: 'M',
    version: '1',
    creation_timestamp: expect.any(Number),
    last_updated_timestamp: expect.any(Number),
    current_stage: 'None',
    description: '',
    source: 's3://bucket/x',
    run_id: '',
    run_link: '',
    status: 'READY',
    tags: [{ key: 'k', value: 'v' }],
  };
  expect(await version()).toEqual(first);
  expect(await model()).toEqual({
    name: 'M',
    creation_timestamp: expect.any(Number),
    last_updated_timestamp: expect.any(Number),
    description: 'first',
    latest_versions: [first],
    tags: [{ key: 'a', value: 'b' }],
  });
});

test('a name is taken once', async () => {
  const { status, json } = await server.post('registered-models/create', { name: 'M' });
  expect([status, json.error_code]).toEqual([400, 'RESOURCE_ALREADY_EXISTS']);
  expect(json.message).toBe('Registered Model (name=M) already exists.');
});

test('what is unknown is 404', async () => {
  for (const path of ['registered-models/get?name=N', 'model-versions/get?name=M&version=9']) {
    const { status, json } = await server.get(path);
    expect([status, json.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
  }
});

test.each([
  ['GET', 'model-versions/get?name=M&version=x', undefined, "Parameter 'version' must be an integer, got 'x'."],
  ['GET', 'registered-models/search?max_results=x', undefined, "for parameter 'max_results' supplied:"],
  ['GET', 'registered-models/search?max_results=1001', undefined, 'max_results'],
  ['GET', 'registered-models/search?filter=bad+bad', undefined, ''],
  ['GET', 'registered-models/alias?name=M&alias=x', undefined, 'Registered model alias x not found.'],
  ['POST', 'registered-models/create', { name: 'a/b' }, ''],
  ['POST', 'registered-models/create', { name: '' }, "Missing value for required parameter 'name'."],
  ['POST', 'registered-models/alias', { name: 'M', alias: 'c', version: 1 }, "Value was of type 'int'."],
  ['POST', 'registered-models/alias', { name: 'M', alias: 'latest', version: '1' }, 'reserved'],
  ['POST', 'registered-models/alias', { name: 'M', alias: 'v1', version: '1' }, 'reserved'],
  [
    'POST',
    'registered-models/get-latest-versions',
    { name: 'M', stages: ['Nope'] },
    'Invalid Model Version stage: Nope.',
  ],
  ['POST', 'model-versions/create', { name: 'M' }, "Missing value for required parameter 'source'."],
  ['POST', 'model-versions/create', { name: 'M', source: '/etc/passwd' }, 'Invalid model version source'],
  ['POST', 'model-versions/create', { name: 'M', source: 'file:///etc/passwd' }, 'Invalid model version source'],
  ['POST', 'model-versions/create', { name: 'M', source: 's3://a/%2e%2e/b' }, 'Invalid model version source'],
  [
    'POST',
    'model-versions/transition-stage',
    { name: 'M', version: '1', stage: 'nope' },
    'Value must be one of None, Staging',
  ],
  [
    'POST',
    'model-versions/transition-stage',
    { name: 'M', version: '1', stage: 'Staging', archive_existing_versions: 'yes' },
    'Invalid value "yes" for parameter \'archive_existing_versions\' supplied:',
  ],
])('%s %s with %j is refused with 400', async (method, path, body, message) => {
  const { status, json } = await server.call(method, path, body);
  expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect(json.message).toContain(message);
});

describe('a model', () => {
  test('is described, tagged and renamed', async () => {
    const updated = await server.call('PATCH', 'registered-models/update', { name: 'M', description: 'second' });
    expect(updated.json.registered_model.description).toBe('second');
    await server.post('registered-models/set-tag', { name: 'M', key: 'c', value: 'd' });
    await server.call('DELETE', 'registered-models/delete-tag', { name: 'M', key: 'a' });
    await server.call('DELETE', 'registered-models/delete-tag', { name: 'M', key: 'never there' });
    const { json } = await server.post('registered-models/rename', { name: 'M', new_name: 'N' });
    expect(json.registered_model.name).toBe('N');
    expect((await model('N')).tags).toEqual([{ key: 'c', value: 'd' }]);
    expect((await server.get('registered-models/get?name=M')).status).toBe(404);
  });

  test('is deleted by a request with a body', async () => {
    expect((await server.call('DELETE', 'registered-models/delete', { name: 'M' })).json).toEqual({});
    expect((await server.get('registered-models/get?name=M')).status).toBe(404);
  });

  test('is searched', async () => {
    const { json } = await server.get(`registered-models/search?filter=${encodeURIComponent("name LIKE 'M%'")}`);
    expect(json.registered_models).toHaveLength(1);
    const none = await server.get(`registered-models/search?filter=${encodeURIComponent("name = 'x'")}`);
    expect(none.json).toEqual({});
  });
});

test('a prompt has a source that names nothing, and none of this machine', async () => {
  const tags = [
    { key: 'mlflow.prompt.is_prompt', value: 'true' },
    { key: 'mlflow.prompt.text', value: 'hi {{x}}' },
  ];
  const create = (source: string) => server.post('model-versions/create', { name: 'P', source, tags });
  await server.post('registered-models/create', { name: 'P', tags });
  expect((await create('dummy-source')).json.model_version.tags).toEqual(expect.arrayContaining(tags));
  for (const source of ['/etc/passwd', 'file:///etc/passwd', 'FILE:/etc', 'C:\\x', '\\\\host\\share']) {
    expect((await create(source)).json.message).toContain('Invalid prompt source');
  }
});

describe('an alias', () => {
  test('moves, is found and is deleted', async () => {
    await server.post('model-versions/create', { name: 'M', source: 's3://bucket/y' });
    for (const number of ['1', '2']) {
      await server.post('registered-models/alias', { name: 'M', alias: 'champion', version: number });
    }
    const { json } = await server.get('registered-models/alias?name=M&alias=champion');
    expect(json.model_version).toMatchObject({ version: '2', aliases: ['champion'] });
    expect((await model()).aliases).toEqual([{ alias: 'champion', version: '2' }]);
    await server.call('DELETE', 'registered-models/alias', { name: 'M', alias: 'champion' });
    await server.call('DELETE', 'registered-models/alias', { name: 'M', alias: 'champion' });
    expect((await model()).aliases).toBeUndefined();
  });
});

describe('a version', () => {
  test('passes through stages, in any case of letters', async () => {
    const { json } = await server.post('model-versions/transition-stage', {
      name: 'M',
      version: '1',
      stage: 'staging',
    });
    expect(json.model_version.current_stage).toBe('Staging');
    const latest = await server.get('registered-models/get-latest-versions?name=M&stages=Staging&stages=Production');
    expect(latest.json.model_versions).toHaveLength(1);
    const all = await server.post('registered-models/get-latest-versions', { name: 'M' });
    expect(all.json.model_versions).toHaveLength(1);
    const none = await server.post('registered-models/get-latest-versions', { name: 'M', stages: ['None'] });
    expect(none.json).toEqual({});
  });

  test('is described, tagged, searched and deleted', async () => {
    const key = { name: 'M', version: '1' };
    await server.call('PATCH', 'model-versions/update', { ...key, description: 'd' });
    await server.post('model-versions/set-tag', { ...key, key: 'x', value: 'y' });
    await server.call('DELETE', 'model-versions/delete-tag', { ...key, key: 'k' });
    expect(await version()).toMatchObject({ description: 'd', tags: [{ key: 'x', value: 'y' }] });
    const search = `model-versions/search?max_results=10000&filter=${encodeURIComponent("name='M'")}`;
    expect((await server.get(search)).json.model_versions).toHaveLength(1);
    await server.call('DELETE', 'model-versions/delete', key);
    expect((await server.get(search)).json).toEqual({});
  });

  test('says where its files are', async () => {
    const { json } = await server.get('model-versions/get-download-uri?name=M&version=1');
    expect(json).toEqual({ artifact_uri: 's3://bucket/x' });
  });
});

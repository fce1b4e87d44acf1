import { Script, type Step } from './step.ts';

/** Registered models and their versions. */
export function registryScript(): readonly Step[] {
  const s = new Script();
  s.post('experiments/create', { name: 'of the models' }, { capture: { mexp: 'experiment_id' } });
  s.post(
    'runs/create',
    { experiment_id: '$mexp', run_name: 'maker', start_time: 1 },
    { capture: { maker: 'run.info.run_id', home: 'run.info.artifact_uri' } },
  );
  models(s);
  versions(s);
  aliases(s);
  stages(s);
  searching(s);
  changes(s);
  return s.steps;
}

function models(s: Script): void {
  s.post('registered-models/create', { name: 'alpha', description: 'first', tags: [{ key: 'k', value: 'v' }] });
  s.post('registered-models/create', { name: 'alpha' });
  s.post('registered-models/create', { name: 'beta gamma' });
  s.post('registered-models/create', {});
  s.post('registered-models/create', { name: '' });
  s.post('registered-models/create', { name: '  ' }, { since: 3 });
  s.post('registered-models/create', { name: 'a/b' });
  s.post('registered-models/create', { name: 'a:b' }, { since: 3 });
  s.post('registered-models/create', { name: 5 });
  s.post('registered-models/create', { name: '..' });
  s.post('registered-models/create', { name: 'bad tag', tags: [{ key: 'x'.repeat(251), value: '' }] });
  s.get('registered-models/get?name=alpha');
  s.get('registered-models/get?name=nope');
  s.get('registered-models/get');
  s.call('PATCH', 'registered-models/update', { name: 'alpha', description: 'changed' });
  s.call('PATCH', 'registered-models/update', { name: 'nope', description: 'x' });
  s.call('PATCH', 'registered-models/update', { description: 'x' });
  s.post('registered-models/set-tag', { name: 'alpha', key: 'owner', value: 'me' });
  s.post('registered-models/set-tag', { name: 'alpha', key: 'owner' });
  s.post('registered-models/set-tag', { name: 'nope', key: 'owner', value: 'me' });
  s.post('registered-models/set-tag', { name: 'alpha', value: 'me' });
  s.call('DELETE', 'registered-models/delete-tag', { name: 'alpha', key: 'owner' });
  s.call('DELETE', 'registered-models/delete-tag', { name: 'alpha', key: 'owner' });
  s.call('DELETE', 'registered-models/delete-tag', { name: 'nope', key: 'owner' });
  s.get('registered-models/get?name=alpha');
}

function versions(s: Script): void {
  const create = (body: object) => s.post('model-versions/create', { name: 'alpha', ...body });
  create({ source: '$home/model', run_id: '$maker', description: 'one', tags: [{ key: 'a', value: 'b' }] });
  create({ source: 's3://bucket/model', run_link: 'http://x/y' });
  create({ source: 'models:/alpha/1', run_id: '$maker' });
  create({});
  create({ name: undefined, source: 's3://b/m' });
  create({ name: 'nope', source: 's3://b/m' });
  create({ source: '' });
  create({ source: '/etc' });
  create({ source: 'file:///etc' });
  create({ source: '/etc', run_id: '$maker' });
  create({ source: 's3://bucket/../x' });
  create({ source: 's3://bucket/%2e%2e/x' });
  create({ source: 'http://host/../etc' });
  create({ source: 'mlflow-artifacts:/../etc' });
  create({ source: 'models:/alpha/99' });
  create({ source: 'models:/nope/1' });
  create({ source: 's3://b/m', run_id: 'nope' });
  s.get('model-versions/get?name=alpha&version=1');
  s.get('model-versions/get?name=alpha&version=3');
  s.get('model-versions/get?name=alpha&version=99');
  s.get('model-versions/get?name=alpha&version=x');
  s.get('model-versions/get?name=nope&version=1');
  s.get('model-versions/get?name=alpha');
  s.get('model-versions/get?version=1');
  s.call('PATCH', 'model-versions/update', { name: 'alpha', version: '1', description: 'changed' });
  s.call('PATCH', 'model-versions/update', { name: 'alpha', version: 1, description: 'number' });
  s.call('PATCH', 'model-versions/update', { name: 'alpha', version: '99', description: 'x' });
  s.call('PATCH', 'model-versions/update', { name: 'alpha', description: 'x' });
  s.post('model-versions/set-tag', { name: 'alpha', version: '1', key: 'checked', value: 'yes' });
  s.post('model-versions/set-tag', { name: 'alpha', version: '99', key: 'checked', value: 'yes' });
  s.post('model-versions/set-tag', { name: 'alpha', version: '1', value: 'yes' });
  s.call('DELETE', 'model-versions/delete-tag', { name: 'alpha', version: '1', key: 'a' });
  s.call('DELETE', 'model-versions/delete-tag', { name: 'alpha', version: '1', key: 'a' });
  s.get('model-versions/get-download-uri?name=alpha&version=1');
  s.get('model-versions/get-download-uri?name=alpha&version=2');
  s.get('model-versions/get-download-uri?name=alpha&version=3');
  s.get('model-versions/get-download-uri?name=alpha&version=99');
  s.get('registered-models/get?name=alpha');
}

function aliases(s: Script): void {
  const alias = (method: string, body: object) => s.call(method, 'registered-models/alias', { name: 'alpha', ...body });
  alias('POST', { alias: 'champion', version: '1' });
  alias('POST', { alias: 'Champion-2_x', version: '2' });
  alias('POST', { alias: 'champion', version: '2' });
  alias('POST', { alias: 'latest', version: '1' });
  alias('POST', { alias: 'LATEST', version: '1' });
  alias('POST', { alias: 'v1', version: '1' });
  alias('POST', { alias: 'a b', version: '1' });
  alias('POST', { alias: '', version: '1' });
  alias('POST', { alias: 'x'.repeat(256), version: '1' });
  alias('POST', { alias: 'late', version: '99' });
  alias('POST', { alias: 'late' });
  alias('POST', { name: 'nope', alias: 'a', version: '1' });
  s.get('registered-models/alias?name=alpha&alias=champion');
  s.get('registered-models/alias?name=alpha&alias=nope');
  s.get('registered-models/alias?name=nope&alias=champion');
  s.get('registered-models/alias?name=alpha');
  s.get('registered-models/get?name=alpha');
  s.get('model-versions/get?name=alpha&version=2');
  alias('DELETE', { alias: 'Champion-2_x' });
  alias('DELETE', { alias: 'Champion-2_x' });
  alias('DELETE', { name: 'nope', alias: 'a' });
}

function stages(s: Script): void {
  const move = (body: object) =>
    s.post('model-versions/transition-stage', {
      name: 'alpha',
      version: '1',
      stage: 'Staging',
      archive_existing_versions: false,
      ...body,
    });
  move({});
  move({ version: '2', stage: 'staging' });
  move({ version: '3', stage: 'Staging', archive_existing_versions: true });
  move({ version: '1', stage: 'Production', archive_existing_versions: true });
  move({ version: '2', stage: 'None', archive_existing_versions: true });
  move({ stage: 'nope' });
  move({ stage: undefined });
  move({ version: '99' });
  move({ name: 'nope' });
  s.get('model-versions/get?name=alpha&version=2');
  s.post('registered-models/get-latest-versions', { name: 'alpha' });
  s.post('registered-models/get-latest-versions', { name: 'alpha', stages: ['Production'] });
  s.post('registered-models/get-latest-versions', { name: 'alpha', stages: ['production', 'staging'] });
  s.post('registered-models/get-latest-versions', { name: 'alpha', stages: ['nope'] });
  s.post('registered-models/get-latest-versions', { name: 'nope' });
  s.post('registered-models/get-latest-versions', {});
  s.get('registered-models/get-latest-versions?name=alpha&stages=Staging&stages=Archived');
  s.get('registered-models/get?name=alpha');
}

function searching(s: Script): void {
  const query = (parts: Record<string, string>) => new URLSearchParams(parts).toString();
  const models = (parts: Record<string, string>) => s.get(`registered-models/search?${query(parts)}`);
  models({});
  models({ filter: "name = 'alpha'" });
  models({ filter: "name ILIKE 'BET%'" });
  models({ filter: "tags.k = 'v'" });
  models({ filter: "nope = 'v'" });
  models({ filter: 'name = alpha' });
  models({ order_by: 'name DESC' });
  models({ order_by: 'nope' });
  models({ max_results: '1' });
  models({ max_results: '1', page_token: 'eyJvZmZzZXQiOiAxfQ==' });
  models({ max_results: '1001' });
  models({ max_results: '0' });
  const versions = (parts: Record<string, string>) => s.get(`model-versions/search?${query(parts)}`);
  versions({});
  versions({ filter: "name = 'alpha'" });
  versions({ filter: "run_id = '$maker'" });
  versions({ filter: "name = 'alpha' AND version_number > 1" });
  versions({ filter: "source_path = 's3://bucket/model'" });
  versions({ filter: "tags.checked = 'yes'" });
  versions({ filter: "run_id IN ('a', 'b')" });
  versions({ filter: "nope = 'v'" });
  versions({ filter: 'version_number = a' });
  versions({ order_by: 'version_number ASC', max_results: '2' });
  versions({ order_by: 'nope' });
  versions({ max_results: '200001' });
}

function changes(s: Script): void {
  s.call('DELETE', 'model-versions/delete', { name: 'alpha', version: '2' });
  s.call('DELETE', 'model-versions/delete', { name: 'alpha', version: '2' });
  s.call('DELETE', 'model-versions/delete', { name: 'alpha' });
  s.get('model-versions/get?name=alpha&version=2');
  s.get('registered-models/get?name=alpha');
  s.post('model-versions/create', { name: 'alpha', source: 's3://b/4' });
  s.post('registered-models/create', { name: 'plain' });
  s.post('model-versions/create', { name: 'plain', source: 's3://b/plain' });
  s.post('registered-models/rename', { name: 'plain', new_name: 'renamed' });
  s.post('registered-models/rename', { name: 'renamed', new_name: 'alpha' });
  s.post('registered-models/rename', { name: 'renamed' });
  s.post('registered-models/rename', { name: 'nope', new_name: 'x' });
  s.post('registered-models/rename', { name: 'renamed', new_name: 'a/b' });
  s.get('registered-models/get?name=renamed');
  s.get('registered-models/get?name=plain');
  s.get('model-versions/get?name=renamed&version=1');
  s.call('DELETE', 'registered-models/delete', { name: 'beta gamma' });
  s.call('DELETE', 'registered-models/delete', { name: 'beta gamma' });
  s.call('DELETE', 'registered-models/delete', {});
  // A prompt is a registered model that searches hide.
  s.post('registered-models/create', { name: 'prompt', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] });
  s.post('model-versions/create', {
    name: 'prompt',
    source: 'dummy-source',
    tags: [
      { key: 'mlflow.prompt.is_prompt', value: 'true' },
      { key: 'mlflow.prompt.text', value: 'Hi {{x}}' },
    ],
  });
  s.post(
    'model-versions/create',
    {
      name: 'prompt',
      source: 'file:///etc',
      tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }],
    },
    { since: 3 },
  );
  s.get('registered-models/search');
  s.get(`registered-models/search?filter=${encodeURIComponent("tags.`mlflow.prompt.is_prompt` = 'true'")}`);
  s.get(`model-versions/search?filter=${encodeURIComponent("name = 'prompt'")}`);
}

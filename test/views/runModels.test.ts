import { describe, expect, test } from 'vitest';
import { artifactFolderSource } from '../../src/views/modelSource.ts';
import { loggedModelIds, recordedModels } from '../../src/views/runModels.ts';
import { run } from './sampleRun.ts';

const HISTORY = 'mlflow.log-model.history';

function withHistory(...entries: unknown[]) {
  return run({ tags: { [HISTORY]: JSON.stringify(entries) } });
}

describe('models that a 2.x client recorded', () => {
  test('are told by their path and flavors', () => {
    const flavors = { python_function: {}, sklearn: {} };
    expect(recordedModels(withHistory({ artifact_path: 'model', flavors, model_uuid: 'ab' }))).toEqual([
      { path: 'model', flavors: ['sklearn'], modelUuid: 'ab' },
    ]);
  });

  test('a path that was logged twice is one model, the newest', () => {
    const models = recordedModels(
      withHistory({ artifact_path: 'model', model_uuid: 'old' }, { artifact_path: 'model', model_uuid: 'new' }),
    );
    expect(models.map(({ modelUuid }) => modelUuid)).toEqual(['new']);
  });

  test('are not the logged models of MLflow 3', () => {
    const modelId = 'm-1943463f0cc54c3e8f3cf2b76849d223';
    const history = JSON.stringify([{ artifact_path: 'model', model_uuid: modelId }]);
    const both = run({ tags: { [HISTORY]: history }, modelOutputs: [{ modelId, step: 0 }] });
    expect(recordedModels(both)).toEqual([]);
    expect(loggedModelIds(both)).toEqual([modelId]);
  });

  test.each(['{', '"text"', '[1, null, {"artifact_path": 5}]', '{"artifact_path": "model"}'])(
    'a tag that holds %s hides nothing but itself',
    (text) => {
      expect(recordedModels(run({ tags: { [HISTORY]: text } }))).toEqual([]);
    },
  );
});

test('a logged model that a run names twice counts once', () => {
  const output = { modelId: 'm-1', step: 0 };
  expect(loggedModelIds(run({ modelOutputs: [output, { ...output, step: 5 }] }))).toEqual(['m-1']);
});

test('a model folder is registered by its absolute URI', () => {
  const source = artifactFolderSource(run({ info: { artifactUri: 'file:///s/1/a/artifacts/' } }), 'out/model');
  expect(source).toMatchObject({ title: 'model', source: 'file:///s/1/a/artifacts/out/model' });
});

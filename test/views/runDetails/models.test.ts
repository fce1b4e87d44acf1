import { describe, expect, test } from 'vitest';
import type { LoggedModel } from '../../../src/entities/loggedModel.ts';
import type { ModelVersion } from '../../../src/entities/registeredModel.ts';
import { parseModelFile } from '../../../src/views/runDetails/modelFile.ts';
import { loggedModelRow, recordedModelRow } from '../../../src/views/runDetails/models.ts';
import { NOON } from '../sampleRun.ts';

const MLMODEL = `artifact_path: model
flavors:
  python_function:
    env: {conda: conda.yaml, virtualenv: python_env.yaml}
  sklearn:
    sklearn_version: 1.5.0
model_size_bytes: 1234567
signature:
  inputs: '[{"type": "double"}]'
`;
const files = ['MLmodel', 'conda.yaml', 'model.pkl', 'python_env.yaml', 'requirements.txt'].map((name) => ({
  path: `model/${name}`,
  isDir: false,
  fileSize: 1,
}));
const version = (parts: Partial<ModelVersion>) =>
  ({ name: 'Wine', version: '3', source: '', ...parts }) as ModelVersion;

const model: LoggedModel = {
  modelId: 'm-1',
  experimentId: '1',
  name: 'model',
  creationTimestamp: NOON,
  lastUpdatedTimestamp: NOON,
  artifactUri: '/a',
  status: 'LOGGED_MODEL_READY',
  statusMessage: undefined,
  modelType: 'regressor',
  sourceRunId: 'r',
  lifecycleStage: 'active',
  tags: new Map(),
  params: new Map(),
  metrics: [],
};

describe('an MLmodel file', () => {
  test('tells flavors, size and the files of the environment beside it', () => {
    expect(parseModelFile(MLMODEL, files)).toEqual({
      flavors: ['sklearn'],
      sizeBytes: 1234567,
      environment: ['conda.yaml', 'python_env.yaml', 'requirements.txt'],
    });
  });

  test('of python_function alone has that flavor', () => {
    expect(parseModelFile('flavors:\n  python_function: {}\n', [])?.flavors).toEqual(['python_function']);
  });

  test.each(['', 'just text', 'flavors: 3', 'a: [', '- 1', 'flavors: &a\n  x: *a\n'])('is not %j', (text) => {
    expect(parseModelFile(text, [])).toBeUndefined();
  });
});

describe('a model of a run', () => {
  test('logged by MLflow 3 is known by its id, and tells its versions', () => {
    const row = loggedModelRow(model, parseModelFile(MLMODEL, files), [
      version({ source: 'models:/m-1' }),
      version({ modelId: 'm-1', version: '4' }),
      version({ source: 'models:/m-2', version: '5' }),
    ]);
    expect(row).toMatchObject({
      key: { modelId: 'm-1' },
      flavors: ['sklearn'],
      size: '1.2 MB',
      registered: ['Wine v3', 'Wine v4'],
      canRegister: true,
      note: undefined,
    });
  });

  test('that failed to upload says so, and cannot be registered', () => {
    const row = loggedModelRow({ ...model, status: 'LOGGED_MODEL_UPLOAD_FAILED' }, undefined, []);
    expect(row).toMatchObject({ note: 'upload failed', canRegister: false, flavors: ['regressor'], size: undefined });
  });

  test('recorded by MLflow 2 is known by its folder', () => {
    const recorded = { path: 'deep/model', flavors: ['sklearn'], modelUuid: undefined };
    const row = recordedModelRow(recorded, undefined, [version({ source: 'file:///a/deep/model' })], 'file:///a/');
    expect(row).toMatchObject({ key: { path: 'deep/model' }, name: 'model', registered: ['Wine v3'] });
  });
});

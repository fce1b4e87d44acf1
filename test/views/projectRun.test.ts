import { describe, expect, test } from 'vitest';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { quotePosix } from '../../src/runner/command/shellQuote.ts';
import { unquote } from '../../src/runner/command/shellWords.ts';
import { expandValues } from '../../src/runner/sweepValues.ts';
import { entryPointFilter } from '../../src/views/entryPointFilter.ts';
import { inputOfRun, projectSource } from '../../src/views/projectRun.ts';
import { run } from './sampleRun.ts';

const PROJECT = { 'mlflow.source.type': 'PROJECT', 'mlflow.source.name': '/wine' };

function entryPoint() {
  const [main] = parseProject(
    'entry_points:\n  main:\n    parameters: {alpha: {type: float, default: 0.5}, note: string, seed: {type: int, default: 1}}\n    command: "x"\n',
  ).project.entryPoints;
  if (!main) throw new Error('the project has an entry point');
  return main;
}

function inputOf(params: Readonly<Record<string, string>>, tags: Readonly<Record<string, string>>) {
  const source = run({ params, tags: { ...PROJECT, ...tags } });
  return inputOfRun(entryPoint(), source, 'wine', (text) => unquote(text, false), expandValues);
}

describe('where a run comes from', () => {
  test('is its project and entry point', () => {
    const source = projectSource(run({ tags: { ...PROJECT, 'mlflow.project.entryPoint': 'main' } }));
    expect(source).toEqual({ name: '/wine', entryPoint: 'main', isSweep: false });
  });

  test('is known of the parent of a sweep, too', () => {
    const source = projectSource(run({ tags: { ...PROJECT, 'mlflow_workbench.sweep.entryPoint': 'main' } }));
    expect(source).toEqual({ name: '/wine', entryPoint: 'main', isSweep: true });
  });

  test.each([
    [{}],
    [{ 'mlflow.source.type': 'LOCAL', 'mlflow.source.name': '/train.py' }],
    [PROJECT],
    [{ 'mlflow.source.type': 'PROJECT', 'mlflow.project.entryPoint': 'main' }],
  ])('is no project for %j', (tags) => {
    expect(projectSource(run({ tags }))).toBeUndefined();
  });
});

describe('the same run again', () => {
  test('has its declared parameters without quotes, and no others', () => {
    const params = { alpha: '0.3', note: quotePosix("it's"), epochs: '120' };
    expect(inputOf(params, { 'mlflow.project.entryPoint': 'main' })).toEqual({
      values: { alpha: '0.3', note: "it's", seed: '1' },
      swept: [],
      runName: '',
      experiment: 'wine',
      jobs: '1',
    });
  });

  test('of a sweep has what was written, and single values as they are', () => {
    const params = { alpha: quotePosix('0.1, 0.2'), note: quotePosix('"a, b"'), seed: quotePosix('1..3') };
    const input = inputOf(params, { 'mlflow_workbench.sweep.entryPoint': 'main' });
    expect(input.values).toEqual({ alpha: '0.1, 0.2', note: 'a, b', seed: '1..3' });
    expect(input.swept).toEqual(['alpha', 'seed']);
  });
});

test('the runs of an entry point are found by their tags', () => {
  expect(entryPointFilter("/it's", 'main')).toBe(
    `tags.mlflow.source.type = 'PROJECT' and tags.mlflow.project.entryPoint = 'main' and tags.mlflow.source.name = "/it's"`,
  );
});

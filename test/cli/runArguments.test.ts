import { describe, expect, test } from 'vitest';
import { readRunArguments } from '../../src/cli/runArguments.ts';

test('every option by the names of mlflow run', () => {
  const args = [
    ...['.', '-e', 'train', '-v', 'main', '-P', 'a=1', '-Pb=x=y', '--param-list', 'c=', '-A', 'gpus=all', '-A', 't'],
    ...['--experiment-name', 'wine', '--run-name', 'first', '--run-id', 'abc', '--env-manager', 'conda'],
    ...['--storage-dir', '/s', '--build-image', '-b', 'kubernetes', '-c', '{"a": 1}'],
  ];
  expect(readRunArguments(args)).toEqual({
    uri: '.',
    entryPoint: 'train',
    version: 'main',
    parameters: new Map([
      ['a', '1'],
      ['b', 'x=y'],
      ['c', ''],
    ]),
    dockerArgs: new Map<string, string | true>([
      ['gpus', 'all'],
      ['t', true],
    ]),
    experiment: { name: 'wine', id: undefined },
    runName: 'first',
    runId: 'abc',
    environmentManager: 'conda',
    storageFolder: '/s',
    logOutput: false,
    buildImage: true,
    backend: 'kubernetes',
    backendConfig: '{"a": 1}',
  });
});

test('without options, the entry point, the environment and the backend are the usual ones', () => {
  expect(readRunArguments(['.'], { MLFLOW_TMP_DIR: '/tmp/x' })).toMatchObject({
    entryPoint: undefined,
    environmentManager: undefined,
    backend: 'local',
    storageFolder: '/tmp/x',
    logOutput: false,
  });
  expect(readRunArguments(['.', '--log-output'])).toMatchObject({ logOutput: true });
  expect(readRunArguments(['--help'])).toBeUndefined();
});

describe('a wrong call', () => {
  test.each([
    [[], "Missing argument 'URI'."],
    [['.', 'more'], 'Got unexpected extra argument (more)'],
    [['.', '-P', 'x'], "Invalid format for -P parameter: 'x'. Use -P name=value."],
    [['.', '-P', '=x'], "Invalid format for -P parameter: '=x'. Use -P name=value."],
    [['.', '-P', 'a=1', '-P', 'a=2'], "Repeated parameter: 'a'"],
    [['.', '-A', 't', '-A', 't'], "Repeated parameter: 't'"],
    [
      ['.', '--experiment-name', 'a', '--experiment-id', '1'],
      "Specify only one of 'experiment-name' or 'experiment-id' options.",
    ],
    [['.', '--env-manager', 'poetry'], 'Invalid value for `env_manager`: poetry.'],
    [['.', '-b', 'kubernetes'], "Specify 'backend_config' when using kubernetes mode."],
    [['.', '-b', 'databricks', '-c', 'x'], 'Invalid backend config JSON. Parse error: '],
    [['.', '-b', 'databricks', '--log-output'], '--log-output keeps the output of runs on this machine'],
    [['.', '--nope'], "Unknown option '--nope'"],
  ])('%j', (args, message) => {
    expect(() => readRunArguments(args)).toThrow(message);
  });
});

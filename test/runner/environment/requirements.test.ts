import { expect, test } from 'vitest';
import { isOfFolder, readRequirementFiles, splitRequirement } from '../../../src/runner/environment/requirements.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

test('files that requirement files name count, each once', () => {
  using folder = temporaryFolder();
  folder.write('a.txt', '-r more/b.txt\n-c limits.txt\n');
  folder.write('more/b.txt', '-r ../a.txt\nnumpy\n');
  folder.write('limits.txt', 'numpy<3\n');
  expect(readRequirementFiles(['-r a.txt', 'mlflow', '-r gone.txt'], folder.path)).toEqual([
    '-r more/b.txt\n-c limits.txt\n',
    '-r ../a.txt\nnumpy\n',
    'numpy<3\n',
  ]);
});

test('options are words of their own', () => {
  expect(splitRequirement('-r requirements.txt')).toEqual(['-r', 'requirements.txt']);
  expect(splitRequirement('mlflow>=2; python_version > "3"')).toEqual(['mlflow>=2; python_version > "3"']);
});

test.each([
  ['-e .', true],
  ['.[extra]', true],
  ['./pkg', true],
  ['x @ file:///pkg', true],
  ['numpy', false],
  ['-r requirements.txt', false],
])('%s is of the folder: %s', (line, expected) => {
  expect(isOfFolder(line)).toBe(expected);
});

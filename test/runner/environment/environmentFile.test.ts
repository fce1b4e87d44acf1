import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseProject } from '../../../src/mlproject/parseProject.ts';
import { readEnvironment } from '../../../src/runner/environment/environmentFile.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'environment-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function read(project: string, files: Readonly<Record<string, string>> = {}) {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  return readEnvironment(parseProject(project).project, folder);
}

test('python_env.yaml names version and packages; requirement files count to what it consists of', () => {
  const text =
    'python: "3.11"\nbuild_dependencies: [pip==24.0]\ndependencies:\n  - -r requirements.txt\n  - mlflow>=2.22\n';
  const spec = read('python_env: env.yaml\n', { 'env.yaml': text, 'requirements.txt': 'numpy\n' });
  expect(spec).toEqual({
    kind: 'python_env',
    file: path.join(folder, 'env.yaml'),
    python: '3.11',
    buildDependencies: ['pip==24.0'],
    dependencies: ['-r requirements.txt', 'mlflow>=2.22'],
    sources: [text, 'numpy\n'],
  });
});

test('without a named one, python_env.yaml beside the project is taken, then conda.yaml, then none', () => {
  expect(read('name: x\n').kind).toBe('none');
  expect(read('name: x\n', { 'conda.yaml': 'dependencies: [python=3.10, {pip: [mlflow]}]\n' })).toMatchObject({
    kind: 'conda_env',
    python: '3.10',
    dependencies: ['mlflow'],
  });
  expect(read('name: x\n', { 'python_env.yaml': 'dependencies: [a]\n' }).kind).toBe('python_env');
});

test.each([
  ['a file that is not there', 'python_env: gone.yaml\n', {}, 'no such file was found'],
  ['a version that is no text', 'python_env: e.yaml\n', { 'e.yaml': 'python: 3.10\n' }, 'write it in quotes'],
  ['a key that MLflow does not know', 'python_env: e.yaml\n', { 'e.yaml': 'packages: [a]\n' }, "the key 'packages'"],
  ['a text for a list', 'python_env: e.yaml\n', { 'e.yaml': 'dependencies: numpy\n' }, 'must be a list of texts'],
  ['no mapping', 'python_env: e.yaml\n', { 'e.yaml': '- numpy\n' }, 'must be a mapping'],
  ['no YAML', 'python_env: e.yaml\n', { 'e.yaml': 'python: "3\n' }, 'cannot be read'],
  ['a Python that is not pinned', 'conda_env: c.yaml\n', { 'c.yaml': 'dependencies: [python]\n' }, 'must be pinned'],
])('%s is refused before anything is made', (_, project, files, message) => {
  expect(() => read(project, files)).toThrow(message);
});

test('what conda reads itself is left to it', () => {
  fs.writeFileSync(path.join(folder, 'c.yaml'), 'dependencies: [python]\n');
  const { project } = parseProject('conda_env: c.yaml\n');
  expect(readEnvironment(project, folder, false)).toMatchObject({ sources: ['dependencies: [python]\n'] });
});

test('Docker is another matter', () => {
  expect(read('name: x\ndocker_env: {image: y}\n').kind).toBe('docker_env');
});

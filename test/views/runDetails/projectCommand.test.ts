import { expect, test } from 'vitest';
import { projectCommand } from '../../../src/views/runDetails/projectCommand.ts';
import { run } from '../sampleRun.ts';

const PROJECT = {
  'mlflow.source.type': 'PROJECT',
  'mlflow.source.name': '/wine',
  'mlflow.project.entryPoint': 'main',
  'mlflow.source.git.commit': 'a1b2c3d',
};
const same = (text: string) => text;
const command = (tags: Record<string, string>, params: Record<string, string> = {}, declared = Object.keys(params)) =>
  projectCommand(run({ tags, params }), declared, same);

test('a run of a folder has a command with the parameters that its entry point declares', () => {
  const params = { alpha: '0.5', 'l1 ratio': "it's", from_code: '7' };
  expect(command(PROJECT, params, ['alpha', 'l1 ratio', 'absent'])).toBe(
    `mlflow run /wine -e main -P alpha=0.5 -P 'l1 ratio=it'\\''s'`,
  );
});

test('a run of a repository names its commit', () => {
  const tags = { ...PROJECT, 'mlflow.source.name': 'https://example.org/wine.git#sub' };
  expect(command(tags)).toBe(`mlflow run 'https://example.org/wine.git#sub' -e main --version a1b2c3d`);
  expect(command({ ...tags, 'mlflow.source.name': 'git@example.org:wine.git' })).toContain('--version a1b2c3d');
});

test('quotes that were logged are taken off', () => {
  const quoted = run({ tags: PROJECT, params: { a: "'x y'" } });
  expect(projectCommand(quoted, ['a'], (text) => text.slice(1, -1))).toBe(`mlflow run /wine -e main -P 'a=x y'`);
});

test('other runs and sweeps have none', () => {
  expect(command({ 'mlflow.source.name': 'train.py', 'mlflow.source.type': 'LOCAL' })).toBeUndefined();
  expect(command({ ...PROJECT, 'mlflow_workbench.sweep.entryPoint': 'main' })).toBeUndefined();
});

test('nothing in a value is run by the shell', () => {
  for (const value of ['$(reboot)', '`reboot`', ';reboot', '\nreboot', "'; reboot; '"]) {
    const words = command(PROJECT, { a: value })?.slice('mlflow run /wine -e main -P '.length) ?? '';
    expect(words.startsWith("'")).toBe(true);
    expect(words.replaceAll("'\\''", '').slice(1, -1)).not.toContain("'");
  }
});

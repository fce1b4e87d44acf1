import { expect, test } from 'vitest';
import { originRows } from '../../../src/views/runDetails/origin.ts';
import { run } from '../sampleRun.ts';

function values(tags: Readonly<Record<string, string>>) {
  return Object.fromEntries(originRows(run({ tags })).map(({ label, value }) => [label, value]));
}

test('a script tells its file, its commit and its user', () => {
  const tags = {
    'mlflow.source.name': 'train.py',
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.git.commit': 'a1b2c3d',
  };
  expect(values(tags)).toEqual({ Source: 'train.py', 'Source type': 'local', 'Git commit': 'a1b2c3d', User: 'ada' });
  expect(originRows(run({ tags })).find(({ label }) => label === 'Source')?.action).toBe('openSource');
});

test('the command that makes it again stands below its source', () => {
  const rows = originRows(run({ tags: { 'mlflow.source.name': '/wine' } }), 'mlflow run /wine');
  expect(rows.map(({ label }) => label)).toEqual(['Source', 'Command', 'User']);
});

test('a copy tells what it is a copy of', () => {
  const tags = {
    'mlflow_workbench.copiedFrom.runId': 'abc',
    'mlflow_workbench.copiedFrom.server': 'https://mlflow.example',
  };
  expect(values(tags)).toMatchObject({ 'Copied from': 'abc of https://mlflow.example' });
});

test('a run of a project tells entry point, project and environment', () => {
  const tags = {
    'mlflow.source.name': 'https://example.org/wine.git#sub',
    'mlflow.source.type': 'PROJECT',
    'mlflow.project.entryPoint': 'main',
    'mlflow.project.env': 'virtualenv',
    'mlflow.source.git.repoURL': 'https://example.org/wine.git',
  };
  expect(values(tags)).toMatchObject({
    'Entry point': 'main',
    Project: 'https://example.org/wine.git#sub',
    Environment: 'virtualenv',
  });
  const rows = originRows(run({ tags }));
  expect(rows.find(({ label }) => label === 'Project')?.action).toBeUndefined();
  expect(rows.find(({ label }) => label === 'Git repository')?.action).toBe('openLink');
});

test('only web addresses are links', () => {
  const rows = originRows(run({ tags: { 'mlflow.source.git.repoURL': 'javascript:alert(1)' } }));
  expect(rows.find(({ label }) => label === 'Git repository')).toMatchObject({ value: 'javascript:alert(1)' });
  expect(rows.some(({ action }) => action !== undefined)).toBe(false);
});

test('a run that nobody told about has no rows', () => {
  expect(originRows(run({ info: { userId: '' } }))).toEqual([]);
});

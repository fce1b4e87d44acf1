import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  artifactArguments,
  projectVariables,
  trackingArguments,
} from '../../../src/runner/environment/dockerArguments.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let home: TemporaryFolder;

beforeEach(() => {
  home = temporaryFolder();
  vi.stubEnv('HOME', home.path);
  for (const name of ['MLFLOW_TRACKING_TOKEN', 'MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD']) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();

  home[Symbol.dispose]();
});

describe('what a container needs of the tracking store', () => {
  test('is a mount where it lies here', () => {
    expect(trackingArguments('file:///store/mlruns')).toEqual({
      mounts: ['/store/mlruns:/mlflow/tmp/mlruns'],
      variables: new Map([['MLFLOW_TRACKING_URI', 'file:///mlflow/tmp/mlruns']]),
    });
    expect(trackingArguments('/store').mounts).toEqual(['/store:/mlflow/tmp/mlruns']);
    expect(trackingArguments('sqlite:////store/mlflow.db')).toEqual({
      mounts: ['/store/mlflow.db:/mlflow/tmp/mlruns'],
      variables: new Map([['MLFLOW_TRACKING_URI', 'sqlite:////mlflow/tmp/mlruns']]),
    });
  });

  test('is what one signs in with where it is a server, by name', () => {
    expect(trackingArguments('http://example.org').variables).toEqual(new Map());
    vi.stubEnv('MLFLOW_TRACKING_TOKEN', 'secret');
    expect(trackingArguments('http://example.org')).toEqual({
      mounts: [],
      variables: new Map([['MLFLOW_TRACKING_TOKEN', undefined]]),
    });
  });
});

describe('what a container needs of the artifacts', () => {
  test('is their folder, at the same place', () => {
    expect(artifactArguments('file:///store/1/a/artifacts').mounts).toEqual([
      '/store/1/a/artifacts:/store/1/a/artifacts',
    ]);
    expect(artifactArguments('artifacts').mounts).toEqual([
      `${process.cwd()}/artifacts:/mlflow/projects/code/artifacts`,
    ]);
  });

  test('is nothing where the server has them', () => {
    expect(artifactArguments('mlflow-artifacts:/1/a')).toEqual({ mounts: [], variables: new Map() });
  });

  test.each([
    ['s3://bucket/a', 'AWS_ACCESS_KEY_ID', []],
    ['wasbs://c@a.blob.core.windows.net/a', 'AZURE_STORAGE_ACCESS_KEY', []],
    ['hdfs://host/a', 'MLFLOW_KERBEROS_USER', []],
  ])('of %s is %s, by name', (uri, name, mounts) => {
    vi.stubEnv(name, 'secret');
    const { variables, mounts: found } = artifactArguments(uri);
    expect(variables.has(name)).toBe(true);
    expect([...variables.values()].every((value) => value === undefined)).toBe(true);
    expect(found).toEqual(mounts);
  });

  test('is a file with credentials, where there is one', () => {
    home.write('.aws/credentials', '');
    expect(artifactArguments('s3://bucket/a').mounts).toEqual([`${home.join('.aws')}:/.aws`]);
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/g.json');
    expect(artifactArguments('gs://bucket/a')).toEqual({
      mounts: ['/g.json:/.gcs'],
      variables: new Map([['GOOGLE_APPLICATION_CREDENTIALS', '/.gcs']]),
    });
    vi.stubEnv('MLFLOW_KERBEROS_TICKET_CACHE', '/t');
    expect(artifactArguments('viewfs://host/a').mounts).toEqual(['/t:/t']);
  });
});

test('the variables that a project wants must be there', () => {
  vi.stubEnv('THERE', '1');
  expect(
    projectVariables([
      ['THERE', undefined],
      ['NEW', 'x'],
    ]),
  ).toEqual(
    new Map([
      ['THERE', undefined],
      ['NEW', 'x'],
    ]),
  );
  expect(() =>
    projectVariables([
      ['THERE', undefined],
      ['NOT_THERE', undefined],
    ]),
  ).toThrow(
    'This project expects the THERE, NOT_THERE environment variables to be set on the machine running the project, but NOT_THERE was not set.',
  );
});

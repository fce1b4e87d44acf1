import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseServerOptions } from '../../src/cli/serverOptions.ts';
import { UsageError } from '../../src/cli/usage.ts';

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-options-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const withStore = (...args: string[]) => parseServerOptions(['--backend-store-uri', folder, ...args]);

test('a store may be a path or a URI, and need not exist', () => {
  const store = path.join(folder, 'a b', 'store');
  expect(parseServerOptions(['--backend-store-uri', store]).store).toBe(store);
  expect(parseServerOptions(['--backend-store-uri', pathToFileURL(store).href]).store).toBe(store);
  expect(parseServerOptions(['--backend-store-uri', `file:${store}`]).store).toBe(store);
  expect(parseServerOptions(['--backend-store-uri', 'x']).store).toBe(path.join(process.cwd(), 'x'));
});

test('a store is known by its real path', () => {
  fs.symlinkSync(folder, path.join(folder, 'link'));
  expect(parseServerOptions(['--backend-store-uri', path.join(folder, 'link', 'store')]).store).toBe(
    path.join(folder, 'store'),
  );
});

test('the rest has defaults', () => {
  expect(withStore()).toEqual({
    store: folder,
    artifactRoot: 'mlflow-artifacts:/',
    artifactsDestination: path.join(path.dirname(folder), 'mlartifacts'),
    registryStore: folder,
    host: '127.0.0.1',
    allowedHosts: [],
    port: 5000,
    isReadOnly: false,
    token: undefined,
    tokenMode: 'auto',
    ui: undefined,
    endWhenIdle: undefined,
    action: 'serve',
  });
});

test('an artifact root means the same to everybody', () => {
  expect(withStore('--default-artifact-root', 's3://bucket/x/').artifactRoot).toBe('s3://bucket/x');
  expect(withStore('--default-artifact-root', 'rel/dir').artifactRoot).toBe(path.join(process.cwd(), 'rel/dir'));
  expect(withStore('--default-artifact-root', `${folder}/`).artifactRoot).toBe(folder);
});

test('hosts are of this machine', () => {
  expect(withStore('--host', 'localhost').host).toBe('127.0.0.1');
  expect(withStore('-h', '::1').host).toBe('::1');
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.org']) {
    expect(() => withStore('--host', host)).toThrow(/Give a --token or --token-mode token, or --allow-unauthenticated/);
    expect(withStore('--host', host, '--token', 'secret').host).toBe(host);
    expect(withStore('--host', host, '--token-mode', 'token').host).toBe(host);
    expect(withStore('--host', host, '--allow-unauthenticated')).toMatchObject({ host, tokenMode: 'none' });
  }
  for (const host of ['', 'a b', 'http://x/', '*']) {
    expect(() => withStore('--host', host, '--token', 'secret')).toThrow(UsageError);
  }
});

test('a token is made as the mode says, which has three words', () => {
  expect(withStore('--token-mode', 'token').tokenMode).toBe('token');
  expect(withStore('--attach', '--token-mode', 'none')).toMatchObject({ action: 'attach', tokenMode: 'none' });
  for (const mode of ['', 'AUTO', 'always']) expect(() => withStore(`--token-mode=${mode}`)).toThrow(UsageError);
});

test.each(['-1', '65536', '1.5', 'x', '', ' 1', '0x10'])('%j is no port', (port) => {
  expect(() => withStore(`--port=${port}`)).toThrow(UsageError);
});

test.each(['sqlite:///x.db', 'postgresql://x', 'file://host/x', 'http://x', ''])('%j is no store', (uri) => {
  expect(() => parseServerOptions(['--backend-store-uri', uri])).toThrow(UsageError);
});

test('a file is no store', () => {
  fs.writeFileSync(path.join(folder, 'file'), '');
  expect(() => parseServerOptions(['--backend-store-uri', path.join(folder, 'file')])).toThrow('not the folder');
});

test('artifacts that are not served lie with the store', () => {
  expect(withStore('--no-serve-artifacts')).toMatchObject({ artifactRoot: folder, artifactsDestination: undefined });
  const given = withStore('--no-serve-artifacts', '--default-artifact-root', 's3://bucket');
  expect(given).toMatchObject({ artifactRoot: 's3://bucket', artifactsDestination: undefined });
});

test('a registry may lie elsewhere', () => {
  expect(withStore('--registry-store-uri', path.join(folder, 'registry')).registryStore).toBe(
    path.join(folder, 'registry'),
  );
  expect(() => withStore('--registry-store-uri', 'sqlite:///x.db')).toThrow('--registry-store-uri sqlite:///x.db');
});

test('what only reads needs something to read', () => {
  expect(withStore('--read-only').isReadOnly).toBe(true);
  expect(() => parseServerOptions(['--backend-store-uri', path.join(folder, 'no'), '--read-only'])).toThrow(
    'no folder',
  );
});

test('the editor has its server without extras', () => {
  expect(withStore('--attach').action).toBe('attach');
  for (const extra of [['--token', 'x'], ['--read-only'], ['--ui', 'auto'], ['--registry-store-uri', 'x']]) {
    expect(() => withStore('--attach', ...extra)).toThrow(UsageError);
  }
});

test('an empty token is none', () => expect(() => withStore('--token', '')).toThrow(UsageError));

describe('variables', () => {
  const of = (environment: Record<string, string>, ...args: string[]) => parseServerOptions(args, environment);

  test('stand for options, by MLflow’s names', () => {
    const options = of({
      MLFLOW_BACKEND_STORE_URI: folder,
      MLFLOW_REGISTRY_STORE_URI: path.join(folder, 'r'),
      MLFLOW_DEFAULT_ARTIFACT_ROOT: 's3://bucket',
      MLFLOW_SERVE_ARTIFACTS: 'false',
      MLFLOW_HOST: 'localhost',
      MLFLOW_PORT: '5678',
      MLFLOW_SERVER_ALLOWED_HOSTS: 'a.example,b.example',
      MLFLOW_WORKBENCH_TOKEN: 'secret',
    });
    expect(options).toMatchObject({
      store: folder,
      registryStore: path.join(folder, 'r'),
      artifactRoot: 's3://bucket',
      artifactsDestination: undefined,
      host: '127.0.0.1',
      port: 5678,
      allowedHosts: ['a.example', 'b.example'],
      token: 'secret',
    });
  });

  test('of MLflow’s workers count too, and options count more', () => {
    const environment = { _MLFLOW_SERVER_FILE_STORE: folder, _MLFLOW_SERVER_ARTIFACT_DESTINATION: '/files' };
    expect(of(environment)).toMatchObject({ store: folder, artifactsDestination: '/files' });
    expect(of(environment, '--artifacts-destination', '/other')).toMatchObject({ artifactsDestination: '/other' });
    expect(of({ MLFLOW_SERVE_ARTIFACTS: 'false' }, '--serve-artifacts').artifactsDestination).toBeDefined();
    expect(of({ MLFLOW_PORT: '' }).port).toBe(5000);
  });

  test('mean nothing to the editor’s server', () => {
    expect(of({ MLFLOW_WORKBENCH_TOKEN: 'x', MLFLOW_PORT: '1' }, '--attach')).toMatchObject({
      token: undefined,
      port: 5000,
    });
  });
});

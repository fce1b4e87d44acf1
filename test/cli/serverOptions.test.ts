import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
    host: '127.0.0.1',
    port: 5000,
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
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.org', '']) {
    expect(() => withStore('--host', host)).toThrow(UsageError);
  }
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

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ArtifactRepository } from '../../src/artifacts/repository.ts';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

let server: FileServer;
let client: MlflowClient;

async function open(artifactRoot?: string): Promise<void> {
  server = await openFileServer(artifactRoot === undefined ? {} : { artifactRoot });
  client = connect('http://localhost', { fetch: server.fetch });
}

async function text(repository: ArtifactRepository, file: string): Promise<string> {
  const chunks = await Array.fromAsync((await repository.read(file)).stream);
  return Buffer.concat(chunks).toString();
}

const write = (repository: ArtifactRepository, file: string, content: string) =>
  repository.write(
    file,
    (async function* () {
      yield Buffer.from(content);
    })(),
  );

afterEach(() => server[Symbol.asyncDispose]());

describe('mlflow-artifacts:', () => {
  beforeEach(() => open());

  test('is written, listed, read and deleted', async () => {
    const run = await client.tracking.createRun({ experimentId: '0' });
    const repository = client.artifacts.open(run.info.artifactUri);
    await write(repository, 'plots/a %25 no 1.txt', 'hello');
    expect(await repository.list('')).toEqual([{ path: 'plots', isDir: true, fileSize: undefined }]);
    expect(await repository.list('plots')).toEqual([{ path: 'plots/a %25 no 1.txt', isDir: false, fileSize: 5 }]);
    expect(await text(repository, 'plots/a %25 no 1.txt')).toBe('hello');
    expect((await repository.read('plots/a %25 no 1.txt')).size).toBe(5);
    await repository.delete('plots');
    expect(await repository.list('')).toEqual([]);
  });

  test('of a host is the same server', async () => {
    await write(client.artifacts.open('mlflow-artifacts://some.host:5000/a/b'), 'c', 'x');
    expect(await text(client.artifacts.open('mlflow-artifacts:/a'), 'b/c')).toBe('x');
  });

  test('has errors of MLflow', async () => {
    const repository = client.artifacts.open('mlflow-artifacts:/a');
    await expect(repository.read('none')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await expect(write(repository, '../../x', 'x')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(repository.list('../..')).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('a folder of the server’s machine', () => {
  let root: string;
  beforeEach(async () => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-artifacts-')));
    await open(pathToFileURL(root).href);
  });
  afterEach(() => fs.rmSync(root, { recursive: true }));

  test('is read through the run that it belongs to', async () => {
    const experimentId = await client.tracking.createExperiment({ name: 'local' });
    const { info } = await client.tracking.createRun({ experimentId });
    const folder = path.join(root, experimentId, info.runId, 'artifacts');
    fs.mkdirSync(path.join(folder, 'd'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'd/a.txt'), 'hello');

    for (const uri of [info.artifactUri, folder, `${info.artifactUri}/`, `runs:/${info.runId}`]) {
      const repository = client.artifacts.open(uri);
      expect(await repository.list('')).toEqual([{ path: 'd', isDir: true, fileSize: undefined }]);
      expect(await repository.list('d')).toEqual([{ path: 'd/a.txt', isDir: false, fileSize: 5 }]);
      expect(await text(repository, 'd/a.txt')).toBe('hello');
    }
    for (const uri of [`${info.artifactUri}/d`, `runs:/${info.runId}/d`]) {
      const repository = client.artifacts.open(uri);
      expect(await repository.list('')).toEqual([{ path: 'a.txt', isDir: false, fileSize: 5 }]);
      expect(await text(repository, 'a.txt')).toBe('hello');
    }
    await write(client.artifacts.open(folder), 'e/größe %25 1.txt', 'new');
    await write(client.artifacts.open(`${info.artifactUri}/d`), 'b.txt', '');
    expect(await text(client.artifacts.open(folder), 'e/größe %25 1.txt')).toBe('new');
    expect(fs.readFileSync(path.join(folder, 'd/b.txt'), 'utf8')).toBe('');
    await expect(write(client.artifacts.open(folder), '../x', 'x')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
    await expect(client.artifacts.open(folder).delete('d')).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED' });
  });

  test('is read through the logged model that it belongs to', async () => {
    const experimentId = await client.tracking.createExperiment({ name: 'local' });
    const model = await client.tracking.createLoggedModel({ experimentId, name: 'm' });
    const folder = path.join(root, experimentId, 'models', model.modelId, 'artifacts');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'MLmodel'), 'flavors: {}');
    for (const uri of [model.artifactUri, folder, `models:/${model.modelId}`]) {
      const repository = client.artifacts.open(uri);
      expect(await repository.list('')).toEqual([{ path: 'MLmodel', isDir: false, fileSize: 11 }]);
      expect(await text(repository, 'MLmodel')).toBe('flavors: {}');
    }
  });

  test.each(['file:///etc', 's3://bucket/x', '/etc/passwd', 'models:/name/1', ''])(
    'cannot be asked for where nobody owns it: %j',
    (uri) => {
      expect(() => client.artifacts.open(uri)).toThrow('cannot be asked for');
    },
  );
});

import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { localArtifactRepository } from '../../../src/artifacts/localArtifactRepository.ts';
import type { ArtifactRepositories } from '../../../src/artifacts/repository.ts';
import { parseProject } from '../../../src/mlproject/parseProject.ts';
import { downloadParameters } from '../../../src/runner/project/downloads.ts';
import { recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let server: http.Server;
let url: string;
const opened: string[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  vi.stubEnv('PATH', folder.path);
  vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', undefined);
  server = http.createServer((request, response) => {
    response.statusCode = request.url?.startsWith('/data/') ? 200 : 404;
    response.end(`content of ${request.url}`);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  opened.length = 0;
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  folder[Symbol.dispose]();
});

/** The store's files lie in one folder, whatever root is asked for. */
const artifacts: ArtifactRepositories = {
  open(root) {
    opened.push(root);
    return localArtifactRepository(folder.join('artifacts'));
  },
};

function download(parameters: string, values: Readonly<Record<string, string>> = {}, storage = folder.join('storage')) {
  const text = `entry_points:\n  main:\n    parameters: {${parameters}}\n    command: x\n`;
  const [entryPoint] = parseProject(text).project.entryPoints;
  if (!entryPoint) throw new Error('there is an entry point');
  return downloadParameters(entryPoint, new Map(Object.entries(values)), {
    storageFolder: storage,
    artifacts,
    say: () => undefined,
    signal: new AbortController().signal,
  });
}

test('what is here, and what is no path, is not downloaded', async () => {
  const none = await download('a: path, b: uri, c: string, d: path', { a: 'x', b: url, c: url, d: 'file:///x' });
  expect(none).toEqual(new Map());
  expect(fs.existsSync(folder.join('storage'))).toBe(false);
});

test('a file of a web server, also a default, goes to a folder of its own', async () => {
  const uri = `${url}/data/big%20file.csv?version=2`;
  const downloads = await download(`a: string, b: {type: path, default: "${uri}"}`, { a: '' });
  const [file = ''] = [...downloads.values()];
  expect(file).toMatch(/\/storage\/mlflow-\w+\/param_1\/big file\.csv$/);
  expect(fs.readFileSync(file, 'utf8')).toBe('content of /data/big%20file.csv?version=2');
});

test('the place of a download is absolute, wherever the storage folder was named', async () => {
  const downloads = await download('a: path', { a: `${url}/data/x` }, path.relative(process.cwd(), folder.join('s')));
  expect(downloads.get('a')?.startsWith(folder.join('s'))).toBe(true);
});

test('what the server does not have is told with the parameter', async () => {
  const missing = download('data: path', { data: `${url}/gone` });
  await expect(missing).rejects.toThrow(`Parameter data: ${url}/gone cannot be downloaded. The server answers 404`);
});

describe('an artifact of the tracking server', () => {
  beforeEach(() => {
    folder.write('artifacts/model/MLmodel', 'flavors');
    folder.write('artifacts/model/data/weights', '1 2 3');
    folder.write('artifacts/notes.txt', 'notes');
  });

  test.each([
    ['runs:/abc/notes.txt', 'runs:/abc'],
    ['mlflow-artifacts:/notes.txt', 'mlflow-artifacts:/'],
    ['models:/m-1/notes.txt', 'models:/m-1'],
  ])('%s is a file', async (uri, root) => {
    const file = (await download('d: path', { d: uri })).get('d') ?? '';
    expect(fs.readFileSync(file, 'utf8')).toBe('notes');
    expect(opened).toEqual([root]);
  });

  test('can be a folder', async () => {
    const place = (await download('d: path', { d: 'runs:/abc/model' })).get('d');
    expect(place).toMatch(/param_0\/model$/);
    expect(fs.readFileSync(`${place}/data/weights`, 'utf8')).toBe('1 2 3');
  });

  test('must be there', async () => {
    await expect(download('d: path', { d: 'runs:/abc/gone' })).rejects.toThrow('There is no such artifact.');
  });
});

describe('any other store', () => {
  test('is asked by the MLflow that Python has', async () => {
    // MLflow and the bucket are not here: what is asked of them is written down.
    const python = recordingProgram(folder.path, 'python3', [{ when: /find_spec/, out: 'yes' }]);
    await download('d: path', { d: 's3://bucket/data.csv' });
    const target = expect.stringMatching(/param_0$/);
    expect(python.calls().at(-1)).toEqual([
      ...['-m', 'mlflow', 'artifacts', 'download'],
      ...['--artifact-uri', 's3://bucket/data.csv', '--dst-path', target],
    ]);
  });

  test('is told to be downloaded by hand without one', async () => {
    const missing = download('d: path', { d: 's3://bucket/data.csv' });
    await expect(missing).rejects.toThrow(
      'Parameter d: s3://bucket/data.csv cannot be downloaded. Download it yourself',
    );
  });
});

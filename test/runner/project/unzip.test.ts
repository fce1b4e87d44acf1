import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArchive, unzip } from '../../../src/runner/project/unzip.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { gitRepository } from '../gitRepository.ts';

let folder: TemporaryFolder;
let archive: Buffer;

beforeEach(() => {
  folder = temporaryFolder();
  const repository = gitRepository(folder.join('repository'));
  repository.commit({ MLproject: 'name: x\n'.repeat(100), 'aa/bb/evil.txt': 'y\n' });
  fs.chmodSync(folder.join('repository', 'MLproject'), 0o755);
  repository.commit({ z: '' });
  repository.git('archive', '--format=zip', `--output=${folder.join('p.zip')}`, 'HEAD');
  archive = fs.readFileSync(folder.join('p.zip'));
});
afterEach(() => folder[Symbol.dispose]());

/** The archive with another name of the same length in it. */
function renamed(from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

test('files, folders and what is a program come out as they were', () => {
  unzip(archive, folder.join('out'));
  expect(folder.read('out/MLproject')).toBe('name: x\n'.repeat(100));
  expect(folder.read('out/aa/bb/evil.txt')).toBe('y\n');
  expect(fs.statSync(folder.join('out', 'MLproject')).mode & 0o100).toBe(0o100);
  expect(fs.statSync(folder.join('out', 'z')).mode & 0o100).toBe(0);
});

test.each([
  ['aa/bb/evil.txt', '../../evil.txt'],
  ['aa/bb/evil.txt', '/a/bb/evil.txt'],
  ['aa/bb/evil.txt', 'aa\\bb\\evil.txt'],
])('a member that leaves the folder is refused: %s → %s', (from, to) => {
  expect(() => unzip(renamed(from, to), folder.join('out'))).toThrow(`Zip file member ${to} attempts path traversal`);
  expect(fs.existsSync(folder.join('evil.txt'))).toBe(false);
});

test('what is broken is told, wherever it ends', () => {
  expect(() => unzip(Buffer.from('no archive'), folder.join('out'))).toThrow('This is no ZIP file.');
  for (let size = archive.length - 1; size > 0; size -= 37) {
    expect(() => unzip(archive.subarray(archive.length - size), folder.join('out'))).toThrow(/ZIP|Zip/);
  }
});

test('an archive can be at a URL', async () => {
  const server = http.createServer((request, response) => {
    response.statusCode = request.url === '/p.zip' ? 200 : 404;
    response.end(archive);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signal = new AbortController().signal;
  expect(await readArchive(`${at}/p.zip`, signal)).toEqual(archive);
  await expect(readArchive(`${at}/gone.zip`, signal)).rejects.toThrow('Unable to retrieve ZIP file. Reason: 404');
  server.close();
});

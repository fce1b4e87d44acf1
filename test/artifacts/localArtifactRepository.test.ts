import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { localArtifactRepository } from '../../src/artifacts/localArtifactRepository.ts';
import { describeArtifactRepository } from '../conformance/artifactRepository.ts';
import { BAD } from '../conformance/openStore.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

describeArtifactRepository('a folder of artifacts', async () => {
  const folder = temporaryFolder();
  return { store: localArtifactRepository(folder.join('artifacts')), close: async () => folder[Symbol.dispose]() };
});

describe('links', () => {
  test('one that leaves the folder leads nowhere', async () => {
    using folder = temporaryFolder();
    folder.write('secret/file', 'secret');
    folder.write('artifacts/own', '');
    fs.symlinkSync(folder.join('secret'), folder.join('artifacts', 'out'));
    const artifacts = localArtifactRepository(folder.join('artifacts'));
    await expect(artifacts.list('out')).rejects.toMatchObject(BAD);
    await expect(artifacts.read('out/file')).rejects.toMatchObject(BAD);
    await expect(artifacts.write('out/new', (async function* () {})())).rejects.toMatchObject(BAD);
    await expect(artifacts.delete('out/file')).rejects.toMatchObject(BAD);
    expect(folder.read('secret/file')).toBe('secret');
    expect(fs.readdirSync(folder.join('secret'))).toEqual(['file']);
  });

  test('one that stays in it is followed', async () => {
    using folder = temporaryFolder();
    folder.write('artifacts/real/file', 'text');
    fs.symlinkSync('real', folder.join('artifacts', 'link'));
    const artifacts = localArtifactRepository(folder.join('artifacts'));
    expect(await artifacts.list('link')).toEqual([{ path: 'link/file', isDir: false, fileSize: 4 }]);
  });
});

test('a path below a file is refused, also where the file is the folder of the artifacts, or lies on the way to it', async () => {
  using folder = temporaryFolder();
  folder.write('file', 'text');
  for (const [root, target] of [
    ['', 'file/new'],
    ['', 'file/more/new'],
    ['file', 'new'],
    ['file/artifacts', 'new'],
  ] as const) {
    const artifacts = localArtifactRepository(folder.join(root));
    await expect(artifacts.write(target, (async function* () {})())).rejects.toMatchObject(BAD);
  }
  expect(folder.read('file')).toBe('text');
});

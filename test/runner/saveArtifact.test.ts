import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localArtifactRepository } from '../../src/artifacts/localArtifactRepository.ts';
import type { ArtifactRepository } from '../../src/artifacts/repository.ts';
import { saveArtifact, saveArtifactFolder } from '../../src/runner/saveArtifact.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let root: string;
let target: string;
let repository: ArtifactRepository;

beforeEach(() => {
  folder = temporaryFolder();
  root = folder.join('artifacts');
  target = folder.join('target');
  fs.mkdirSync(path.join(root, 'model', 'data'), { recursive: true });
  fs.mkdirSync(target);
  fs.writeFileSync(path.join(root, 'model', 'MLmodel'), 'flavors: {}');
  fs.writeFileSync(path.join(root, 'model', 'data', 'weights.bin'), Buffer.alloc(300_000, 7));
  repository = localArtifactRepository(root);
});

afterEach(() => folder[Symbol.dispose]());

async function* endless(): AsyncGenerator<Uint8Array> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield new Uint8Array(1_000);
  }
}

describe('a saved artifact', () => {
  test('is written piece by piece, each of which is told', async () => {
    const file = path.join(target, 'weights.bin');
    const pieces: number[] = [];
    await saveArtifact(repository, 'model/data/weights.bin', file, { onBytes: (bytes) => pieces.push(bytes) });
    expect(fs.readFileSync(file).equals(Buffer.alloc(300_000, 7))).toBe(true);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.reduce((sum, bytes) => sum + bytes, 0)).toBe(300_000);
  });

  test('that was stopped leaves nothing behind, and what stood there stays', async () => {
    const file = path.join(target, 'weights.bin');
    fs.writeFileSync(file, 'older');
    const stop = new AbortController();
    const saving = saveArtifact(repository, 'model/data/weights.bin', file, {
      signal: stop.signal,
      onBytes: () => stop.abort(),
    });
    await expect(saving).rejects.toMatchObject({ name: 'AbortError' });
    expect(fs.readdirSync(target)).toEqual(['weights.bin']);
    expect(fs.readFileSync(file, 'utf8')).toBe('older');
  });

  test('that was stopped before it began, or right then, leaves nothing behind', async () => {
    for (const delay of [undefined, 0, 1]) {
      const stop = new AbortController();
      if (delay === undefined) stop.abort();
      else setTimeout(() => stop.abort(), delay);
      const large = { ...repository, read: async () => ({ size: undefined, stream: endless() }) };
      const saving = saveArtifact(large, 'endless', path.join(target, 'endless'), { signal: stop.signal });
      await expect(saving).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(fs.readdirSync(target)).toEqual([]);
    }
  });

  test('that is missing leaves nothing behind', async () => {
    await expect(saveArtifact(repository, 'no.txt', path.join(target, 'no.txt'))).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
    expect(fs.readdirSync(target)).toEqual([]);
  });
});

describe('a saved folder', () => {
  test('has all that is in it', async () => {
    await saveArtifactFolder(repository, 'model', path.join(target, 'model'));
    const files = fs.readdirSync(target, { recursive: true, encoding: 'utf8' }).sort();
    expect(files.map((file) => file.replaceAll('\\', '/'))).toEqual([
      'model',
      'model/MLmodel',
      'model/data',
      'model/data/weights.bin',
    ]);
  });

  test('is refused where a name in it leads elsewhere', async () => {
    const odd: ArtifactRepository = {
      ...repository,
      list: async () => [{ path: 'model/..', isDir: false, fileSize: 1 }],
    };
    await expect(saveArtifactFolder(odd, 'model', path.join(target, 'model'))).rejects.toThrow("It holds 'model/..'");
  });

  test('is refused where there is nothing', async () => {
    await expect(saveArtifactFolder(repository, 'nothing', path.join(target, 'x'))).rejects.toThrow('no such artifact');
  });
});

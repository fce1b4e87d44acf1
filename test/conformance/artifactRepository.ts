import { describe, expect, test } from 'vitest';
import type { ArtifactRepository } from '../../src/artifacts/repository.ts';
import { BAD, MISSING, type Open } from './openStore.ts';
import { withStore } from './withStore.ts';

/** What every `ArtifactRepository` does. `open` makes a new, empty one. */
export function describeArtifactRepository(name: string, open: Open<ArtifactRepository>): void {
  describe(name, () => {
    const artifacts = withStore(open);

    const write = (path: string, ...chunks: string[]) => artifacts().write(path, stream(chunks));
    async function read(path: string): Promise<string> {
      const { size, stream: content } = await artifacts().read(path);
      const bytes = await collect(content);
      if (size !== undefined) expect(bytes.length).toBe(size);
      return bytes.toString();
    }
    const paths = async (folder = '') => (await artifacts().list(folder)).map(({ path }) => path);

    test('an empty one lists nothing', async () => {
      expect(await paths()).toEqual([]);
      expect(await paths('no/such/folder')).toEqual([]);
      await expect(artifacts().read('none')).rejects.toMatchObject(MISSING);
      await artifacts().delete('none');
    });

    test('what is written is read', async () => {
      for (const [path, text] of Object.entries({
        'a.txt': 'hello',
        'größe/精度 1.txt': 'ü',
        empty: '',
        '.hidden': 'h',
      })) {
        await write(path, text);
        expect(await read(path)).toBe(text);
      }
    });

    test('a part of a file is read, as far as there is one', async () => {
      await write('letters', 'abcdef', 'ghij');
      const part = async (from: number, to: number) => {
        const { stream: content } = await artifacts().read('letters', { from, to });
        return (await collect(content)).toString();
      };
      expect(await part(0, 3)).toBe('abc');
      expect(await part(4, 8)).toBe('efgh');
      expect(await part(8, 100)).toBe('ij');
      expect(await part(9, 10)).toBe('j');
      expect(await part(10, 20)).toBe('');
      expect(await part(1_000, 2_000)).toBe('');
      expect(await part(3, 3)).toBe('');
      expect((await artifacts().read('letters', { from: 2, to: 4 })).size).toBe(10);
      await expect(artifacts().read('none', { from: 0, to: 1 })).rejects.toMatchObject(MISSING);
    });

    test('large files come in pieces and arrive whole', async () => {
      const chunks = Array.from({ length: 40 }, (_, at) => String.fromCharCode(97 + (at % 26)).repeat(65_537));
      await write('large', ...chunks);
      expect(await read('large')).toBe(chunks.join(''));
      expect(await artifacts().list('')).toEqual([{ path: 'large', isDir: false, fileSize: 40 * 65_537 }]);
    });

    test('folders list their entries by name, files with their sizes', async () => {
      await write('b.txt', '12');
      await write('a/c.txt', '345');
      await write('a/d/e.txt', '');
      expect(await artifacts().list('')).toEqual([
        { path: 'a', isDir: true, fileSize: undefined },
        { path: 'b.txt', isDir: false, fileSize: 2 },
      ]);
      expect(await artifacts().list('a')).toEqual([
        { path: 'a/c.txt', isDir: false, fileSize: 3 },
        { path: 'a/d', isDir: true, fileSize: undefined },
      ]);
      expect(await paths('a/')).toEqual(['a/c.txt', 'a/d']);
      expect(await paths('b.txt')).toEqual([]);
      await expect(artifacts().read('a')).rejects.toMatchObject(MISSING);
      await expect(artifacts().read('b.txt/x')).rejects.toMatchObject(MISSING);
    });

    test('writing again replaces', async () => {
      await write('a', 'first and longer');
      await write('a', 'second');
      expect(await read('a')).toBe('second');
    });

    test('a file cannot be where a folder is, nor below a file', async () => {
      await write('folder/file', '1');
      await expect(write('folder', '2')).rejects.toMatchObject(BAD);
      await expect(write('folder/file/below', '2')).rejects.toMatchObject(BAD);
      expect(await read('folder/file')).toBe('1');
    });

    test('an upload that breaks off leaves nothing, and what was there', async () => {
      const broken = async function* () {
        yield Buffer.from('half of');
        throw new Error('the connection is gone');
      };
      await write('old', 'old');
      await expect(artifacts().write('old', broken())).rejects.toThrow();
      await expect(artifacts().write('new', broken())).rejects.toThrow();
      expect(await paths()).toEqual(['old']);
      expect(await read('old')).toBe('old');
    });

    test('files and folders are deleted', async () => {
      await write('a/b', '1');
      await write('a/c/d', '1');
      await write('e', '1');
      await artifacts().delete('a/b');
      expect(await paths('a')).toEqual(['a/c']);
      await artifacts().delete('a');
      expect(await paths()).toEqual(['e']);
    });

    test.each([
      '../up',
      '..',
      'a/../../up',
      'a/..',
      '/etc/passwd',
      '//proc/self/root',
      'a\\b',
      '..\\up',
      'C:\\Windows',
      'C:foo',
      'a\0b',
      'a#b',
    ])('%j is no path', async (path) => {
      await write('a/b', 'kept');
      await expect(artifacts().list(path)).rejects.toMatchObject(BAD);
      await expect(artifacts().read(path)).rejects.toMatchObject(BAD);
      await expect(write(path, 'x')).rejects.toMatchObject(BAD);
      await expect(artifacts().delete(path)).rejects.toMatchObject(BAD);
      expect(await read('a/b')).toBe('kept');
    });

    test.each(['', '.', 'n'.repeat(256)])('%j is no name of a file', async (path) => {
      await expect(write(path, 'x')).rejects.toMatchObject(BAD);
      expect(await paths()).toEqual([]);
    });
  });
}

async function* stream(chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

export async function collect(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localArtifactRepository } from '../../src/artifacts/localArtifactRepository.ts';
import type { ArtifactRepository, ByteRange } from '../../src/artifacts/repository.ts';
import { readParquet } from '../../src/client/parquetTable.ts';
import { parquetTable } from '../../src/views/runDetails/tables.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/parquet');
const fixtures = localArtifactRepository(FIXTURES);
const sizeOf = (name: string) => fs.statSync(path.join(FIXTURES, name)).size;

/** A repository of one file that notes what is read of it. */
function holding(bytes: Uint8Array): { repository: ArtifactRepository; ranges: (ByteRange | undefined)[] } {
  const ranges: (ByteRange | undefined)[] = [];
  const repository: ArtifactRepository = {
    ...fixtures,
    async read(_, range) {
      ranges.push(range);
      const part = range ? bytes.subarray(range.from, range.to) : bytes;
      return {
        size: bytes.length,
        stream: (async function* () {
          yield part;
        })(),
      };
    },
  };
  return { repository, ranges };
}

describe('a Parquet file', () => {
  test.each(['snappy', 'gzip', 'zstd', 'brotli', 'none'])('that is packed by %s has columns and rows', async (kind) => {
    const file = await readParquet(fixtures, `${kind}.parquet`, sizeOf(`${kind}.parquet`));
    expect(file.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...['name string', 'count int64', 'ratio double', 'flag boolean', 'when timestamp', 'day date'],
      ...['price decimal', 'list list', 'struct struct', 'bytes bytes'],
    ]);
    const preview = parquetTable(file);
    expect(preview).toMatchObject({ kind: 'table', table: { total: 3 } });
    if (preview.kind !== 'table') return;
    expect(preview.table.rows[0]).toEqual([
      ...['größe', '1', '0.5', 'true', '1969-12-31T00:00:00.000Z', '2026-11-23', '1.5', '[1,2]', '{"a":1,"b":"x"}'],
      expect.any(String),
    ]);
    expect(preview.table.rows[1]?.slice(0, 4)).toEqual(['<b>html</b>', '2', 'NaN', 'false']);
    expect(preview.table.rows[2]?.slice(0, 6)).toEqual(['', '', 'Infinity', '', '', '2026-11-23']);
  });

  test('is read in parts, never whole', async () => {
    const bytes = fs.readFileSync(path.join(FIXTURES, 'snappy.parquet'));
    const { repository, ranges } = holding(bytes);
    await readParquet(repository, 'f', bytes.length);
    expect(ranges.every((range) => range !== undefined)).toBe(true);
  });

  test('whose columns do not fit together fails once, with nothing left that fails unheard', async () => {
    const bytes = Uint8Array.from(fs.readFileSync(path.join(FIXTURES, 'snappy.parquet')));
    // A name of the schema, and the length of a part of a column that comes before that one.
    for (const [at, byte] of [
      [595, 81],
      [1114, 116],
    ] as const) {
      bytes[at] = byte;
    }
    const unheard: unknown[] = [];
    const listen = (error: unknown) => unheard.push(error);
    process.on('unhandledRejection', listen);
    await expect(readParquet(holding(bytes).repository, 'f', bytes.length)).rejects.toThrow(/schema element/);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', listen);
    expect(unheard).toEqual([]);
  });

  test('that is broken says so, whatever is wrong with it', async () => {
    const good = fs.readFileSync(path.join(FIXTURES, 'snappy.parquet'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        fc.nat(good.length),
        async (changes, end) => {
          const bytes = Uint8Array.from(end > good.length / 2 ? good : good.subarray(0, end));
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte;
          const read = readParquet(holding(bytes).repository, 'f', bytes.length).then(parquetTable);
          await read.catch((error: unknown) => expect(error).toBeInstanceOf(Error));
        },
      ),
      { numRuns: 300 },
    );
  });

  test.skipIf(process.platform === 'win32')('of 5 GB that is none is refused at once', async () => {
    using folder = temporaryFolder();
    fs.truncateSync(folder.write('huge.parquet', 'PAR1'), 5 * 1024 ** 3);
    const began = performance.now();
    const reading = readParquet(localArtifactRepository(folder.path), 'huge.parquet', 5 * 1024 ** 3);
    await expect(reading).rejects.toThrow(/invalid|PAR1/);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

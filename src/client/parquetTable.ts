import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import type { ArtifactRepository } from '../artifacts/repository.ts';

/** What is shown of a Parquet file. */
export interface ParquetPart {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Rows of the whole file. */
  readonly total: number;
  /** The first rows, values of the columns in their order; absent where reading them would take too long. */
  readonly rows: readonly (readonly unknown[])[] | undefined;
}

/** bytes of the end of a file that are read at first; the description of nearly all files is shorter. */
const END = 64 * 1024;
/** bytes that are read at once, whatever a broken file says of its lengths. */
const MOST = 16 * 1024 * 1024;
/** Besides what the library knows by itself. @param length of what comes out, which a broken file may exceed (bytes) */
const COMPRESSORS: Compressors = {
  GZIP: (bytes, length) => gunzipSync(bytes, { maxOutputLength: length || MOST }),
  BROTLI: (bytes, length) => brotliDecompressSync(bytes, { maxOutputLength: length || MOST }),
  ZSTD: (bytes, length) => zstdDecompressSync(bytes, { maxOutputLength: length || MOST }),
};

/** Rows and columns that are shown. */
const SHOWN = { rows: 200, columns: 50 };
/** bytes, unpacked, and values of the columns of the first row group: reading them must not be noticed. */
const QUICK = { bytes: 4 * 1024 * 1024, values: 200_000 };

/**
 * Reads the description of a Parquet file, and its first rows where that is quick: parts of the file, however large it is.
 * @param size of the file (bytes) @throws an Error that says what is wrong with the file
 */
export async function readParquet(repository: ArtifactRepository, path: string, size: number): Promise<ParquetPart> {
  const { file, failed, close } = partsOf(repository, path, size);
  try {
    return await Promise.race([read(file), failed]);
  } finally {
    close();
  }
}

async function read(file: AsyncBuffer): Promise<ParquetPart> {
  const metadata = await parquetMetadataAsync(file, { initialFetchSize: END, geoparquet: false });
  const columns = parquetSchema(metadata)
    .children.slice(0, SHOWN.columns)
    .map(({ element, children }) => ({ name: element.name, type: typeOf(element, children.length) }));
  const names = columns.map(({ name }) => name);
  return { columns, total: Number(metadata.num_rows), rows: await firstRows(file, metadata, names) };
}

/** A file that is read in parts. */
interface Parts {
  readonly file: AsyncBuffer;
  /** Rejects where a part cannot be read. */
  readonly failed: Promise<never>;
  /** No part is wanted any more. */
  close(): void;
}

/**
 * The library begins to read columns before it has looked at all of them, and listens to one after the other: a part that
 * fails meanwhile, or after it has given up, would be a rejection that nobody handles. So parts arrive in turns, in the order
 * in which they were asked for, and one that fails, or is no longer wanted, never arrives.
 */
function partsOf(repository: ArtifactRepository, path: string, byteLength: number): Parts {
  let isOpen = true;
  let turn: Promise<unknown> = Promise.resolve();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // It may fail when nobody waits for it any more.
  failed.catch(() => undefined);
  const never = new Promise<never>(() => undefined);

  async function part(from: number, to: number): Promise<ArrayBuffer> {
    if (to - from > MOST) throw new Error('it has parts that are too large');
    const pieces: Uint8Array[] = [];
    for await (const piece of (await repository.read(path, { from, to })).stream) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    if (bytes.length !== to - from) throw new Error('it ends too early');
    return Uint8Array.from(bytes).buffer;
  }

  const file: AsyncBuffer = {
    byteLength,
    slice(from, to = byteLength) {
      const reading = part(from, to).catch((error: unknown) => {
        reject(error);
        return never;
      });
      const before = turn;
      turn = reading.then(() => before).then(() => new Promise((resolve) => setImmediate(resolve)));
      return turn.then(() => (isOpen ? reading : never));
    },
  };
  return {
    file,
    failed,
    close() {
      isOpen = false;
    },
  };
}

async function firstRows(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
): Promise<readonly (readonly unknown[])[] | undefined> {
  if (!isQuick(metadata, new Set(columns))) return undefined;
  const rows = await parquetReadObjects({
    ...{ file, metadata, columns, rowStart: 0, rowEnd: SHOWN.rows, geoparquet: false },
    compressors: COMPRESSORS,
  });
  return rows.map((row) => columns.map((column) => row[column]));
}

function isQuick({ row_groups: groups }: FileMetaData, columns: ReadonlySet<string>): boolean {
  let [rows, bytes, values] = [0, 0, 0];
  for (const group of groups) {
    if (rows >= SHOWN.rows) break;
    rows += Number(group.num_rows);
    for (const { meta_data: chunk } of group.columns) {
      if (!chunk || !columns.has(chunk.path_in_schema[0] ?? '')) continue;
      bytes += Number(chunk.total_uncompressed_size);
      values += Number(chunk.num_values);
    }
  }
  return bytes <= QUICK.bytes && values <= QUICK.values;
}

function typeOf(
  { type, logical_type: logical, converted_type: converted }: FileMetaData['schema'][number],
  parts: number,
): string {
  const word = logical?.type ?? converted ?? type ?? (parts > 0 ? 'STRUCT' : '');
  return word.toLowerCase().replaceAll('_', ' ').replace('utf8', 'string').replace('byte array', 'bytes');
}

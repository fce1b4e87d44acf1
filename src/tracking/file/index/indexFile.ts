import fs from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { fill } from '../../../files/read.ts';
import { makePrivateFolder, replaceFile } from '../../../files/write.ts';
import type { PackedRuns } from './packedRuns.ts';

/** Packed runs and what their folders looked like. */
export interface IndexRecord {
  readonly packed: PackedRuns;
  readonly looks: Float64Array;
}

/** Raised whenever the records change their form. */
const FORMAT = 1;
/** Length and checksum before each record. */
const HEAD = 8;
/** bytes; a record is much smaller. */
const LARGEST = 2 ** 28;

/**
 * The index of a store between two starts: records one after the other, later ones replacing what earlier ones say of a
 * run. It can be made again from the store at any time, so that whatever is wrong with it only costs that time: a torn end
 * is cut off, anything else (another store's, another version's, damaged) is not read at all.
 */
export class IndexFile {
  readonly #file: string;
  readonly #label: string;
  readonly #isReadOnly: boolean;
  #handle: number | undefined;

  /** @param root real path of the store. */
  constructor(file: string, root: string, isReadOnly = false) {
    this.#file = file;
    this.#isReadOnly = isReadOnly;
    // Another V8 may write typed arrays and maps in another form.
    this.#label = JSON.stringify({ format: FORMAT, v8: process.versions.v8, root });
  }

  load(): readonly IndexRecord[] {
    try {
      const handle = fs.openSync(this.#file, 'r');
      try {
        return this.#read(handle);
      } finally {
        fs.closeSync(handle);
      }
    } catch {
      return [];
    }
  }

  #read(handle: number): readonly IndexRecord[] {
    const records: IndexRecord[] = [];
    let end = 0;
    for (const record of recordsIn(handle)) {
      if (end === 0 && record.bytes.toString() !== this.#label) return [];
      if (end > 0) records.push(owned(deserialize(record.bytes) as IndexRecord));
      end = record.end;
    }
    if (end > 0 && !this.#isReadOnly) this.#open(end);
    return records;
  }

  /** Keeps a record; where that fails, there is no index from here on. */
  append(record: IndexRecord): void {
    if (this.#isReadOnly) return;
    try {
      if (this.#handle === undefined) this.rewrite([]);
      const bytes = frame(serialize(record));
      // What follows a torn record would not be found.
      if (this.#handle !== undefined && fs.writeSync(this.#handle, bytes) < bytes.length) this.#remove();
    } catch {
      this.#remove();
    }
  }

  /** Keeps these records and no others. */
  rewrite(records: readonly IndexRecord[]): void {
    if (this.#isReadOnly) return;
    try {
      this.close();
      makePrivateFolder(path.dirname(this.#file));
      replaceFile(
        this.#file,
        Buffer.concat([frame(Buffer.from(this.#label)), ...records.map((r) => frame(serialize(r)))]),
      );
      this.#handle = fs.openSync(this.#file, 'a');
    } catch {
      this.#remove();
    }
  }

  close(): void {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined) attempt(() => fs.closeSync(handle));
  }

  #open(end: number): void {
    this.#handle = fs.openSync(this.#file, 'a');
    fs.ftruncateSync(this.#handle, end);
  }

  #remove(): void {
    this.close();
    attempt(() => fs.rmSync(this.#file, { force: true }));
  }
}

/** The index does without whatever its disk refuses. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The next start reads what there is, or the store.
  }
}

/** A record that does not keep the bytes which it was read from: its columns are views of them. */
function owned({ packed, looks }: IndexRecord): IndexRecord {
  const { infos, times, metrics, params, tags } = packed;
  return {
    packed: {
      ...packed,
      infos: infos.slice(),
      times: times.slice(),
      metrics: { ...ownedKeys(metrics), values: metrics.values.slice() },
      params: { ...ownedKeys(params), values: params.values.slice() },
      tags: { ...ownedKeys(tags), values: tags.values.slice() },
    },
    looks: looks.slice(),
  };
}

function ownedKeys({ shapes, shape, start }: PackedRuns['metrics' | 'params' | 'tags']) {
  return { shapes: shapes.map((keys) => keys.slice()), shape: shape.slice(), start: start.slice() };
}

function frame(bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(bytes.length, 0);
  head.writeUInt32LE(crc32(bytes), 4);
  return Buffer.concat([head, bytes]);
}

/** The records of an open file up to the first one that is not whole. Each is valid until the next one is asked for. */
function* recordsIn(handle: number): Generator<{ readonly bytes: Buffer; readonly end: number }, void> {
  const head = Buffer.alloc(HEAD);
  // One buffer for all of them: a process keeps the memory of the largest that it ever had.
  let room = Buffer.alloc(0);
  for (let at = 0; fill(head, handle, at) === HEAD; ) {
    const length = head.readUInt32LE(0);
    if (length > LARGEST) return;
    if (length > room.length) room = Buffer.allocUnsafeSlow(length + (length >> 2));
    const bytes = room.subarray(0, length);
    if (fill(bytes, handle, at + HEAD) < length || crc32(bytes) !== head.readUInt32LE(4)) return;
    at += HEAD + length;
    yield { bytes, end: at };
  }
}

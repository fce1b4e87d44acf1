import fs from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { invalidParameter } from '../../entities/error.ts';
import { errorCode } from '../../files/missing.ts';

/** bytes of an archive, and of what comes out of it: a project is code, and neither may fill memory or disk. */
const LIMIT = 500_000_000;

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** The bytes of an archive at a path of this machine or an http(s) URL. @throws an Error where it cannot be had */
export async function readArchive(location: string, signal: AbortSignal): Promise<Buffer> {
  if (!/^https?:/i.test(location)) return fs.readFileSync(location);
  const response = await fetch(location, { signal });
  if (!response.ok) throw new Error(`Unable to retrieve ZIP file. Reason: ${response.status} ${response.statusText}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LIMIT) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Unpacks an archive into a folder. @throws INVALID_PARAMETER_VALUE for a broken one, or one that reaches out of the folder */
export function unzip(archive: Buffer, folder: string): void {
  try {
    let total = 0;
    for (const entry of entriesOf(archive)) {
      total += entry.size;
      if (total > LIMIT) throw tooLarge();
      const target = path.resolve(folder, entry.name);
      if (!target.startsWith(`${path.resolve(folder)}${path.sep}`) || /[\\\0]/.test(entry.name)) {
        throw invalidParameter(`Zip file member ${entry.name} attempts path traversal`);
      }
      if (entry.name.endsWith('/')) fs.mkdirSync(target, { recursive: true });
      else {
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, contentOf(archive, entry), { mode: entry.isProgram ? 0o755 : 0o644 });
      }
    }
  } catch (error) {
    if (error instanceof RangeError || errorCode(error)?.startsWith('Z_'))
      throw invalidParameter('The ZIP file is broken.');
    throw error;
  }
}

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly offset: number;
  readonly packedSize: number;
  readonly size: number;
  readonly isProgram: boolean;
}

/** The files that the directory at the end of an archive lists (APPNOTE 4.3.12). Links become files with their targets. */
function entriesOf(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== END) throw invalidParameter('This is no ZIP file.');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY)
      throw invalidParameter('The ZIP file is broken, or of a kind that is not read.');
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.subarray(at + 46, at + 46 + nameLength).toString('utf8'),
      method: archive.readUInt16LE(at + 10),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      isProgram: ((archive.readUInt32LE(at + 38) >>> 16) & 0o100) !== 0,
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function contentOf(archive: Buffer, { name, method, offset, packedSize, size }: ZipEntry): Buffer {
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const packed = archive.subarray(start, start + packedSize);
  if (method === 0) return packed;
  if (method !== 8) throw invalidParameter(`Zip file member ${name} is packed in a way that is not read.`);
  return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
}

function tooLarge(): Error {
  return invalidParameter(`The ZIP file is too large for a project: the limit is ${LIMIT / 1_000_000} MB.`);
}

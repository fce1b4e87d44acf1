import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileInfo } from '../entities/artifact.ts';
import { artifactSegments, writableSegments } from '../entities/artifactPath.ts';
import { doesNotExist, invalidParameter } from '../entities/error.ts';
import { errorCode, isPathTaken, unlessMissing } from '../files/missing.ts';
import { isTemporary, readFolder, stat } from '../files/read.ts';
import { realPath } from '../files/realPath.ts';
import { makeFolder, remove, temporaryName } from '../files/write.ts';
import type { ArtifactContent, ArtifactRepository, ByteRange } from './repository.ts';

/** Artifacts in a folder of this machine. Symlinks are followed as long as they stay in it. */
export function localArtifactRepository(root: string): ArtifactRepository {
  /** The place of a path, once its existing part is known to lie inside the root (ZDI-CAN-26649, CVE-2023-6014). */
  function place(segments: readonly string[]): string {
    const target = path.join(root, ...segments);
    const realRoot = unlessMissing(() => fs.realpathSync(root));
    if (realRoot === undefined) return target;
    const relative = path.relative(realRoot, realPath(target));
    if (relative.startsWith('..') || path.isAbsolute(relative)) {
      throw invalidParameter('Invalid path: resolved path is outside the artifact directory');
    }
    return target;
  }

  return {
    async list(folder) {
      const segments = artifactSegments(folder);
      const target = place(segments);
      return readFolder(target)
        .filter(({ name }) => !isTemporary(name))
        .flatMap((entry) => fileInfo(target, entry.name, segments));
    },

    async read(file, range): Promise<ArtifactContent> {
      const target = place(artifactSegments(file));
      const found = stat(target);
      // Pipes and devices would never end.
      if (!found?.isFile()) throw doesNotExist(`No such artifact: '${file}'`);
      const part = range && { from: range.from, to: Math.min(range.to, found.size) };
      return { size: found.size, stream: readLater(target, part) };
    },

    async write(file, content) {
      const target = place(writableSegments(file));
      if (stat(target)?.isDirectory()) throw invalidParameter(`Invalid path: '${file}' is a folder`);
      const folder = path.dirname(target);
      makeArtifactFolder(folder, file);
      const temporary = path.join(folder, temporaryName());
      try {
        await pipeline(content, fs.createWriteStream(temporary, { flags: 'wx' }));
        fs.renameSync(temporary, target);
      } catch (error) {
        remove(temporary);
        throw isTooLong(error) ? tooLong() : error;
      }
    },

    async delete(target) {
      const segments = artifactSegments(target);
      // The root itself stays: it belongs to the run.
      if (segments.length > 0) removeIfThere(place(segments));
      else for (const { name } of readFolder(root)) remove(path.join(root, name));
    },
  };
}

/** Opens the file when the first bytes are asked for: who never asks leaves nothing open and meets no error. */
async function* readLater(file: string, range?: ByteRange): AsyncGenerator<Uint8Array> {
  if (range === undefined) yield* fs.createReadStream(file);
  else if (range.from < range.to) yield* fs.createReadStream(file, { start: range.from, end: range.to - 1 });
}

/** A file may stand where the path wants a folder. */
function makeArtifactFolder(folder: string, file: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    if (isPathTaken(error)) throw invalidParameter(`Invalid path: '${file}' would lie in a file`);
    throw isTooLong(error) ? tooLong() : error;
  }
}

/** Removing what has no possible name fails in ways that do not tell so. */
function removeIfThere(target: string): void {
  if (unlessMissing(() => fs.lstatSync(target))) remove(target);
}

function isTooLong(error: unknown): boolean {
  return errorCode(error) === 'ENAMETOOLONG';
}

function tooLong(): Error {
  return invalidParameter('Invalid path: it is too long');
}

function fileInfo(folder: string, name: string, segments: readonly string[]): FileInfo[] {
  const found = stat(path.join(folder, name));
  if (!found) return [];
  const isDir = found.isDirectory();
  return [{ path: [...segments, name].join('/'), isDir, fileSize: isDir ? undefined : found.size }];
}

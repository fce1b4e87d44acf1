import type { ArtifactRepository } from '../artifacts/repository.ts';
import type { FileInfo } from '../entities/artifact.ts';
import { MlflowError } from '../entities/error.ts';
import type { Transfer } from './place.ts';

/** Copies all files, piece by piece. One that cannot be read, or is not taken, is noted, and the others are copied. */
export async function copyArtifacts(
  transfer: Transfer,
  from: ArtifactRepository,
  to: ArtifactRepository,
  folder = '',
): Promise<void> {
  for (const entry of await listed(transfer, from, folder)) {
    transfer.signal?.throwIfAborted();
    if (entry.isDir) await copyArtifacts(transfer, from, to, entry.path);
    else await copyFile(transfer, from, to, entry.path);
  }
}

async function listed(transfer: Transfer, from: ArtifactRepository, folder: string): Promise<readonly FileInfo[]> {
  try {
    return await from.list(folder);
  } catch (error) {
    return noteMissing(transfer, folder || 'artifacts', error) ?? [];
  }
}

async function copyFile(
  transfer: Transfer,
  from: ArtifactRepository,
  to: ArtifactRepository,
  path: string,
): Promise<void> {
  try {
    await to.write(path, pieces(transfer, (await from.read(path)).stream));
  } catch (error) {
    noteMissing(transfer, path, error);
  }
}

/** @throws what no server said: that it was stopped, that nobody answers */
function noteMissing(transfer: Transfer, path: string, error: unknown): undefined {
  transfer.signal?.throwIfAborted();
  if (!(error instanceof MlflowError)) throw error;
  transfer.missing.push(`${path}: ${error.message}`);
}

async function* pieces(transfer: Transfer, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) {
    transfer.signal?.throwIfAborted();
    transfer.count({ bytes: piece.length });
    yield piece;
  }
}

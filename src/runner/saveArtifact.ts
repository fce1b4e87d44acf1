import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactRepository } from '../artifacts/repository.ts';
import { remove, temporaryName } from '../files/write.ts';

export interface SaveOptions {
  readonly signal?: AbortSignal | undefined;
  /** Hears of every piece that was written (bytes). */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/**
 * Writes an artifact to a file of this machine, piece by piece: nobody sees half of it there, whatever is stopped.
 * @throws RESOURCE_DOES_NOT_EXIST where there is no such artifact
 */
export async function saveArtifact(
  repository: ArtifactRepository,
  artifact: string,
  file: string,
  options: SaveOptions = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const { stream } = await repository.read(artifact);
  const temporary = path.join(path.dirname(file), temporaryName());
  const written = fs.createWriteStream(temporary, { flags: 'wx' });
  try {
    await pipeline(pieces(stream, options), written, { ...(signal && { signal }) });
    fs.renameSync(temporary, file);
  } catch (error) {
    // One that was stopped at once may not have been made yet.
    if (!written.closed) await new Promise<void>((resolve) => written.once('close', () => resolve()));
    remove(temporary);
    throw error;
  }
}

/** The same for a folder with all that is in it. @throws an Error where there is nothing, or a name that leads elsewhere */
export async function saveArtifactFolder(
  repository: ArtifactRepository,
  folder: string,
  place: string,
  options: SaveOptions = {},
): Promise<void> {
  const entries = await repository.list(folder);
  if (entries.length === 0) throw new Error('There is no such artifact.');
  fs.mkdirSync(place, { recursive: true });
  for (const entry of entries) {
    options.signal?.throwIfAborted();
    const name = entry.path.split('/').at(-1) ?? '';
    if (name === '' || name === '..' || name === '.' || /[\\:]/.test(name))
      throw new Error(`It holds '${entry.path}'.`);
    const target = path.join(place, name);
    if (entry.isDir) await saveArtifactFolder(repository, entry.path, target, options);
    else await saveArtifact(repository, entry.path, target, options);
  }
}

/** Ends as soon as it is stopped, whoever still waits for a piece. */
async function* pieces(
  stream: AsyncIterable<Uint8Array>,
  { signal, onBytes }: SaveOptions,
): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) {
    signal?.throwIfAborted();
    onBytes?.(piece.length);
    yield piece;
  }
}

import type { ArtifactRepository } from '../../../artifacts/repository.ts';

/** Reads no more of an artifact than its first bytes, however large it is. @param limit bytes */
export async function readStart(
  repository: ArtifactRepository,
  path: string,
  limit: number,
): Promise<{ readonly bytes: Uint8Array; readonly isCut: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (await repository.read(path)).stream) {
    pieces.push(piece);
    length += piece.length;
    if (length > limit) break; // ends the stream
  }
  return { bytes: Buffer.concat(pieces).subarray(0, limit), isCut: length > limit };
}

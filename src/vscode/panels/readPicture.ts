import type { Picture } from '../../protocol/picture.ts';
import { formatBytes } from '../../views/formatNumber.ts';
import { IMAGE_LIMIT, previewKind } from '../../views/runDetails/artifacts.ts';
import type { Connection } from '../services/connections.ts';
import type { ArtifactPlace } from './comparedArtifacts.ts';
import { readStart } from './runDetails/readStart.ts';

/** A picture among a run's artifacts, as far as it can be drawn in a page. @param path what it is called there */
export async function readPicture(
  connection: Connection,
  path: string,
  place: ArtifactPlace | undefined,
): Promise<Picture> {
  const kind = previewKind(path);
  if (!place || kind.kind !== 'image') return { note: 'It is not there any more.' };
  const tooLarge = { note: `Pictures above ${formatBytes(IMAGE_LIMIT)} are not drawn here.` };
  if (place.size > IMAGE_LIMIT) return tooLarge;
  const { bytes, isCut } = await readStart(connection.artifacts.open(place.root), place.path, IMAGE_LIMIT);
  if (isCut) return tooLarge;
  return { uri: `data:${kind.mediaType};base64,${Buffer.from(bytes).toString('base64')}` };
}

import { MlflowError } from '../../../entities/error.ts';
import type { Picture } from '../../../protocol/picture.ts';
import { type ImageStrip, imageStrips } from '../../../views/images.ts';
import { doAtOnce } from '../../services/doAtOnce.ts';
import { type ArtifactPlace, listArtifacts } from '../comparedArtifacts.ts';
import { readPicture } from '../readPicture.ts';
import type { ChartsRuns } from './chartsRuns.ts';

/** Runs whose files are listed at once. */
const AT_ONCE = 4;

/** The pictures among the files of charted runs. */
export class ChartsImages {
  readonly #runs: ChartsRuns;
  readonly #places = new Map<string, ReadonlyMap<string, ArtifactPlace>>();

  constructor(runs: ChartsRuns) {
    this.#runs = runs;
  }

  /** By name, in the order of the runs. A run whose files cannot be listed has none, and does not hide the others'. */
  async list(runIds: readonly string[]): Promise<readonly ImageStrip[]> {
    await doAtOnce(AT_ONCE, runIds, async (runId) => {
      try {
        const connection = this.#connectionOf(runId);
        this.#places.set(runId, await listArtifacts(connection, await connection.tracking.getRun(runId)));
      } catch (error) {
        if (!(error instanceof MlflowError)) throw error;
        this.#places.set(runId, new Map());
      }
    });
    return imageStrips(runIds.map((runId) => [...(this.#places.get(runId)?.keys() ?? [])]));
  }

  read(runId: string, path: string): Promise<Picture> {
    return readPicture(this.#connectionOf(runId), path, this.#places.get(runId)?.get(path));
  }

  #connectionOf(runId: string) {
    return this.#runs.connection(this.#runs.reference(runId).connectionId);
  }
}

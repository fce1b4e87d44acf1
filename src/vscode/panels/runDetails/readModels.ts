import { MlflowError } from '../../../entities/error.ts';
import type { ModelVersion } from '../../../entities/registeredModel.ts';
import type { Run } from '../../../entities/run.ts';
import { quoteValue } from '../../../views/filterText.ts';
import { type ModelFile, parseModelFile } from '../../../views/runDetails/modelFile.ts';
import { loggedModelRow, type ModelRow, recordedModelRow } from '../../../views/runDetails/models.ts';
import { loggedModelIds, recordedModels } from '../../../views/runModels.ts';
import type { Connection } from '../../services/connections.ts';
import { readStart } from './readStart.ts';

/** Far more than MLmodel files have (bytes). */
const MODEL_FILE_LIMIT = 1024 * 1024;

/** The models that a run made: logged models, and folders that a 2.x client recorded. */
export class RunModels {
  /** MLmodel files by their place: they do not change once they are there. */
  readonly #files = new Map<string, ModelFile>();

  async read(connection: Connection, run: Run): Promise<readonly ModelRow[]> {
    const ids = loggedModelIds(run);
    const recorded = recordedModels(run);
    if (ids.length + recorded.length === 0) return [];
    const filter = `run_id = ${quoteValue(run.info.runId)}`;
    const versions = (await unlessRefused(connection.registry.searchModelVersions({ filter })))?.items ?? [];
    const logged = await Promise.all(ids.map((id) => this.#loggedModel(connection, id, versions)));
    const { artifactUri } = run.info;
    const folders = recorded.map(async (model) => {
      const file = await this.#file(connection, artifactUri, model.path);
      return recordedModelRow(model, file, versions, artifactUri);
    });
    return [...logged.filter((row) => row !== undefined), ...(await Promise.all(folders))];
  }

  async #loggedModel(
    connection: Connection,
    id: string,
    versions: readonly ModelVersion[],
  ): Promise<ModelRow | undefined> {
    const model = await unlessRefused(connection.tracking.getLoggedModel(id, { allowDeleted: true }));
    if (model?.lifecycleStage !== 'active') return undefined;
    return loggedModelRow(model, await this.#file(connection, model.artifactUri, ''), versions);
  }

  /** @param folder of the model below the root */
  async #file(connection: Connection, root: string, folder: string): Promise<ModelFile | undefined> {
    const place = `${root} ${folder}`;
    const known = this.#files.get(place);
    if (known) return known;
    const read = async () => {
      const repository = connection.artifacts.open(root);
      const path = folder === '' ? 'MLmodel' : `${folder}/MLmodel`;
      const { bytes, isCut } = await readStart(repository, path, MODEL_FILE_LIMIT);
      return isCut ? undefined : parseModelFile(new TextDecoder().decode(bytes), await repository.list(folder));
    };
    const file = await unlessRefused(read());
    if (file) this.#files.set(place, file);
    return file;
  }
}

/** One broken or missing model does not hide the others. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof MlflowError) return undefined;
    throw error;
  }
}

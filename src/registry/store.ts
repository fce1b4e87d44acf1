import type { Page, SearchOptions } from '../entities/page.ts';
import type {
  ModelVersion,
  ModelVersionStage,
  NewModelVersion,
  NewRegisteredModel,
  RegisteredModel,
} from '../entities/registeredModel.ts';
import type { Tag } from '../entities/run.ts';

/**
 * MLflow Model Registry, as the server and the extension see it: implemented by the file store and by the REST client,
 * each of which passes the conformance suite in `test/conformance/`. Rejects with `MlflowError`.
 */
export interface RegistryStore {
  /** @throws RESOURCE_ALREADY_EXISTS */
  createRegisteredModel(model: NewRegisteredModel): Promise<RegisteredModel>;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getRegisteredModel(name: string): Promise<RegisteredModel>;
  searchRegisteredModels(search: SearchOptions): Promise<Page<RegisteredModel>>;
  /** Tags, aliases and deleted versions move along. */
  renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel>;
  updateRegisteredModel(name: string, description: string): Promise<RegisteredModel>;
  deleteRegisteredModel(name: string): Promise<void>;
  setRegisteredModelTag(name: string, tag: Tag): Promise<void>;
  /** Deleting an absent tag does nothing. */
  deleteRegisteredModelTag(name: string, key: string): Promise<void>;
  setAlias(name: string, alias: string, version: string): Promise<void>;
  /** Deleting an absent alias does nothing. */
  deleteAlias(name: string, alias: string): Promise<void>;
  /** @throws INVALID_PARAMETER_VALUE where there is no such alias (as MLflow does). */
  getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion>;
  /** The newest version of each of the stages; of all four when absent. */
  getLatestVersions(name: string, stages?: readonly string[]): Promise<readonly ModelVersion[]>;

  /** Numbered max + 1; numbers are never used again. */
  createModelVersion(version: NewModelVersion): Promise<ModelVersion>;
  /** @throws RESOURCE_DOES_NOT_EXIST */
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  searchModelVersions(search: SearchOptions): Promise<Page<ModelVersion>>;
  updateModelVersion(name: string, version: string, description: string): Promise<ModelVersion>;
  transitionModelVersionStage(
    name: string,
    version: string,
    stage: ModelVersionStage,
    archiveExistingVersions: boolean,
  ): Promise<ModelVersion>;
  deleteModelVersion(name: string, version: string): Promise<void>;
  setModelVersionTag(name: string, version: string, tag: Tag): Promise<void>;
  /** Deleting an absent tag does nothing. */
  deleteModelVersionTag(name: string, version: string, key: string): Promise<void>;
  /** URI from which the version's files can be read. */
  getDownloadUri(name: string, version: string): Promise<string>;
}

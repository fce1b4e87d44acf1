import type { LoggedModel } from '../../entities/loggedModel.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import { formatBytes } from '../formatNumber.ts';
import type { RecordedModel } from '../runModels.ts';
import type { ModelFile } from './modelFile.ts';

/** Which model of a run: a logged one (MLflow 3) by its id, a folder of the run's artifacts (MLflow 2) by its path. */
export type ModelKey =
  | { readonly modelId: string; readonly path?: undefined }
  | { readonly path: string; readonly modelId?: undefined };

export interface ModelRow {
  readonly key: ModelKey;
  readonly name: string;
  /** Its id, or its folder below the run's artifacts. */
  readonly place: string;
  readonly flavors: readonly string[];
  /** Of its files, such as `1.2 MB`. */
  readonly size: string | undefined;
  /** What differs from a good model: `uploading`, `upload failed`. */
  readonly note: string | undefined;
  /** Versions made from it, such as `Wine v3`. */
  readonly registered: readonly string[];
  readonly canRegister: boolean;
  /** Files that tell of its environment, such as `requirements.txt`, in its folder. */
  readonly environment: readonly string[];
}

const NOTES: Partial<Record<LoggedModel['status'], string>> = {
  LOGGED_MODEL_PENDING: 'uploading',
  LOGGED_MODEL_UPLOAD_FAILED: 'upload failed',
};

/** @param file its MLmodel; absent where it cannot be read */
export function loggedModelRow(
  model: LoggedModel,
  file: ModelFile | undefined,
  versions: readonly ModelVersion[],
): ModelRow {
  const { modelId, name, status, modelType } = model;
  return {
    key: { modelId },
    name,
    place: modelId,
    flavors: file?.flavors ?? (modelType ? [modelType] : []),
    size: sizeOf(file),
    note: NOTES[status],
    registered: titles(versions.filter((it) => it.modelId === modelId || it.source === `models:/${modelId}`)),
    canRegister: status !== 'LOGGED_MODEL_UPLOAD_FAILED',
    environment: file?.environment ?? [],
  };
}

/** @param artifactUri of the run */
export function recordedModelRow(
  model: RecordedModel,
  file: ModelFile | undefined,
  versions: readonly ModelVersion[],
  artifactUri: string,
): ModelRow {
  const { path } = model;
  const source = `${artifactUri.replace(/\/$/, '')}/${path}`;
  return {
    key: { path },
    name: path.split('/').at(-1) || path,
    place: path,
    flavors: model.flavors.length > 0 ? model.flavors : (file?.flavors ?? []),
    size: sizeOf(file),
    note: undefined,
    registered: titles(versions.filter((it) => it.source === source)),
    canRegister: true,
    environment: file?.environment ?? [],
  };
}

function sizeOf(file: ModelFile | undefined): string | undefined {
  return file?.sizeBytes === undefined ? undefined : formatBytes(file.sizeBytes);
}

function titles(versions: readonly ModelVersion[]): readonly string[] {
  return versions.map(({ name, version }) => `${name} v${version}`);
}

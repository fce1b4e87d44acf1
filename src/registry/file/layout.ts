import path from 'node:path';

/** The names that MLflow's registry FileStore gives to files and folders; nothing else in this folder spells them out. */
const META = 'meta.yaml';
export const TAGS = 'tags';
const MODELS = 'models';
const ALIASES = 'aliases';
const VERSION = /^version-(\d+)$/;

export function modelsFolder(root: string): string {
  return path.join(root, MODELS);
}

export function metaFile(folder: string): string {
  return path.join(folder, META);
}

export function tagFile(folder: string, key: string): string {
  return path.join(folder, TAGS, ...key.split('/'));
}

export function aliasesFolder(modelFolder: string): string {
  return path.join(modelFolder, ALIASES);
}

export function aliasFile(modelFolder: string, alias: string): string {
  return path.join(aliasesFolder(modelFolder), alias);
}

export function versionFolder(modelFolder: string, version: number): string {
  return path.join(modelFolder, `version-${version}`);
}

/** The number in the name of a version's folder. */
export function versionOfFolder(name: string): number | undefined {
  const digits = VERSION.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The stage of a version that was deleted: its folder stays, so that its number is never used again. */
export const DELETED_STAGE = 'Deleted_Internal';

/** The keys of the YAML files. */
export const MODEL = {
  name: 'name',
  creationTimestamp: 'creation_timestamp',
  lastUpdatedTimestamp: 'last_updated_timestamp',
  description: 'description',
} as const;

export const MODEL_VERSION = {
  ...MODEL,
  version: 'version',
  userId: 'user_id',
  currentStage: 'current_stage',
  source: 'source',
  storageLocation: 'storage_location',
  runId: 'run_id',
  runLink: 'run_link',
  modelId: 'model_id',
  status: 'status',
  statusMessage: 'status_message',
} as const;

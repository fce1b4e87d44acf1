import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import type { ModelVersion, ModelVersionStage, RegisteredModel } from '../../entities/registeredModel.ts';
import type { Tag } from '../../entities/run.ts';
import { integerField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta } from '../../files/metaYaml.ts';
import { isPathTaken } from '../../files/missing.ts';
import { isFolder, readFilesBelow, readFolder, readSubfolders, readText } from '../../files/read.ts';
import { readMeta } from '../../files/readMeta.ts';
import { type OnFailure, type PreparedFile, prepareFile, remove, replaceFile } from '../../files/write.ts';
import {
  aliasesFolder,
  aliasFile,
  DELETED_STAGE,
  MODEL,
  MODEL_VERSION,
  metaFile,
  TAGS,
  tagFile,
  versionFolder,
  versionOfFolder,
} from './layout.ts';

/** A registered model without what follows from its versions. */
export type ModelRecord = Omit<RegisteredModel, 'latestVersions'>;

/** A version as it lies on disk: deleted ones are kept, and the place of its files is known. */
export interface VersionRecord extends Omit<ModelVersion, 'currentStage'> {
  readonly currentStage: ModelVersionStage | typeof DELETED_STAGE;
  readonly storageLocation: string | undefined;
}

/** @throws an Error that says what is wrong with the meta file. */
export async function readModel(folder: string): Promise<ModelRecord | undefined> {
  const meta = await readMeta(metaFile(folder));
  if (!meta) return undefined;
  const created = integerField(meta, MODEL.creationTimestamp) ?? 0;
  return {
    name: requiredText(meta, MODEL.name),
    creationTimestamp: created,
    lastUpdatedTimestamp: integerField(meta, MODEL.lastUpdatedTimestamp) ?? created,
    description: textField(meta, MODEL.description) ?? '',
    tags: readTags(folder),
    aliases: readAliases(folder),
  };
}

export function writeModel(folder: string, model: ModelRecord): void {
  prepareModel(folder, model).commit();
}

/** The first half of `writeModel`. */
export function prepareModel(folder: string, model: ModelRecord): PreparedFile {
  const meta = formatMeta({
    [MODEL.name]: model.name,
    [MODEL.creationTimestamp]: model.creationTimestamp,
    [MODEL.lastUpdatedTimestamp]: model.lastUpdatedTimestamp,
    [MODEL.description]: model.description,
  });
  return prepareFile(metaFile(folder), meta);
}

/** @throws an Error that says what is wrong with the meta file. */
export async function readVersion(
  folder: string,
  aliases: ReadonlyMap<string, string>,
): Promise<VersionRecord | undefined> {
  const meta = await readMeta(metaFile(folder));
  if (!meta) return undefined;
  const created = integerField(meta, MODEL_VERSION.creationTimestamp) ?? 0;
  const version = requiredText(meta, MODEL_VERSION.version);
  return {
    name: requiredText(meta, MODEL_VERSION.name),
    version,
    creationTimestamp: created,
    lastUpdatedTimestamp: integerField(meta, MODEL_VERSION.lastUpdatedTimestamp) ?? created,
    userId: textField(meta, MODEL_VERSION.userId),
    currentStage: (textField(meta, MODEL_VERSION.currentStage) ?? 'None') as VersionRecord['currentStage'],
    description: textField(meta, MODEL_VERSION.description) ?? '',
    source: textField(meta, MODEL_VERSION.source) ?? '',
    storageLocation: textField(meta, MODEL_VERSION.storageLocation),
    runId: textField(meta, MODEL_VERSION.runId) || undefined,
    runLink: textField(meta, MODEL_VERSION.runLink) || undefined,
    modelId: textField(meta, MODEL_VERSION.modelId) || undefined,
    status: (textField(meta, MODEL_VERSION.status) ?? 'READY') as VersionRecord['status'],
    statusMessage: textField(meta, MODEL_VERSION.statusMessage),
    tags: readTags(folder),
    aliases: [...aliases].filter(([, target]) => target === version).map(([alias]) => alias),
  };
}

export function writeVersion(folder: string, version: VersionRecord): void {
  prepareVersion(folder, version).commit();
}

/** The first half of `writeVersion`. */
export function prepareVersion(folder: string, version: VersionRecord): PreparedFile {
  const meta = formatMeta({
    [MODEL_VERSION.name]: version.name,
    [MODEL_VERSION.version]: Number(version.version),
    [MODEL_VERSION.creationTimestamp]: version.creationTimestamp,
    [MODEL_VERSION.lastUpdatedTimestamp]: version.lastUpdatedTimestamp,
    [MODEL_VERSION.userId]: version.userId,
    [MODEL_VERSION.currentStage]: version.currentStage,
    [MODEL_VERSION.description]: version.description,
    [MODEL_VERSION.source]: version.source,
    [MODEL_VERSION.storageLocation]: version.storageLocation,
    [MODEL_VERSION.runId]: version.runId,
    [MODEL_VERSION.runLink]: version.runLink,
    [MODEL_VERSION.modelId]: version.modelId,
    [MODEL_VERSION.status]: version.status,
    [MODEL_VERSION.statusMessage]: version.statusMessage,
  });
  return prepareFile(metaFile(folder), meta);
}

/** @throws INVALID_PARAMETER_VALUE where its name is a part of another tag's, or has one as a part */
export function writeTag(folder: string, { key, value }: Tag): void {
  const file = tagFile(folder, key);
  try {
    replaceFile(file, value, folder);
  } catch (error) {
    if (!isPathTaken(error) && !isFolder(file)) throw error;
    throw invalidParameter(`'${key}' cannot be set: a part of its name is in use as another name.`);
  }
}

function readTags(folder: string): ReadonlyMap<string, string> {
  return new Map(readFilesBelow(path.join(folder, TAGS)).map((key) => [key, readText(tagFile(folder, key)) ?? '']));
}

function readAliases(modelFolder: string): ReadonlyMap<string, string> {
  const names = readFolder(aliasesFolder(modelFolder)).filter((entry) => entry.isFile());
  return new Map(names.map(({ name }) => [name, (readText(aliasFile(modelFolder, name)) ?? '').trim()]));
}

export function writeAlias(modelFolder: string, alias: string, version: string, onFailure?: OnFailure): void {
  const file = aliasFile(modelFolder, alias);
  const before = readText(file);
  replaceFile(file, version, modelFolder);
  onFailure?.(() => (before === undefined ? remove(file) : replaceFile(file, before, modelFolder)));
}

/** The numbers of a model's versions, deleted ones included, from the first. */
export function readVersionNumbers(modelFolder: string): number[] {
  return readSubfolders(modelFolder)
    .map(versionOfFolder)
    .filter((version) => version !== undefined)
    .sort((a, b) => a - b);
}

/** All versions that can be read, deleted ones left out. */
export async function readVersions(
  modelFolder: string,
  aliases: ReadonlyMap<string, string>,
): Promise<readonly ModelVersion[]> {
  const folders = readVersionNumbers(modelFolder).map((version) => versionFolder(modelFolder, version));
  const versions = await Promise.all(folders.map((folder) => readVersion(folder, aliases).catch(() => undefined)));
  return versions.filter(isLive).map(withoutStorage);
}

export function isLive(version: VersionRecord | undefined): version is VersionRecord & ModelVersion {
  return version !== undefined && version.currentStage !== DELETED_STAGE;
}

/** Where the files lie is the store's own business; `getDownloadUri` tells it. */
export function withoutStorage(version: VersionRecord & ModelVersion): ModelVersion {
  const { storageLocation: _, ...rest } = version;
  return rest;
}

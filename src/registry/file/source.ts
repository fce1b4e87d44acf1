import path from 'node:path';
import { doesNotExist, invalidParameter } from '../../entities/error.ts';
import type { LoggedModel } from '../../entities/loggedModel.ts';
import type { ModelVersion, NewModelVersion } from '../../entities/registeredModel.ts';
import type { Run } from '../../entities/run.ts';
import { withoutSlashesAtEnd } from '../../entities/slashes.ts';
import { mayLeaveItsFolder } from '../../entities/uriPath.ts';
import { pathOfUri } from '../../files/fileUri.ts';
import { realPath } from '../../files/realPath.ts';

/** What the registry must ask about runs and models; a tracking store is one. */
export interface ModelLookup {
  getRun(runId: string): Promise<Run>;
  getLoggedModel(modelId: string): Promise<LoggedModel>;
}

/** How the registry finds its own versions, for copies. */
export interface VersionLookup {
  getModelVersion(name: string, version: string): Promise<ModelVersion>;
  getDownloadUri(name: string, version: string): Promise<string>;
}

export interface ResolvedSource {
  /** URI or path that the files can be read from. */
  readonly storageLocation: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

const PROMPT_TAG = 'mlflow.prompt.is_prompt';

/**
 * Where the files of a new version lie. A local source must lie below the artifacts of its run or model, symlinks
 * followed, so that no version makes other files of the machine readable (CVE-2023-1177, CVE-2026-2614).
 * @throws INVALID_PARAMETER_VALUE
 */
export async function resolveSource(
  version: NewModelVersion,
  lookup: ModelLookup,
  versions: VersionLookup,
): Promise<ResolvedSource> {
  const { source, runId, modelId } = version;
  if (version.tags?.get(PROMPT_TAG) === 'true') {
    // MLflow's clients give prompts a source that names nothing, without any scheme.
    if (/^file:/i.test(source) || path.isAbsolute(source) || path.win32.isAbsolute(source)) {
      throw invalidParameter(`Invalid prompt source: '${source}'. Local source paths are not allowed for prompts.`);
    }
    return { storageLocation: source, runId, modelId };
  }
  if (isLocal(source)) return { storageLocation: await checkLocal(version, lookup), runId, modelId };
  checkRemote(source);

  const logged = /^models:\/+(m-[^/@]+)$/.exec(source)?.[1];
  if (logged !== undefined) {
    const model = await lookup.getLoggedModel(logged);
    return { storageLocation: model.artifactUri, runId: runId ?? model.sourceRunId, modelId: modelId ?? model.modelId };
  }
  const copied = /^models:\/+([^/@]+)\/(\d+)$/.exec(source);
  if (copied?.[1] && copied[2]) {
    const original = await versions.getModelVersion(copied[1], copied[2]);
    const storageLocation = await versions.getDownloadUri(copied[1], copied[2]);
    return { storageLocation, runId: runId ?? original.runId, modelId: modelId ?? original.modelId };
  }
  const ofRun = /^runs:\/+([^/]+)\/(.+)$/s.exec(source);
  if (ofRun?.[1] && ofRun[2]) return resolveRunSource(version, ofRun[1], withoutSlashesAtEnd(ofRun[2]), lookup);
  return { storageLocation: source, runId, modelId };
}

/** MLflow 3 keeps a run's model as an entity of its own, outside of the run's artifacts. */
async function resolveRunSource(
  { runId, modelId }: NewModelVersion,
  sourceRunId: string,
  artifactPath: string,
  lookup: ModelLookup,
): Promise<ResolvedSource> {
  const run = await lookup.getRun(sourceRunId);
  const outputs = await Promise.all(
    run.modelOutputs.map((output) => lookup.getLoggedModel(output.modelId).catch(() => undefined)),
  );
  const model = outputs.find((output) => output?.name === artifactPath);
  return {
    storageLocation: model?.artifactUri ?? `${run.info.artifactUri}/${artifactPath}`,
    runId: runId ?? sourceRunId,
    modelId: modelId ?? model?.modelId,
  };
}

function isLocal(source: string): boolean {
  return /^file:/i.test(source) || /^[a-zA-Z]:[\\/]/.test(source) || !/^[a-zA-Z][\w+.-]*:/.test(source);
}

async function checkLocal({ source, runId, modelId }: NewModelVersion, lookup: ModelLookup): Promise<string> {
  const refused = invalidParameter(
    `Invalid model version source: '${source}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`,
  );
  const target = pathOfUri(source);
  if (target === undefined || source.split(/[\\/]/).includes('..')) throw refused;
  const roots = await Promise.all([
    runId === undefined ? undefined : lookup.getRun(runId).then(({ info }) => info.artifactUri, rethrowUnknown),
    modelId === undefined ? undefined : lookup.getLoggedModel(modelId).then((m) => m.artifactUri, rethrowUnknown),
  ]);
  if (!roots.some((root) => root !== undefined && contains(root, target))) throw refused;
  return source;
}

function rethrowUnknown(error: unknown): never {
  throw error instanceof Error ? doesNotExist(error.message) : error;
}

function contains(rootUri: string, target: string): boolean {
  const root = pathOfUri(rootUri);
  if (root === undefined) return false;
  const relative = path.relative(realPath(root), realPath(target));
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function checkRemote(source: string): void {
  if (!mayLeaveItsFolder(source)) return;
  throw invalidParameter(
    `Invalid model version source: '${source}'. If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.`,
  );
}

import { invalidParameter, MlflowError } from '../entities/error.ts';
import { withoutSlashesAtEnd } from '../entities/slashes.ts';
import { TRACE_ARTIFACTS_TAG } from '../entities/trace.ts';
import { fileResponse } from './fileResponse.ts';
import { fileJson, list } from './json.ts';
import { Message } from './message.ts';
import type { Parts } from './parts.ts';
import { checkPath } from './paths.ts';
import { jsonResponse } from './response.ts';
import type { MessageHandler, RawHandler } from './route.ts';

/** The files of a run, paths relative to its artifact root. */
export const listRunArtifacts: MessageHandler = async ({ tracking, artifacts }, message) => {
  const path = folderPath(message, 'path');
  const root = (await tracking.getRun(message.runId())).info.artifactUri;
  return { root_uri: root, ...list('files', (await artifacts.open(root).list(path)).map(fileJson)) };
};

export const listLoggedModelArtifacts: MessageHandler = async ({ tracking, artifacts }, message) => {
  const path = folderPath(message, 'artifact_directory_path');
  const root = (await tracking.getLoggedModel(message.text('model_id'))).artifactUri;
  return { root_uri: root, ...list('files', (await artifacts.open(root).list(path)).map(fileJson)) };
};

/** A file of a run. */
export const getRunArtifact: RawHandler = async ({ tracking, artifacts }, request) => {
  const message = Message.ofQuery(request.query);
  const path = checkPath(message.text('path'));
  const root = (await tracking.getRun(message.runId())).info.artifactUri;
  return fileResponse(artifacts.open(root), path, request.header('range'));
};

/** bytes; what MLflow takes from its pages. */
const MAX_UPLOAD = 10 * 1024 * 1024;

/** A small file that a page adds to a run. */
export const uploadRunArtifact: RawHandler = async ({ tracking, artifacts }, { query, body }) => {
  const message = Message.ofQuery(query);
  const runId = message.optionalText('run_uuid') ?? invalid('Request must specify run_uuid.');
  const path = checkPath(message.optionalText('path') ?? invalid('Request must specify path.'));
  const content = await readUpload(body);
  if (content.length === 0) invalid('Request must specify data.');
  const { info } = await tracking.getRun(runId);
  await artifacts.open(info.artifactUri).write(path, single(content));
  return jsonResponse({});
};

/** A file of any size that our own client adds to a run or a logged model, wherever their artifacts lie. */
export const putRunArtifact: RawHandler = async ({ tracking, artifacts }, { body }, { run_id = '', path = '' }) => {
  await artifacts.open((await tracking.getRun(run_id)).info.artifactUri).write(checkPath(path), body);
  return jsonResponse({});
};

export const putLoggedModelArtifact: RawHandler = async ({ tracking, artifacts }, { body }, values) => {
  const { artifactUri } = await tracking.getLoggedModel(values.model_id ?? '');
  await artifacts.open(artifactUri).write(checkPath(values.path ?? ''), body);
  return jsonResponse({});
};

async function readUpload(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_UPLOAD) invalid('Artifact size is too large. Max size is 10MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function* single(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

function invalid(message: string): never {
  throw invalidParameter(message);
}

export const getLoggedModelArtifact: RawHandler = async ({ tracking, artifacts }, request, values) => {
  const message = Message.ofQuery(request.query, values);
  const file = message.optionalText('artifact_file_path');
  if (file === undefined) {
    throw new MlflowError('BAD_REQUEST', 'Request must include the "artifact_file_path" query parameter.');
  }
  const path = checkPath(file);
  const root = (await tracking.getLoggedModel(message.text('model_id'))).artifactUri;
  return fileResponse(artifacts.open(root), path, request.header('range'));
};

export const getModelVersionArtifact: RawHandler = async ({ registry, artifacts }, { query }) => {
  const message = Message.ofQuery(query);
  const path = checkPath(message.text('path'));
  const root = await registry.getDownloadUri(message.text('name'), message.text('version'));
  return fileResponse(artifacts.open(root), path);
};

/** The spans of a trace, or an attachment of it. */
export const getTraceArtifact: RawHandler = async ({ tracking, artifacts }, { query }) => {
  const message = Message.ofQuery(query);
  const attachment = message.optionalText('path');
  const { tags } = await tracking.getTrace(message.text('request_id'));
  const path = attachment === undefined ? 'traces.json' : `attachments/${checkPath(attachment)}`;
  const repository = artifacts.open(tags.get(TRACE_ARTIFACTS_TAG) ?? '');
  return fileResponse(repository, path).catch((error: unknown) => {
    const isMissing = error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST';
    throw isMissing ? new MlflowError('NOT_FOUND', `Trace data not found for path=${path}`) : error;
  });
};

/** Below here: the server's own artifact store, which clients know as `mlflow-artifacts:/`. */

export const listArtifacts: MessageHandler = async (parts, message) => {
  const files = await ownArtifacts(parts).list(folderPath(message, 'path'));
  const named = files.map((file) => ({ ...file, path: file.path.slice(file.path.lastIndexOf('/') + 1) }));
  return list('files', named.map(fileJson));
};

export const downloadArtifact: RawHandler = (parts, request, values) =>
  fileResponse(ownArtifacts(parts), values.path ?? '', request.header('range'));

export const uploadArtifact: RawHandler = async (parts, request, values) => {
  await ownArtifacts(parts).write(values.path ?? '', request.body);
  return jsonResponse({});
};

export const deleteArtifact: MessageHandler = async (parts, message) => {
  await ownArtifacts(parts).delete(message.text('path'));
  return {};
};

function ownArtifacts({ artifacts }: Parts) {
  return artifacts.open('mlflow-artifacts:/');
}

function folderPath(message: Message, name: string): string {
  return checkPath(withoutSlashesAtEnd(message.anyText(name)));
}

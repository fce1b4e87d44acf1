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
export const getRunArtifact: RawHandler = async ({ tracking, artifacts }, { query }) => {
  const message = Message.ofQuery(query);
  const path = checkPath(message.text('path'));
  return fileResponse(artifacts.open((await tracking.getRun(message.runId())).info.artifactUri), path);
};

export const getLoggedModelArtifact: RawHandler = async ({ tracking, artifacts }, { query }, values) => {
  const message = Message.ofQuery(query, values);
  const path = checkPath(message.text('artifact_file_path'));
  return fileResponse(artifacts.open((await tracking.getLoggedModel(message.text('model_id'))).artifactUri), path);
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
  return fileResponse(artifacts.open(tags.get(TRACE_ARTIFACTS_TAG) ?? ''), path);
};

/** Below here: the server's own artifact store, which clients know as `mlflow-artifacts:/`. */

export const listArtifacts: MessageHandler = async (parts, message) => {
  const files = await ownArtifacts(parts).list(folderPath(message, 'path'));
  const named = files.map((file) => ({ ...file, path: file.path.slice(file.path.lastIndexOf('/') + 1) }));
  return list('files', named.map(fileJson));
};

export const downloadArtifact: RawHandler = (parts, _request, values) =>
  fileResponse(ownArtifacts(parts), values.path ?? '');

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
  return checkPath(message.anyText(name).replace(/\/+$/, ''));
}

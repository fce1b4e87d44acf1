import { MlflowError } from '../entities/error.ts';
import { jsonResponse, respond, textResponse } from './response.ts';
import type { MessageHandler, RawHandler } from './route.ts';

/**
 * The level of MLflow's API that we speak, for clients that ask. From 3.4 on they would send every span to `/v1/traces`
 * first, which we do not take.
 */
const API_LEVEL = '3.3.2';

/** MLflow's clients print links to pages that this server does not have; whoever follows one learns where to look. */
export const introduce: RawHandler = () =>
  textResponse(
    200,
    'This is the tracking server of MLflow Workbench.\nIts experiments, runs and models are in the MLflow view of VS Code.\n',
  );

export const getHealth: RawHandler = () => respond(200, 'text/html; charset=utf-8', 'OK');

export const getVersion: RawHandler = () => textResponse(200, API_LEVEL);

/** Without multipart and presigned transfers, clients stay with plain PUT and GET. */
export const getServerInfo: MessageHandler = ({ storeName }) => ({
  store_type: storeName,
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: false,
  multipart_downloads_enabled: false,
});

/** Clients stop sending spans when they read these words. */
export const refuseSpans: RawHandler = ({ storeName }) =>
  jsonResponse({ detail: `REST OTLP span logging is not supported by ${storeName}` }, 501);

export const refuseMultipart: MessageHandler = () => {
  throw new MlflowError('NOT_IMPLEMENTED', 'Multipart upload is not supported for the current artifact repository');
};

export const refusePresigned: MessageHandler = () => {
  throw new MlflowError('NOT_IMPLEMENTED', 'Multipart download is not supported for the current artifact repository');
};

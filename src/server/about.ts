import { jsonResponse, respond, textResponse } from './response.ts';
import type { MessageHandler, RawHandler } from './route.ts';

/**
 * The level of MLflow's API that we speak, for clients that ask. From 3.4 on they would send every span to `/v1/traces`
 * first, which we do not take.
 */
const API_LEVEL = '3.3.2';

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

/** No gateway is configured, and requests of a page must not reach other servers through this one (SSRF). */
export const getGatewayEndpoints: MessageHandler = () => ({ endpoints: [] });

/** MLflow's pages ask whether they may report what their users do. They may not. */
export const getUiTelemetry: MessageHandler = () => ({
  disable_ui_telemetry: true,
  disable_ui_events: [],
  ui_rollout_percentage: 0,
});

export const ignoreUiTelemetry: MessageHandler = () => ({ status: 'disabled' });

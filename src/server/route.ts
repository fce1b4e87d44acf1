import type { JsonObject } from '../entities/jsonText.ts';
import type { ApiRequest, ApiResponse } from './http.ts';
import type { Message } from './message.ts';
import type { AppParts } from './parts.ts';
import type { JsonBytes } from './response.ts';

/** Answers a request of MLflow's API proper: a message in, a message out. The route's values are in the message too. */
export type MessageHandler = (
  parts: AppParts,
  message: Message,
) => Promise<JsonObject | JsonBytes> | JsonObject | JsonBytes;

/** Answers any other request. `values` are the route's, decoded. */
export type RawHandler = (
  parts: AppParts,
  request: ApiRequest,
  values: Readonly<Record<string, string>>,
) => Promise<ApiResponse> | ApiResponse;

/**
 * `path` is below `/api/2.0` and its twins, or the whole path where it begins with `//`; where it begins with `/2.0/` or
 * `/3.0/`, only that version of the API has it. `{name}` is one segment of it, `{name*}` all that is left.
 */
export type Route = {
  readonly method: string;
  readonly path: string;
  /** Changes nothing although it is no GET: a search takes more than fits into a query. */
  readonly reads?: boolean;
  /** Its body is as large as what MLflow's limits let a batch, a dataset or a model be. */
  readonly carriesDocuments?: boolean;
} & (
  | { readonly kind: 'message'; readonly handle: MessageHandler }
  | { readonly kind: 'raw'; readonly handle: RawHandler }
);

import type { ErrorCode } from '../entities/error.ts';
import { MlflowError } from '../entities/error.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import { diskErrorOf } from './diskError.ts';
import type { ApiResponse } from './http.ts';

/** HTTP status of each error code. What is not supported is 501 and not MLflow's 500: clients retry that for minutes. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  BAD_REQUEST: 400,
  CANCELLED: 499,
  CUSTOMER_UNAUTHORIZED: 401,
  DATA_LOSS: 500,
  DEADLINE_EXCEEDED: 504,
  ENDPOINT_NOT_FOUND: 404,
  FEATURE_DISABLED: 501,
  INTERNAL_ERROR: 500,
  INVALID_PARAMETER_VALUE: 400,
  INVALID_STATE: 500,
  NOT_FOUND: 404,
  NOT_IMPLEMENTED: 501,
  PERMISSION_DENIED: 403,
  REQUEST_LIMIT_EXCEEDED: 429,
  RESOURCE_ALREADY_EXISTS: 400,
  RESOURCE_CONFLICT: 409,
  RESOURCE_DOES_NOT_EXIST: 404,
  RESOURCE_EXHAUSTED: 429,
  TEMPORARILY_UNAVAILABLE: 503,
  UNAUTHENTICATED: 401,
};

/** On every response: nothing of it may be cached, sniffed, framed or read by another origin's page. */
const SAFE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

export function respond(
  status: number,
  type: string,
  body: ApiResponse['body'],
  more?: Readonly<Record<string, string>>,
): ApiResponse {
  return { status, headers: { 'content-type': type, ...SAFE_HEADERS, ...more }, body };
}

/** A JSON object that has been written already. */
export class JsonBytes {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export function jsonResponse(value: JsonObject | JsonBytes, status = 200): ApiResponse {
  return respond(status, 'application/json', value instanceof JsonBytes ? value.bytes : JSON.stringify(value));
}

export function textResponse(status: number, text: string): ApiResponse {
  return respond(status, 'text/plain; charset=utf-8', text);
}

const DEFECT = { code: 'INTERNAL_ERROR', message: 'The server met an unexpected error; its log tells more.' } as const;

/** A body that is not taken, for a reason that has an HTTP status of its own. What is left of it is not read. */
export class RefusedBody extends MlflowError {
  readonly status: number;

  constructor(status: number, message: string, code: ErrorCode = 'BAD_REQUEST') {
    super(code, message);
    this.status = status;
  }
}

/** The one place where an error becomes a response. Defects tell nothing of themselves to the client. */
export function errorResponse(error: unknown): ApiResponse {
  const disk = diskErrorOf(error);
  if (disk) return jsonResponse({ error_code: disk.code, message: disk.message }, disk.status);
  const { code, message } = error instanceof MlflowError ? error : DEFECT;
  return jsonResponse({ error_code: code, message }, error instanceof RefusedBody ? error.status : STATUS[code]);
}

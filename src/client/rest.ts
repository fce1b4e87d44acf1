import { type ErrorCode, MlflowError } from '../entities/error.ts';
import { type JsonObject, parseJson } from '../entities/jsonText.ts';
import { withoutSlashesAtEnd } from '../entities/slashes.ts';
import { Reply } from './reply.ts';

export interface ConnectOptions {
  /** Sent as a bearer token, as `MLFLOW_TRACKING_TOKEN` is. */
  readonly token?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** ms between two looks at a server that does not tell of its changes; 5,000 when absent. */
  readonly pollInterval?: number | undefined;
}

/** Values of a query; lists are repeated keys, absent ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

const API = '/api/2.0/mlflow';

/** Speaks to one MLflow server: a message out, a message in, and its errors as `MlflowError`. */
export class Rest {
  readonly url: string;
  readonly #fetch: typeof fetch;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, options: ConnectOptions = {}) {
    this.url = withoutSlashesAtEnd(url);
    this.#fetch = options.fetch ?? fetch;
    this.#headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  }

  /** @param path below `/api/2.0/mlflow`. */
  async get(path: string, query: Query = {}): Promise<Reply> {
    return this.message('GET', `${API}${path}`, { query });
  }

  async post(path: string, body: JsonObject): Promise<Reply> {
    return this.message('POST', `${API}${path}`, { body });
  }

  async patch(path: string, body: JsonObject): Promise<Reply> {
    return this.message('PATCH', `${API}${path}`, { body });
  }

  async delete(path: string, body: JsonObject = {}): Promise<Reply> {
    return this.message('DELETE', `${API}${path}`, { body });
  }

  /** @param path the whole path. */
  async message(method: string, path: string, { query, body }: { query?: Query; body?: JsonObject }): Promise<Reply> {
    const response = await this.send(method, path, {
      ...(query && { query }),
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return Reply.of(parseReply(await response.text()));
  }

  /** @throws MlflowError where the server answers with an error; TypeError where it does not answer. */
  async send(method: string, path: string, request: RestRequest = {}): Promise<Response> {
    const response = await this.#fetch(`${this.url}${path}${formatQuery(request.query ?? {})}`, {
      method,
      headers: { ...this.#headers, ...request.headers },
      redirect: 'error',
      ...(request.signal && { signal: request.signal }),
      ...(request.body !== undefined && { body: request.body, duplex: 'half' }),
    });
    if (!response.ok) throw await readError(response);
    return response;
  }
}

export interface RestRequest {
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;
  readonly signal?: AbortSignal;
}

function formatQuery(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (Array.isArray(value) ? value : [value]).map((item): [string, string] => [name, String(item)]);
  });
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

function parseReply(text: string): unknown {
  return text === '' ? {} : parseJson(text);
}

/** What the statuses mean where a server (or a proxy before it) does not say it in MLflow's words. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'BAD_REQUEST',
  409: 'RESOURCE_CONFLICT',
  429: 'REQUEST_LIMIT_EXCEEDED',
  501: 'NOT_IMPLEMENTED',
  503: 'TEMPORARILY_UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

async function readError(response: Response): Promise<MlflowError> {
  const told = parseError(await response.text());
  const code = told.optionalText('error_code') ?? CODES[response.status] ?? 'INTERNAL_ERROR';
  const message = told.optionalText('message') ?? `${response.status} ${response.statusText}`.trim();
  return new MlflowError(code as ErrorCode, message);
}

/** Pages of HTML and plain text tell nothing: the status has to do. */
function parseError(text: string): Reply {
  try {
    return Reply.of(JSON.parse(text));
  } catch {
    return Reply.of(undefined);
  }
}

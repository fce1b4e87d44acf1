/**
 * The server's whole contract with the world: a request in, a response out. `listen.ts` binds it to a loopback socket,
 * tests and the REST client's conformance suite call it in process.
 */
export type App = (request: ApiRequest) => Promise<ApiResponse>;

export interface ApiRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The value of a header by its lower-case name. */
  header(name: string): string | undefined;
  /** The raw body, once, as it comes. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The same, whole; `undefined` where it is longer than `limit` bytes, and then the rest is not read. */
  readBody(limit: number): Promise<Buffer | undefined>;
  /** Aborts when the other side has gone. */
  readonly signal: AbortSignal;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Streams are sent as they come and end the response when they end. */
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array | string>;
}

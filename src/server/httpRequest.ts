import type { Writable } from 'node:stream';
import type { Bodies, Incoming } from './bodies.ts';
import type { ApiRequest } from './http.ts';

/** What Node's parser has read of a request. */
export interface IncomingRequest extends Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What a request needs of the server that it came to. */
export interface RequestContext {
  readonly bodies: Bodies;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}

/** A request that came over a socket. A class, since an object with getters of its own takes longer to make than a metric to write. */
export class HttpRequest implements ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly #mark: number;
  readonly #context: RequestContext;
  readonly #incoming: IncomingRequest;
  readonly #outgoing: Writable;
  #gone: AbortController | undefined;

  constructor(context: RequestContext, incoming: IncomingRequest, outgoing: Writable) {
    this.#context = context;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    const url = incoming.url ?? '/';
    this.method = incoming.method ?? 'GET';
    this.#mark = url.indexOf('?');
    this.path = this.#mark < 0 ? url : url.slice(0, this.#mark);
  }

  /** Whether it is what Node's parser lets through all the same: a proxy request, one to two hosts, another version of HTTP. */
  get isMalformed(): boolean {
    const { url, rawHeaders, httpVersion } = this.#incoming;
    let hosts = 0;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at] ?? '';
      if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
    }
    return !url?.startsWith('/') || hosts !== 1 || httpVersion !== '1.1';
  }

  get query(): URLSearchParams {
    return new URLSearchParams(this.#mark < 0 ? '' : this.#incoming.url?.slice(this.#mark + 1));
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }

  get body(): AsyncIterable<Uint8Array> {
    // Leaving the loop early must not cut the connection: the answer goes over it.
    return { [Symbol.asyncIterator]: () => this.#incoming.iterator({ destroyOnReturn: false }) };
  }

  readBody(limit: number): Promise<Buffer | undefined> {
    return this.#context.bodies.read(this.#incoming, limit);
  }

  get signal(): AbortSignal {
    if (!this.#gone) {
      const gone = new AbortController();
      this.#gone = gone;
      if (this.#outgoing.closed || this.#incoming.destroyed) gone.abort();
      this.#outgoing.once('close', () => gone.abort());
    }
    return AbortSignal.any([this.#gone.signal, this.#context.closing]);
  }
}

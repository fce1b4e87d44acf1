import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { Bodies } from './bodies.ts';
import { createGuard, type Guard } from './guard.ts';
import type { ApiRequest, ApiResponse, App } from './http.ts';
import { textResponse } from './response.ts';

export interface ListenOptions {
  /** A loopback address, unless the app asks for a token. */
  readonly host: string;
  /** More names by which the server may be called. */
  readonly hosts?: readonly string[] | undefined;
  /** When it is taken, the next free one is used; 0 is any free one. */
  readonly port: number;
  /** ms after which a connection is cut on which nothing moves during a request: 2 minutes, as MLflow's clients wait. */
  readonly stall?: number | undefined;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Answers what was asked, ends event streams, and lets go of the port. */
  close(): Promise<void>;
}

/** How many ports are tried after the one that was asked for. */
const PORTS_TO_TRY = 100;
const MAX_CONNECTIONS = 256;
/** ms. Clients that keep a connection for longer than we do would lose a request now and then. */
const KEEP_ALIVE = 75_000;
/** ms that headers may take, and between two looks at who is late. */
const HEADERS_TIMEOUT = 8_000;
const LOOK_INTERVAL = 2_000;
const STALL = 120_000;
/** ms that requests under way get to end when the server closes. */
const CLOSING_TIME = 3_000;
/** ms that a client gets to read an answer before its unread request is cut. */
const LINGER = 1_000;

/** Binds an app to a loopback socket, behind the guard. */
export async function listen(app: App, { host, port, hosts, stall = STALL }: ListenOptions): Promise<Listening> {
  const server = http.createServer({
    keepAliveTimeout: KEEP_ALIVE,
    headersTimeout: HEADERS_TIMEOUT,
    connectionsCheckingInterval: LOOK_INTERVAL,
    requestTimeout: 0, // an upload takes as long as it takes
  });
  server.timeout = stall;
  server.on('timeout', (socket) => {
    // Nothing has to move while the answer is worked on: the first look at a large store may take minutes.
    if (context.working.get(socket)?.complete) socket.setTimeout(stall);
    else socket.destroy();
  });
  server.maxConnections = MAX_CONNECTIONS;
  const bound = await bind(server, host, port);
  const guard = createGuard(bound, hosts);
  const context: Context = {
    app,
    guard,
    closing: new AbortController(),
    bodies: new Bodies(LOOK_INTERVAL),
    working: new Map(),
  };
  server.on('request', (request, response) => {
    answer(context, request, response).catch(() => response.destroy());
  });
  return {
    url: `http://${nameOf(host)}:${bound}`,
    port: bound,
    close: () => close(server, context),
  };
}

/** What all requests of a server share. */
interface Context {
  readonly app: App;
  readonly guard: Guard;
  readonly closing: AbortController;
  readonly bodies: Bodies;
  /** The requests whose answers have not begun. */
  readonly working: Map<Socket, http.IncomingMessage>;
}

/** As a URL has it; everywhere is also here. */
function nameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

async function bind(server: http.Server, host: string, port: number): Promise<number> {
  const last = Math.min(port + PORTS_TO_TRY, 65_535);
  for (let candidate = port; ; candidate++) {
    try {
      return await bindTo(server, host, candidate);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || port === 0 || candidate >= last) throw error;
    }
  }
}

function bindTo(server: http.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function close(server: http.Server, { closing, bodies }: Context): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closing.abort();
  bodies.close();
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const deadline = setTimeout(() => server.closeAllConnections(), CLOSING_TIME);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

async function answer(context: Context, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const request = toRequest(context, incoming, outgoing);
  const response = malformed(incoming) ?? context.guard(request) ?? (await work(context, incoming, request));
  if (!incoming.complete) {
    outgoing.shouldKeepAlive = false;
    outgoing.once('finish', () => setTimeout(() => incoming.destroy(), LINGER).unref());
  }
  await send(response, outgoing);
}

async function work(
  { app, working }: Context,
  incoming: http.IncomingMessage,
  request: ApiRequest,
): Promise<ApiResponse> {
  const { socket } = incoming;
  working.set(socket, incoming);
  try {
    return await app(request);
  } finally {
    working.delete(socket);
  }
}

/** What Node's parser lets through: proxy requests, two hosts, other versions of HTTP. */
function malformed(incoming: http.IncomingMessage): ApiResponse | undefined {
  let hosts = 0;
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    if (incoming.rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  }
  const fine = incoming.url?.startsWith('/') && hosts === 1 && incoming.httpVersion === '1.1';
  return fine ? undefined : textResponse(400, 'Bad Request');
}

function toRequest(context: Context, incoming: http.IncomingMessage, outgoing: http.ServerResponse): ApiRequest {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  let gone: AbortController | undefined;
  return {
    method: incoming.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    get query() {
      return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
    },
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === 'string' ? value : value?.join(', ');
    },
    // Leaving the loop early must not cut the connection: the answer goes over it.
    body: { [Symbol.asyncIterator]: () => incoming.iterator({ destroyOnReturn: false }) },
    readBody: (limit) => context.bodies.read(incoming, limit),
    get signal() {
      if (!gone) {
        gone = new AbortController();
        if (outgoing.closed || incoming.destroyed) gone.abort();
        outgoing.once('close', () => gone?.abort());
      }
      return AbortSignal.any([gone.signal, context.closing.signal]);
    },
  };
}

async function send({ status, headers, body }: ApiResponse, outgoing: http.ServerResponse): Promise<void> {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
    return;
  }
  outgoing.writeHead(status, headers);
  outgoing.flushHeaders();
  await pipeline(body, outgoing);
}

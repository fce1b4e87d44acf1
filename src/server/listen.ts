import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Answers } from './answers.ts';
import { Bodies } from './bodies.ts';
import { createGuard, type Guard } from './guard.ts';
import type { App } from './http.ts';
import { HttpRequest, type RequestContext } from './httpRequest.ts';
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
  const latest = new WeakMap<Socket, http.ServerResponse>();
  server.timeout = stall;
  server.on('timeout', (socket) => {
    // Nothing has to move while the answer is worked on: the first look at a large store may take minutes.
    const response = latest.get(socket);
    if (response?.req.complete && !response.headersSent) socket.setTimeout(stall);
    else socket.destroy();
  });
  server.maxConnections = MAX_CONNECTIONS;
  const bound = await bind(server, host, port);
  const guard = createGuard(bound, hosts);
  const closing = new AbortController();
  const context: Context = {
    app,
    guard,
    closing: closing.signal,
    answers: new Answers(),
    bodies: new Bodies(LOOK_INTERVAL),
  };
  server.on('request', (request, response) => {
    latest.set(request.socket, response);
    answer(context, request, response).catch(() => response.destroy());
  });
  return {
    url: `http://${nameOf(host)}:${bound}`,
    port: bound,
    close: () => {
      closing.abort();
      context.bodies.close();
      return close(server);
    },
  };
}

/** What all requests of a server share. */
interface Context extends RequestContext {
  readonly app: App;
  readonly guard: Guard;
  readonly answers: Answers;
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

async function close(server: http.Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const deadline = setTimeout(() => server.closeAllConnections(), CLOSING_TIME);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}

async function answer(context: Context, incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
  const request = new HttpRequest(context, incoming, outgoing);
  const { isMalformed } = request;
  const response = isMalformed
    ? textResponse(400, 'Bad Request')
    : (context.guard(request) ?? (await context.app(request)));
  // What follows on such a connection is not to be trusted either.
  if (isMalformed) outgoing.shouldKeepAlive = false;
  else if (!incoming.complete) outgoing.once('finish', () => readRest(incoming));
  await context.answers.send(response, outgoing);
}

/**
 * Reads on for a moment what nobody wants: where a connection is closed with something unread, the system of the client
 * throws the answer away that it has not read yet (RFC 9112, 9.6).
 */
function readRest(incoming: http.IncomingMessage): void {
  const cut = setTimeout(() => incoming.destroy(), LINGER).unref();
  incoming.once('close', () => clearTimeout(cut)).resume();
}

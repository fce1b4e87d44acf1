/**
 * The channel between the extension and one webview. The webview speaks first; it asks by requests, which are answered
 * or refused, never left open; the extension tells by events. Both sides check what arrives.
 */

/** What a webview can ask: method → its argument and its answer. */
export type Requests = Record<string, (argument: never) => unknown>;

type Argument<R extends Requests, M extends keyof R> = Parameters<R[M]>[0];
type Answer<R extends Requests, M extends keyof R> = Awaited<ReturnType<R[M]>>;

export type Handlers<R extends Requests> = {
  readonly [M in keyof R]: (argument: Argument<R, M>) => Answer<R, M> | Promise<Answer<R, M>>;
};

/** Tells of each method that takes something whether it is that: what a page sends is not to be trusted. */
export type Checks<R extends Requests> = {
  readonly [M in keyof R as undefined extends Argument<R, M> ? never : M]: (
    argument: unknown,
  ) => argument is Argument<R, M>;
};

/** One end of a message port: `vscode.Webview` there, `window` and `acquireVsCodeApi` here. */
export interface Port {
  post(message: unknown): void;
  listen(receive: (message: unknown) => void): void;
}

interface RequestMessage {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly argument: unknown;
}

type ReplyMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly error: string };

interface EventMessage<E> {
  readonly kind: 'event';
  readonly event: E;
}

/** The extension's end: answers requests that are what they should be. @returns how to tell the webview something; nobody waits for its arrival */
export function answerWebview<R extends Requests, E>(
  port: Port,
  checks: Checks<R>,
  handlers: Handlers<R>,
): (event: E) => void {
  port.listen((message) => {
    if (isRequest(message)) void answer(message);
  });

  async function answer({ id, method, argument }: RequestMessage): Promise<void> {
    try {
      if (!Object.hasOwn(handlers, method)) throw new Error(`unknown request '${method}'`);
      const check = (checks as Readonly<Record<string, (argument: unknown) => boolean>>)[method];
      if (check?.(argument) === false) throw new Error(`wrong argument of the request '${method}'`);
      const handler = handlers[method as keyof R] as (argument: unknown) => unknown;
      post({ kind: 'reply', id, ok: await handler(argument) });
    } catch (error) {
      post({ kind: 'reply', id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  const post = (message: ReplyMessage | EventMessage<E>) => port.post(message);
  return (event) => post({ kind: 'event', event });
}

/** The webview's end. */
export interface Host<R extends Requests> {
  /** @throws an Error with the extension's message where it refuses */
  ask<M extends keyof R & string>(method: M, argument: Argument<R, M>): Promise<Answer<R, M>>;
}

export function askHost<R extends Requests, E>(port: Port, onEvent: (event: E) => void): Host<R> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let nextId = 1;
  port.listen((message) => {
    if (isEvent<E>(message)) return onEvent(message.event);
    if (!isReply(message)) return;
    const request = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) request?.reject(new Error(message.error));
    else request?.resolve(message.ok);
  });
  return {
    ask: (method, argument) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        port.post({ kind: 'request', id, method, argument } satisfies RequestMessage);
      }),
  };
}

/** For checks of arguments. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasKind(message: unknown, kind: string): message is { readonly kind: string; readonly id?: unknown } {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind;
}

function isRequest(message: unknown): message is RequestMessage {
  return (
    hasKind(message, 'request') &&
    typeof message.id === 'number' &&
    'method' in message &&
    typeof message.method === 'string'
  );
}

function isReply(message: unknown): message is ReplyMessage {
  return hasKind(message, 'reply') && typeof message.id === 'number';
}

function isEvent<E>(message: unknown): message is EventMessage<E> {
  return hasKind(message, 'event') && 'event' in message;
}

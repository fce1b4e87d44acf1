import { askHost, type Host, type Port, type Requests } from '../../src/protocol/channel.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

// VS Code hands the API out once a page.
const api = acquireVsCodeApi();

const port: Port = {
  post: (message) => api.postMessage(message),
  listen: (receive) => window.addEventListener('message', ({ data }) => receive(data)),
};

export function connectHost<R extends Requests, E>(onEvent: (event: E) => void): Host<R> {
  return askHost<R, E>(port, onEvent);
}

/** What was kept over a reload; `undefined` at first. */
export function savedState<S>(): Partial<S> | undefined {
  const state = api.getState();
  return typeof state === 'object' && state !== null ? (state as Partial<S>) : undefined;
}

export function saveState<S>(state: S): void {
  api.setState(state);
}

import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiResponse } from './http.ts';

/** Where a response goes to. */
export interface Outgoing extends Writable {
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): unknown;
  flushHeaders(): void;
}

interface Answer {
  readonly response: ApiResponse & { readonly body: string | Uint8Array };
  readonly outgoing: Outgoing;
}

/**
 * Sends responses: those of one turn of the event loop together at its end. Each wakes the client that waits for it, and
 * where there are few cores that takes longer than answering the next request.
 */
export class Answers {
  #waiting: Answer[] = [];

  async send(response: ApiResponse, outgoing: Outgoing): Promise<void> {
    if (hasWholeBody(response)) {
      if (this.#waiting.length === 0) setImmediate(() => this.#sendWaiting());
      this.#waiting.push({ response, outgoing });
      return;
    }
    outgoing.writeHead(response.status, response.headers);
    outgoing.flushHeaders();
    await pipeline(response.body, outgoing);
  }

  #sendWaiting(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { response, outgoing } of waiting) {
      try {
        sendWhole(response, outgoing);
      } catch {
        outgoing.destroy(); // one that cannot be sent, such as a header with a line break, is no matter of the others
      }
    }
  }
}

function hasWholeBody(response: ApiResponse): response is Answer['response'] {
  return typeof response.body === 'string' || response.body instanceof Uint8Array;
}

function sendWhole({ status, headers, body }: Answer['response'], outgoing: Outgoing): void {
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  outgoing.end(body);
}

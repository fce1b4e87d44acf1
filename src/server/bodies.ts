import type { Readable } from 'node:stream';
import { RefusedBody } from './response.ts';

/** ms that every body may take, however short it is. */
const GRACE = 10_000;
/** bytes per ms: about 1 KB/s. */
const SLOWEST = 1;
/** bytes of bodies that are held at once: as many as a few of the largest. */
const MEMORY = 256 * 1024 * 1024;

/** A request whose body comes. `complete` where all of it has. */
export interface Incoming extends Readable {
  readonly complete: boolean;
}

interface PartialBody {
  /** ms, as `performance.now()` has it. */
  readonly since: number;
  /** bytes so far. */
  size: number;
  giveUp(): void;
}

/**
 * Collects the bodies of a server's requests in memory. One that comes more slowly than any network is somebody who
 * wants to hold connections and memory (slow-loris): those that did not come in one piece are looked at now and then, so
 * that a request costs no timer.
 */
export class Bodies {
  readonly #partial = new Set<PartialBody>();
  readonly #timer: NodeJS.Timeout;
  #memory: number;

  /** @param interval ms between two looks. */
  constructor(interval: number, memory = MEMORY) {
    this.#timer = setInterval(() => this.#look(performance.now()), interval).unref();
    this.#memory = memory;
  }

  /**
   * Reads a body whole; `undefined` where it is longer than `limit` bytes, and then the rest is not read. By events,
   * since an iterator costs more than all the rest of a small request.
   * @throws RefusedBody
   */
  read(incoming: Incoming, limit: number): Promise<Buffer | undefined> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      let partial: PartialBody | undefined;

      const end = () => {
        if (partial) this.#partial.delete(partial);
        this.#memory += size;
      };
      const stop = () => {
        end();
        incoming.off('data', take).off('end', finish).off('error', fail).on('error', ignore).pause();
      };
      const refuse = (status: number, reason: string) => {
        stop();
        reject(new RefusedBody(status, reason));
      };
      const take = (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        this.#memory -= chunk.length;
        if (size > limit) {
          stop();
          resolve(undefined);
        } else if (this.#memory < 0) {
          refuse(503, 'There are too many large requests at once.');
        } else if (partial) {
          partial.size = size;
        } else if (!incoming.complete) {
          const giveUp = () => refuse(408, 'The body of the request came too slowly.');
          partial = { since: performance.now(), size, giveUp };
          this.#partial.add(partial);
        }
      };
      const finish = () => {
        end();
        const [first] = chunks;
        resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks, size));
      };
      const fail = (error: Error) => {
        end();
        reject(error);
      };
      incoming.on('data', take).on('end', finish).on('error', fail);
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(now: number): void {
    for (const body of this.#partial) if (now - body.since > GRACE + body.size / SLOWEST) body.giveUp();
  }
}

/** Nobody waits for a body any more that breaks off after it was refused. */
function ignore(): void {}

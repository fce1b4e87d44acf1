import { setTimeout as sleep } from 'node:timers/promises';
import type { Change, Subscription } from '../entities/change.ts';
import { MlflowError } from '../entities/error.ts';
import { parseJson } from '../entities/jsonText.ts';
import type { RegistryStore } from '../registry/store.ts';
import type { TrackingStore } from '../tracking/store.ts';
import { readChange } from './json.ts';
import { Reply } from './reply.ts';
import type { Rest } from './rest.ts';
import { readServerEvents } from './serverEvents.ts';
import { compareSurveys, type Survey, takeSurvey } from './survey.ts';

/** ms before the first and the later attempts to reconnect. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [100, 5_000];
/** ms without any sign of life, after which a stream counts as dead. The server sends one every 15 s. */
const SILENCE = 45_000;

const EVENTS = '/api/mlflow-workbench/events';
const NONE: Survey = new Map();

type Listener = (changes: readonly Change[]) => void;

interface Source {
  /** ms between two looks at a server that does not tell of changes. */
  readonly pollInterval: number;
  readonly rest: Rest;
  readonly tracking: TrackingStore;
  readonly registry: RegistryStore;
}

/**
 * Tells what changes on a server, as long as somebody listens: by its event stream where it has one, else by looking
 * every few seconds. After a gap in the stream, everything that may have changed meanwhile is told as changed.
 */
export class Changes {
  readonly #source: Source;
  readonly #listeners = new Set<Listener>();
  #watching: AbortController | undefined;

  constructor(source: Source) {
    this.#source = source;
  }

  listen(listener: Listener): Subscription {
    const own: Listener = (changes) => listener(changes);
    this.#listeners.add(own);
    if (!this.#watching) {
      this.#watching = new AbortController();
      this.#watch(this.#watching.signal).catch(() => undefined); // ends by the abort only
    }
    return {
      dispose: () => {
        this.#listeners.delete(own);
        if (this.#listeners.size === 0) this.stop();
      },
    };
  }

  stop(): void {
    this.#listeners.clear();
    this.#watching?.abort();
    this.#watching = undefined;
  }

  #tell(changes: readonly Change[]): void {
    if (changes.length > 0) for (const listener of this.#listeners) listener(changes);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    let hadStream = false;
    for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      signal.throwIfAborted();
      try {
        await this.#stream(signal, async () => {
          pause = FIRST_PAUSE;
          if (hadStream) this.#tell(compareSurveys(NONE, await this.#survey()));
          hadStream = true;
        });
      } catch (error) {
        if (error instanceof MlflowError && !hadStream) return this.#poll(signal);
        // The server went away, or is not there yet: try again.
      }
      await sleep(pause, undefined, { signal, ref: false });
    }
  }

  async #stream(signal: AbortSignal, connected: () => Promise<void>): Promise<void> {
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(), SILENCE).unref();
    try {
      const either = AbortSignal.any([signal, silence.signal]);
      const response = await this.#source.rest.send('GET', EVENTS, { signal: either });
      if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
        throw new MlflowError('ENDPOINT_NOT_FOUND', 'There is no event stream.');
      }
      let isFirst = true;
      for await (const { type, data } of readServerEvents(response.body ?? new ReadableStream())) {
        timer.refresh();
        if (isFirst) await connected();
        isFirst = false;
        if (type === 'changes') this.#tell(readChanges(data));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    let before: Survey | undefined;
    for (;;) {
      const after = await this.#survey().catch(() => undefined); // not reachable now: look again later
      signal.throwIfAborted();
      if (before && after) this.#tell(compareSurveys(before, after));
      before = after ?? before;
      await sleep(this.#source.pollInterval, undefined, { signal, ref: false });
    }
  }

  #survey(): Promise<Survey> {
    return takeSurvey(this.#source.tracking, this.#source.registry);
  }
}

function readChanges(data: string): readonly Change[] {
  const list = parseJson(data);
  return Array.isArray(list) ? list.flatMap((item) => readChange(Reply.of(item)) ?? []) : [];
}

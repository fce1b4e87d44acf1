import { readServerEvents } from '../../src/client/serverEvents.ts';

export interface EventStream {
  /** @returns when (`performance.now`) a change of this run was told. @throws after a minute without one */
  heard(runId: string): Promise<number>;
  close(): void;
}

/** ms */
const PATIENCE = 60_000;

/** Listens to the changes of a server, as the extension does. */
export async function openEventStream(url: string): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/mlflow-workbench/events`, { signal: abort.signal });
  const waiting = new Map<string, (at: number) => void>();
  const read = async () => {
    for await (const { data } of readServerEvents(response.body ?? new ReadableStream())) {
      for (const [runId, resolve] of waiting) if (data.includes(runId)) resolve(performance.now());
    }
  };
  void read().catch(() => undefined); // ends by the abort
  return {
    heard: (runId) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('a change was not told')), PATIENCE);
        waiting.set(runId, (at) => {
          clearTimeout(timer);
          waiting.delete(runId);
          resolve(at);
        });
      }),
    close: () => abort.abort(),
  };
}

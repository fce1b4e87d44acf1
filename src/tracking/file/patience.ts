import { setTimeout as sleep } from 'node:timers/promises';

/** What work gives, or something else after so many ms, while the work goes on. Rejects as the work does until then. */
export async function withPatience<T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const end = new AbortController();
  const patience = sleep(ms, otherwise, { signal: end.signal, ref: false }).catch(() => otherwise);
  try {
    return await Promise.race([work, patience]);
  } finally {
    end.abort();
    // Nobody waits any more for what goes wrong later.
    work.catch(() => undefined);
  }
}

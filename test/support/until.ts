import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so. @throws Error naming it when it is not after `limit` ms. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, limit = 5_000): Promise<void> {
  for (const end = Date.now() + limit; !(await isSo()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`still waiting for ${what} after ${limit} ms`);
  }
}

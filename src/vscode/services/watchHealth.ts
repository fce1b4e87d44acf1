import type { Disposable } from 'vscode';

/** ms between two looks. */
const INTERVAL = 3_000;
/** A busy server may miss one. */
const MISSES = 2;

/**
 * Asks a server how it is while it is watched; calls `onLost` once, when it does not answer any more, or another one
 * that wants another token answers in its place.
 */
export function watchHealth(url: string, token: string | undefined, onLost: () => void): Disposable {
  let missed = 0;
  let timer = setTimeout(look, INTERVAL);
  let watching = true;

  async function look(): Promise<void> {
    missed = (await isHealthy(url, token)) ? 0 : missed + 1;
    if (!watching) return;
    if (missed < MISSES) timer = setTimeout(look, missed ? INTERVAL / 6 : INTERVAL);
    else onLost();
  }

  return {
    dispose() {
      watching = false;
      clearTimeout(timer);
    },
  };
}

async function isHealthy(url: string, token: string | undefined): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/version`, {
      signal: AbortSignal.timeout(INTERVAL),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    await answer.text();
    return answer.ok;
  } catch {
    return false; // refused, reset or too slow: all the same here
  }
}

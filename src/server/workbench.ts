import type { Change, Subscription } from '../entities/change.ts';
import { changeJson, list, problemJson, watchingJson } from './json.ts';
import type { Parts } from './parts.ts';
import { jsonResponse, respond } from './response.ts';
import type { RawHandler } from './route.ts';

/** ms between two signs of life on a silent event stream. */
const KEEP_ALIVE = 15_000;
/** Changes that wait for a slow reader; beyond that it reads everything again. */
const MAX_WAITING = 10_000;

/** Which process serves which store: how one attaches to a running server. */
export const getProcess: RawHandler = async (parts) =>
  jsonResponse({
    pid: process.pid,
    store_root: parts.storeRoot,
    registry_root: parts.registryRoot,
    version: parts.version,
    running_runs: await parts.countRunningRuns?.(),
    watching: watchingJson(await parts.tracking.watching()),
  });

export const getProblems: RawHandler = async ({ tracking, registry }) => {
  const problems = [...(await tracking.problems()), ...((await registry.problems?.()) ?? [])];
  return jsonResponse(list('problems', problems.map(problemJson)));
};

/** Changes of the store as server-sent events, a JSON array of changes each. */
export const streamEvents: RawHandler = (parts, request) =>
  respond(200, 'text/event-stream', events(parts, request.signal));

async function* events(parts: Parts, signal: AbortSignal): AsyncGenerator<string> {
  const waiting: Change[] = [];
  let wake = () => {};
  const subscriptions = subscribe(parts, (changes) => {
    waiting.push(...changes);
    wake();
  });
  signal.addEventListener('abort', () => wake());
  parts.onActivity?.('began');
  try {
    yield ': changes of the store\n\n';
    while (!signal.aborted && waiting.length <= MAX_WAITING) {
      if (waiting.length > 0) {
        yield `event: changes\ndata: ${JSON.stringify(waiting.splice(0).map(changeJson))}\n\n`;
        continue;
      }
      if (await isSilent((resolve) => (wake = resolve))) yield ': still here\n\n';
    }
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
    parts.onActivity?.('ended');
  }
}

function subscribe({ tracking, registry }: Parts, listener: (changes: readonly Change[]) => void): Subscription[] {
  return [tracking.onDidChange(listener), registry.onDidChange?.(listener)].filter((it) => it !== undefined);
}

/** Waits for the sleeper to be woken. @returns true when nothing did for long. */
function isSilent(sleep: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, KEEP_ALIVE, true);
    sleep(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });
}

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { FaultRow } from './row.ts';

export interface ClockOptions {
  /** Edits of each kind. */
  readonly rounds: number;
  /** Whether to wait for changes of runs that have ended, which may take a minute. */
  readonly alsoEnded: boolean;
}

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
/** More than are looked at with each search. */
const OTHERS = 80;
/** ms after which a change must have been seen. */
const LIMIT = { running: 2_000, ended: 60_000 };
const NEVER = 90_000;

/** How another program's clock may be wrong: what it gives to a file that it wrote (ms since the epoch, or undefined). */
const CLOCKS: readonly (readonly [name: string, time: () => number | undefined])[] = [
  ['right', () => undefined],
  ['an hour back', () => Date.now() - HOUR],
  ['a year forward', () => Date.now() + YEAR],
  ['at the start of the epoch', () => 1_000],
];

/** Clocks of others and our own jump; edits of equal size follow each other at once. Everything must be seen. */
export async function jumpClocks({ rounds, alsoEnded }: ClockOptions): Promise<FaultRow> {
  using folder = temporaryFolder();
  const realNow = Date.now;
  const store = await openFileTrackingStore({ root: folder.path, indexFile: folder.join('index') });
  const broken: string[] = [];
  let [done, slowest] = [0, 0];
  try {
    const experimentId = await store.createExperiment({ name: 'many' });
    const create = async (runName: string) => {
      const { info } = await store.createRun({ experimentId, runName, startTime: 1, tags: new Map([['t', '0000']]) });
      return info.runId;
    };
    const [running, ended] = [await create('running'), await create('ended')];
    await store.updateRun(ended, { status: 'FINISHED', endTime: 2 });
    for (let at = 0; at < OTHERS; at++)
      await store.updateRun(await create(`${at}`), { status: 'FINISHED', endTime: 2 });
    // With a listener the store looks by itself, as a server does for a window.
    const subscription = store.onDidChange(() => {});
    const shownTag = async (runId: string) => {
      const { items } = await store.searchRuns({
        experimentIds: [experimentId],
        filter: `attributes.run_id = '${runId}'`,
      });
      return items[0]?.data.tags.get('t');
    };
    /** @returns ms until a change was seen. */
    const seeing = async (runId: string, value: string, what: string) => {
      const since = performance.now();
      while ((await shownTag(runId)) !== value) {
        if (performance.now() - since > NEVER) {
          broken.push(`${what}: never seen`);
          break;
        }
        await sleep(20);
      }
      done += 1;
      return performance.now() - since;
    };
    let count = 0;
    const edit = (runId: string, time: number | undefined) => {
      const file = path.join(folder.path, experimentId, runId, 'tags', 't');
      const value = String(++count).padStart(4, '0');
      fs.writeFileSync(file, value);
      if (time !== undefined) fs.utimesSync(file, time / 1000, time / 1000);
      return value;
    };
    for (const [ours, offset] of [
      ['ours is right', 0],
      ['ours is an hour back', -HOUR],
      ['ours is a year forward', YEAR],
    ] as const) {
      Date.now = () => realNow() + offset;
      for (const [name, time] of CLOCKS) {
        const what = `${ours}, theirs is ${name}`;
        const delays: number[] = [];
        for (let round = 0; round < rounds; round++) {
          delays.push(await seeing(running, edit(running, time()), what));
          // Two of equal size within the same ms, with a look between them.
          edit(running, time());
          await shownTag(running);
          delays.push(await seeing(running, edit(running, time()), `${what}, twice`));
        }
        // A machine that is busy with other things may keep a look waiting.
        const delay = delays.toSorted((a, b) => a - b)[rounds >> 1] ?? 0;
        if (delay > LIMIT.running) broken.push(`${what}: seen after ${delay.toFixed(0)} ms`);
        slowest = Math.max(slowest, delay);
      }
    }
    Date.now = realNow;
    if (alsoEnded) {
      const delay = await seeing(ended, edit(ended, realNow() - HOUR), 'of a run that has ended');
      if (delay > LIMIT.ended + LIMIT.running) broken.push(`of a run that has ended: seen after ${delay} ms`);
      slowest = Math.max(slowest, delay);
    }
    subscription.dispose();
  } finally {
    Date.now = realNow;
    await store.close();
  }
  return {
    fault: 'clocks jump (back 1 h, forward 1 y), edits of equal size in the same ms',
    unit: 'edits',
    done,
    lost: [],
    broken,
    notes: `seen after ${slowest.toFixed(0)} ms at most`,
    target: 'every change seen in <= 2 s (running), <= 60 s (ended)',
  };
}

import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/client/connect.ts';
import { Actor } from './actors/actor.ts';
import { Random } from './actors/random.ts';
import { serve } from './builtServer.ts';
import { cast } from './cast.ts';
import { memoryDisk, whyNoDisk } from './memoryDisk.ts';
import type { FaultRow } from './row.ts';
import { findRubbish } from './stores.ts';

export interface FullDiskOptions {
  readonly cli: string;
  /** ms that the disk stays full. */
  readonly time: number;
}

const SIZE = 24 * 1024 * 1024;
/** ms after which writes must be possible again when there is space. */
const RESUMING = 1_000;

/** Fills the disk of a store and of the cache while many clients write, and makes space again. */
export async function fillDisk({ cli, time }: FullDiskOptions): Promise<FaultRow> {
  const row = {
    fault: 'the disk of the store and of the cache is full, then has space again',
    unit: 'refused writes',
    target: 'alive, a clear error, 0 lost, 0 torn, writes again in < 1 s',
  };
  const reason = whyNoDisk();
  if (reason !== undefined) return { ...row, done: 0, lost: [], broken: [], notes: `skipped: ${reason}` };
  using disk = memoryDisk(SIZE);
  const [store, cache] = [path.join(disk.path, 'store'), path.join(disk.path, 'cache')];
  const args = ['--artifacts-destination', path.join(disk.path, 'artifacts')];
  let server = await serve({ cli, store, cache, args });
  const [lost, broken]: [string[], string[]] = [[], []];
  let [refused, written, resumed] = [0, 0, 0];
  try {
    const client = connect(server.url);
    const plays = await cast(client, new Random(3));
    const actors = await Promise.all(plays.map(async (play) => new Actor(play, await play.read(client))));
    /** Lets everybody write for a while. @returns what was refused otherwise than it should be. */
    const write = async (ms: number) => {
      const end = performance.now() + ms;
      const all = await Promise.all(
        actors.map(async (actor) => {
          const wrong: string[] = [];
          while (performance.now() < end) {
            const answer = await actor.once(client);
            if (answer === undefined) written += 1;
            else if (/is full.*ENOSPC/.test(String(answer))) refused += 1;
            else wrong.push(String(answer));
            if (answer !== undefined) lost.push(...(await actor.check(client)));
          }
          return wrong;
        }),
      );
      return all.flat();
    };

    broken.push(...(await write(300)));
    disk.fill();
    // Also what was left in half-filled blocks is used up at once.
    for (const end = performance.now() + time; performance.now() < end; ) {
      broken.push(...(await write(Math.min(500, time))));
      disk.fill();
      if ((await fetch(`${server.url}/health`)).status !== 200) broken.push('it is not healthy on a full disk');
    }
    if (refused === 0) broken.push('nothing was refused: the disk was not full');

    disk.makeSpace();
    const since = performance.now();
    for (const actor of actors) {
      for (let answer: unknown = ''; answer !== undefined; ) {
        answer = await actor.once(client);
        if (answer === undefined) continue;
        lost.push(...(await actor.check(client)));
        if (performance.now() - since > RESUMING) {
          broken.push(`no write ${RESUMING} ms after there was space: ${answer}`);
          break;
        }
        await sleep(5);
      }
    }
    resumed = performance.now() - since;
    if (resumed > RESUMING) broken.push(`writes resumed after ${resumed.toFixed(0)} ms`);
    client.dispose();

    // A server that is started when the disk is full shows everything, and writes when it can.
    disk.fill();
    await server.end('SIGTERM');
    server = await serve({ cli, store, cache, args });
    const again = connect(server.url);
    for (const actor of actors) lost.push(...(await actor.check(again)));
    broken.push(...(await again.problems()).map((problem) => `${problem.path}: ${problem.message}`));
    disk.makeSpace();
    await again.tracking.createExperiment({ name: 'there is space' });
    again.dispose();
    broken.push(...findRubbish(disk.path));
  } finally {
    await server.end('SIGKILL');
  }
  const notes = `${written} writes went through, all of them resumed ${resumed.toFixed(0)} ms after there was space`;
  return { ...row, done: refused, lost, broken, notes };
}

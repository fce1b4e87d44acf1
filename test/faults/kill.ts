import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/client/connect.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { Actor } from './actors/actor.ts';
import { Random } from './actors/random.ts';
import { type BuiltServer, serve } from './builtServer.ts';
import { cast } from './cast.ts';
import { differences, isSame, sorted } from './compare.ts';
import type { FaultRow } from './row.ts';
import { findRubbish, openFileStores, type Shown, type Stores } from './stores.ts';

export interface KillOptions {
  readonly cli: string;
  readonly cycles: number;
  /** Cycles after which a new store is begun: a large one takes long to be compared. */
  readonly cyclesPerStore?: number;
  /** Called with the folder of a store at the end of its life; what MLflow finds wrong with it. */
  readonly askOthers?: (store: string) => Promise<readonly string[]>;
  readonly seed?: number;
}

/** More runs than are read without threads, so that the index is written from the start. */
const OLD_RUNS = 120;

/** Kills the server while many clients write, again and again, and looks what is left. */
export async function killServers(options: KillOptions): Promise<FaultRow> {
  const { cycles, cyclesPerStore = 50, seed = Date.now() } = options;
  const random = new Random(seed);
  const counts = { cycles: 0, busy: 0, inFlight: 0, acknowledged: 0 };
  const [lost, broken]: [string[], string[]] = [[], []];
  while (counts.cycles < cycles && lost.length + broken.length < 20) {
    await liveOnce(
      { ...options, cycles: Math.min(cyclesPerStore, cycles - counts.cycles) },
      random,
      counts,
      lost,
      broken,
    );
  }
  return {
    fault: 'kill -9 of the server at random moments',
    unit: 'kills',
    done: counts.cycles,
    lost,
    broken,
    notes: `${counts.busy} while requests were under way (${counts.inFlight} of them), ${counts.acknowledged} acknowledged writes, seed ${seed}`,
    target: '0 acknowledged writes lost, 0 unreadable, index = disk',
  };
}

/** One store, killed many times. */
async function liveOnce(
  { cli, cycles, askOthers }: KillOptions,
  random: Random,
  counts: { cycles: number; busy: number; inFlight: number; acknowledged: number },
  lost: string[],
  broken: string[],
): Promise<void> {
  using folder = temporaryFolder();
  const [store, cache] = [folder.join('store'), folder.join('cache')];
  const start = () => serve({ cli, store, cache, args: ['--artifacts-destination', folder.join('artifacts')] });
  let server: BuiltServer = await start();
  let actors: Actor[] = [];
  try {
    const plays = await cast(connect(server.url), random);
    const stores = connect(server.url);
    for (let at = 0; at < OLD_RUNS; at++) {
      const { info } = await stores.tracking.createRun({ experimentId: '0', runName: `old ${at}` });
      if (at % 2 === 0) await stores.tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1 });
    }
    actors = await Promise.all(plays.map(async (play) => new Actor(play, await play.read(stores))));
    for (let cycle = 0; cycle < cycles; cycle++) {
      const client = connect(server.url);
      let isOver = false;
      const acts = actors.map((actor) => actor.act(client, () => isOver));
      const looking = lookAround(client, () => isOver);
      await sleep(5 + random.below(300));
      isOver = true;
      const busy = actors.filter((actor) => actor.isBusy).length;
      await server.end('SIGKILL');
      broken.push(...(await Promise.all(acts)).flat());
      await looking;
      client.dispose();
      counts.cycles += 1;
      counts.busy += busy > 0 ? 1 : 0;
      counts.inFlight += busy;
      if (random.below(3) === 0) fs.rmSync(path.join(cache, 'indexes'), { recursive: true, force: true });

      server = await start();
      const again = connect(server.url);
      lost.push(...(await Promise.all(actors.map((actor) => actor.check(again)))).flat());
      const problems = await again.problems();
      broken.push(...problems.map((problem) => `${problem.path}: ${problem.message}`));
      broken.push(...findRubbish(store).filter((text) => text.includes('torn')));
      broken.push(...(await compareIndex(again, folder.path)));
      again.dispose();
      if (lost.length + broken.length > 0) return;
    }
    if (askOthers) {
      await sleep(2_500);
      // What a killed process left of a model is cleared away when the models are read.
      await connect(server.url).registry.searchRegisteredModels({});
      broken.push(...(await askOthers(store)));
    }
  } finally {
    counts.acknowledged += actors.reduce((sum, actor) => sum + actor.acknowledged, 0);
    await server.end('SIGKILL');
  }
}

/** Somebody always looks: what is read meanwhile must be whole, too, and the index be written. */
async function lookAround({ tracking }: Stores, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await tracking.searchRuns({ experimentIds: ['0'], maxResults: 10 }).catch(() => undefined);
    await sleep(10);
  }
}

/** What the server knows from its index must be what is on the disk. */
async function compareIndex(server: Stores, folder: string): Promise<string[]> {
  const fresh = await openFileStores(folder, { isReadOnly: true });
  const [known, read] = [await allRuns(server), await allRuns(fresh)];
  await fresh.close();
  return isSame(known, read) ? [] : [`the index is not what the disk has: ${differences(known, read)}`];
}

async function allRuns({ tracking }: Stores): Promise<Shown> {
  const { items } = await tracking.searchExperiments({ viewType: 'ALL' });
  const experimentIds = items.map(({ experimentId }) => experimentId);
  const runs = (await tracking.searchRuns({ experimentIds, viewType: 'ALL', maxResults: 50_000 })).items;
  return sorted(
    runs.map(({ info, data }) => [
      info.runId,
      {
        ...{ name: info.runName, status: info.status, stage: info.lifecycleStage },
        ...{ params: sorted(data.params), tags: sorted(data.tags) },
        metrics: sorted([...data.metrics].map(([key, { value, step }]) => [key, [value, Number(step)]])),
      },
    ]),
  );
}

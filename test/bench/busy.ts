import fs from 'node:fs';
import path from 'node:path';
import { createExperiment } from './api.ts';
import type { Bench } from './bench.ts';
import { Connection } from './connection.ts';
import { openEventStream } from './eventStream.ts';
import { newCache } from './indexedStores.ts';
import { INGESTS, ingestRate, type Target, targetAt } from './ingest.ts';
import { searchRuns } from './operations.ts';
import { type ServerPlace, startServer } from './serverProcess.ts';
import { generatedStore } from './stores.ts';

const ROUNDS = 5;
/** ms of a measurement. */
const TIME = 800;

/** Writes to a store that holds many runs beside an empty one, each listened to as by an editor. */
export async function measureBusy({ folder, indexed, report }: Bench): Promise<void> {
  const { experimentIds, place } = await indexed('large');
  await using used = new Experiments();
  await used.withServer({ store: path.join(folder, 'quiet'), cache: newCache(folder) }, (quiet) =>
    used.withServer(place, async (full) => {
      await askForAll(full.url, experimentIds);
      for (const ingest of INGESTS) {
        const rates = { ours: [] as number[], floor: [] as number[] };
        for (let round = 0; round < ROUNDS; round++) {
          rates.floor.push(await ingestRate(quiet, ingest, TIME, round === 0));
          rates.ours.push(await ingestRate(full, ingest, TIME, round === 0));
        }
        report(`busy.${ingest.name}`, rates);
      }
    }),
  );
}

/** Writes to a store whose runs are being read for the first time, beside one that has none: both have just started. */
export async function measureScanning({ folder, stores, report }: Bench): Promise<void> {
  const store = await generatedStore(stores.large);
  await using used = new Experiments();
  const rates = INGESTS.map((ingest) => ({ ingest, ours: [] as number[], floor: [] as number[] }));
  const warmUp = async (target: Target) => {
    for (const { ingest } of rates) await ingestRate(target, ingest, TIME, false);
  };
  for (let round = 0; round < ROUNDS; round++) {
    await used.withServer({ store: path.join(folder, 'quiet'), cache: newCache(folder) }, async (quiet) => {
      await warmUp(quiet);
      for (const { ingest, floor } of rates) floor.push(await ingestRate(quiet, ingest, TIME, false));
    });
    // It begins to read as soon as it has started.
    await used.withServer({ store: store.root, cache: newCache(folder) }, async (scanning) => {
      await warmUp(scanning);
      let isOver = false;
      const scan = askForAll(scanning.url, store.experimentIds).then(() => {
        isOver = true;
      });
      const write = async () => {
        for (const { ingest, ours } of rates) ours.push(await ingestRate(scanning, ingest, TIME, false));
        if (isOver) throw new Error('the scan was over too soon: it takes more runs');
      };
      await Promise.all([scan, write()]);
    });
  }
  for (const { ingest, ours, floor } of rates) report(`scanning.${ingest.name}`, { ours, floor });
}

/**
 * Experiments that were made to be written to. They are removed at the end of all: a disk that has just been freed of
 * thousands of folders makes new ones several times more slowly.
 */
class Experiments implements AsyncDisposable {
  readonly #folders: string[] = [];

  /** A server with an experiment of its own, and somebody who listens to changes. */
  async withServer(place: ServerPlace, work: (target: Target) => Promise<void>): Promise<void> {
    const server = await startServer(place);
    const experimentId = await createExperiment(server.url, `bench ${Date.now()}`);
    this.#folders.push(path.join(place.store, experimentId));
    const stream = await openEventStream(server.url);
    try {
      await work(await targetAt(server.url, experimentId));
    } finally {
      stream.close();
      await server.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const folder of this.#folders) await fs.promises.rm(folder, { recursive: true });
  }
}

async function askForAll(url: string, experimentIds: readonly string[]): Promise<void> {
  const { path: target, body } = searchRuns(experimentIds, { max_results: 1 });
  const connection = await Connection.open(url);
  await connection.post(target, body);
  connection.close();
}

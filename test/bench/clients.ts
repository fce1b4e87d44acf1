import path from 'node:path';
import { createRuns } from './api.ts';
import type { Bench } from './bench.ts';
import { newCache } from './indexedStores.ts';
import { load } from './load.ts';
import { logMetric, mixed } from './operations.ts';
import { percentile } from './samples.ts';
import { startServer } from './serverProcess.ts';

const CLIENTS = 16;
/** ms of a measurement. */
const TIME = 2_500;
const ROUNDS = 3;

/** Trainings that log at the same time, each to its run and waiting for each answer. */
export async function measureClients({ folder, report }: Bench): Promise<void> {
  const server = await startServer({ store: path.join(folder, 'clients'), cache: newCache(folder) });
  try {
    const runIds = await createRuns(server.url, '0', CLIENTS);
    for (const [row, operation] of [
      ['clients.logMetric', logMetric],
      ['clients.mixed', mixed],
    ] as const) {
      const next = (at: number, n: number) => operation(runIds[at] ?? '', n);
      await load(server.url, { connections: CLIENTS, time: TIME / 3, next });
      const rounds = { ours: [] as number[], floor: [] as number[] };
      let worst = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const { latencies } = await load(server.url, { connections: CLIENTS, time: TIME, next });
        rounds.ours.push(percentile(latencies, 99));
        rounds.floor.push(percentile(latencies, 50));
        worst = Math.max(worst, percentile(latencies, 100));
      }
      report(row, { ...rounds, note: `slowest ${worst.toFixed(0)} ms` });
    }
  } finally {
    await server.end();
  }
}

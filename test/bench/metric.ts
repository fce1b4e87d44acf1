import fs from 'node:fs';
import path from 'node:path';
import { createRun } from './api.ts';
import type { Bench } from './bench.ts';
import { Connection } from './connection.ts';
import { newCache } from './indexedStores.ts';
import { median, timed } from './samples.ts';
import { startServer } from './serverProcess.ts';

const POINTS = 1_000_000;
const ROUNDS = 5;
/** How often it is asked again of each server. */
const AGAIN = 5;

/** A metric with a million points, asked of servers that have just started, and then again. */
export async function measureMetric({ folder, report }: Bench): Promise<void> {
  const store = path.join(folder, 'metric');
  const first = await startServer({ store, cache: newCache(folder) });
  const runId = await createRun(first.url, '0');
  await first.end();
  const file = path.join(store, '0', runId, 'metrics', 'loss');
  fs.writeFileSync(file, lines());
  const query = `run_id=${runId}&metric_key=loss`;
  const paths = {
    series: `/api/mlflow-workbench/metric-series?${query}&max_results=2000`,
    history: `/api/2.0/mlflow/metrics/get-history?${query}&max_results=1000`,
  };
  for (const name of ['series', 'history'] as const) {
    const rounds = { cold: [] as number[], again: [] as number[], floor: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.floor.push(await timed(() => fs.readFileSync(file)));
      const server = await startServer({ store, cache: newCache(folder) });
      const connection = await Connection.open(server.url);
      await connection.get('/health');
      rounds.cold.push(await timed(() => connection.get(paths[name])));
      const again: number[] = [];
      while (again.length < AGAIN) again.push(await timed(() => connection.get(paths[name])));
      rounds.again.push(median(again));
      connection.close();
      await server.end();
    }
    report(`metric.${name}Cold`, { ours: rounds.cold, floor: rounds.floor, note: `${size(file)} MB` });
    report(`metric.${name}`, { ours: rounds.again });
  }
}

function lines(): string {
  const all: string[] = [];
  for (let step = 0; step < POINTS; step++) {
    all.push(`${1_700_000_000_000 + step} ${Math.exp(-step / POINTS) + Math.sin(step) / 10} ${step}\n`);
  }
  return all.join('');
}

function size(file: string): number {
  return Math.round(fs.statSync(file).size / 1e6);
}

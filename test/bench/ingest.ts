import path from 'node:path';
import { createRuns } from './api.ts';
import type { Bench } from './bench.ts';
import { createRunCalls } from './floorPrograms.ts';
import { load } from './load.ts';
import { createRun, logBatches, logMetric, type Operation } from './operations.ts';
import { type ServerProcess, startNode, startServer } from './serverProcess.ts';

export const CONNECTIONS = 10;
/** ms of a measurement, and of what goes before the first one. */
const [TIME, WARM_UP] = [1_000, 2_000];
const ROUNDS = 3;

/** A server, and what is written to on it. */
export interface Target {
  readonly url: string;
  readonly experimentId: string;
  /** One of each connection. */
  readonly runIds: readonly string[];
}

export interface Ingest {
  readonly name: 'logMetric' | 'logBatch10' | 'logBatch1000' | 'createRun';
  /** Metrics of a request; requests are counted where it is 1. */
  readonly size: number;
  readonly floor: 'parseOnly' | 'append';
  operation(runId: string, n: number, experimentId: string): Operation;
}

export const INGESTS: readonly Ingest[] = [
  { name: 'logMetric', size: 1, floor: 'parseOnly', operation: logMetric },
  { name: 'logBatch10', size: 10, floor: 'append', operation: logBatches(10) },
  { name: 'logBatch1000', size: 1_000, floor: 'append', operation: logBatches(1_000) },
  { name: 'createRun', size: 1, floor: 'append', operation: (_, n, experimentId) => createRun(experimentId, n) },
];

/** Writes over ten connections, each to a run of its own, beside servers that do less. */
export async function measureIngest({ folder, report }: Bench): Promise<void> {
  const servers: ServerProcess[] = [];
  const floor = (name: string, ...args: string[]) =>
    startNode([...process.execArgv, path.join(import.meta.dirname, 'floors', name), ...args]);
  try {
    const ours = await startServer({ store: path.join(folder, 'ingest'), cache: path.join(folder, 'ingest-cache') });
    servers.push(ours);
    const append = await floor('appendServer.ts', path.join(folder, 'append'));
    servers.push(append);
    const parseOnly = await floor('parseOnlyServer.ts');
    servers.push(parseOnly);
    const target = await targetAt(ours.url, '0');
    const floors = { append: await targetAt(append.url, '0'), parseOnly: { ...target, url: parseOnly.url } };
    for (const ingest of INGESTS) {
      const rates = { ours: [] as number[], floor: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        rates.floor.push(await ingestRate(floors[ingest.floor], ingest, TIME, round === 0));
        rates.ours.push(await ingestRate(target, ingest, TIME, round === 0));
      }
      report(`ingest.${ingest.name}`, rates);
      if (ingest.name === 'createRun') {
        const calls = rates.ours.map((_, round) => createRunCalls(path.join(folder, 'calls', String(round)), TIME));
        report('ingest.createRunCalls', { ours: rates.ours, floor: calls });
      }
    }
  } finally {
    for (const server of servers) await server.end();
  }
}

export async function targetAt(url: string, experimentId: string): Promise<Target> {
  return { url, experimentId, runIds: await createRuns(url, experimentId, CONNECTIONS) };
}

/** @returns requests or metrics per second. */
export async function ingestRate(
  { url, experimentId, runIds }: Target,
  { operation, size }: Ingest,
  time: number,
  isCold: boolean,
): Promise<number> {
  const next = (at: number, n: number) => operation(runIds[at] ?? '', n, experimentId);
  if (isCold) await load(url, { connections: CONNECTIONS, time: WARM_UP, next });
  const { rate } = await load(url, { connections: CONNECTIONS, time, next });
  return rate * size;
}

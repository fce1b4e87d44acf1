import fs from 'node:fs';
import path from 'node:path';
import { createExperiment } from '../api.ts';
import type { Bench, Measurement } from '../bench.ts';
import { Connection } from '../connection.ts';
import { createRunCalls } from '../floorPrograms.ts';
import { newCache } from '../indexedStores.ts';
import { INGESTS, type Ingest, ingestRate, type Target, targetAt } from '../ingest.ts';
import { searchRuns } from '../operations.ts';
import { timed } from '../samples.ts';
import { type ServerProcess, startServer } from '../serverProcess.ts';
import { fillRuns } from './fillRuns.ts';
import { startFastTrackMl, startMlflow } from './peerServers.ts';

const ROUNDS = 5;
const PAGES = 9;
/** ms of a measurement. */
const TIME = 1_200;

/** The same requests to our server and to others that keep what they are sent. */
export async function measurePeers({ folder, indexed, report }: Bench): Promise<void> {
  const store = await indexed('medium');
  await withServer(startServer({ store: path.join(folder, 'peers'), cache: newCache(folder) }), async (ours) => {
    const target = await targetAt(ours.url, '0');
    await withServer(startFastTrackMl(emptyFolder(folder, 'fasttrackml')), async (peer) => {
      const peerTarget = await targetAt(peer.url, await createExperiment(peer.url, 'ingest'));
      const creations = await compareRates(target, peerTarget, 'createRun');
      report('peers.createRun', creations);
      const calls = creations.ours.map((_, round) => createRunCalls(path.join(folder, 'calls', String(round)), TIME));
      report('peers.createRunCalls', { ours: calls, floor: creations.floor });
      report('peers.logMetric', await compareRates(target, peerTarget, 'logMetric'));
      const experimentId = await createExperiment(peer.url, 'page');
      await fillRuns(peer.url, experimentId, store);
      await withServer(startServer(store.place), async (filled) => {
        report('peers.page', await comparePages([filled.url, store.experimentIds], [peer.url, [experimentId]]));
      });
    });
    await withServer(startMlflow(emptyFolder(folder, 'mlflow')), async (peer) => {
      report('peers.mlflow', await compareRates(target, await targetAt(peer.url, '0'), 'logMetric'));
    });
  });
}

async function withServer(starting: Promise<ServerProcess>, work: (server: ServerProcess) => Promise<void>) {
  const server = await starting;
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function emptyFolder(folder: string, name: string): string {
  return fs.mkdtempSync(path.join(folder, `${name}-`));
}

async function compareRates(ours: Target, peer: Target, name: Ingest['name']): Promise<Measurement> {
  const rounds = { ours: [] as number[], floor: [] as number[] };
  for (const ingest of INGESTS.filter((it) => it.name === name)) {
    for (let round = 0; round < ROUNDS; round++) {
      rounds.floor.push(await ingestRate(peer, ingest, TIME, round === 0));
      rounds.ours.push(await ingestRate(ours, ingest, TIME, round === 0));
    }
  }
  return rounds;
}

type Searched = readonly [url: string, experimentIds: readonly string[]];

async function comparePages(ours: Searched, peer: Searched): Promise<Measurement> {
  const rounds = { ours: [] as number[], floor: [] as number[] };
  for (let round = -2; round < PAGES; round++) {
    const [floor, own] = [await timePage(peer), await timePage(ours)];
    // The first rounds do not count.
    if (round < 0) continue;
    rounds.floor.push(floor);
    rounds.ours.push(own);
  }
  return rounds;
}

async function timePage([url, experimentIds]: Searched): Promise<number> {
  const { path: target, body } = searchRuns(experimentIds, { max_results: 1_000 });
  const connection = await Connection.open(url);
  try {
    let answer = '';
    const time = await timed(async () => {
      answer = (await connection.post(target, body)).toString();
    });
    const { length } = (JSON.parse(answer) as { runs: unknown[] }).runs;
    if (length !== 1_000) throw new Error(`${url} answered with ${length} runs`);
    return time;
  } finally {
    connection.close();
  }
}

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { Random } from './actors/random.ts';
import { serve } from './builtServer.ts';
import type { FaultRow } from './row.ts';

/** Artifacts of each run: removing them takes longer than the server lives. */
const FILES = 400;
const RUNS = 4;

/** Kills the server while it removes large runs and an experiment for good. */
export async function killPurges({
  cli,
  rounds,
}: {
  readonly cli: string;
  readonly rounds: number;
}): Promise<FaultRow> {
  const seed = Date.now();
  const random = new Random(seed);
  const [lost, broken]: [string[], string[]] = [[], []];
  let [cutOff, gone] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    using folder = temporaryFolder();
    const [store, artifacts] = [folder.join('store'), folder.join('artifacts')];
    const start = () =>
      serve({ cli, store, cache: folder.join('cache'), args: ['--artifacts-destination', artifacts] });
    const server = await start();
    const first = connect(server.url);
    const experimentId = await first.tracking.createExperiment({ name: 'gone' });
    const runIds = await Promise.all(Array.from({ length: RUNS }, () => largeRun(first, '0', artifacts)));
    const inner = await largeRun(first, experimentId, artifacts);
    for (const runId of runIds) await first.tracking.deleteRun(runId);
    await first.tracking.deleteExperiment(experimentId);
    const acknowledged = new Set<string>();
    const purges = [
      ...runIds.map((id) => [id, first.tracking.purgeRun(id)] as const),
      [experimentId, first.tracking.purgeExperiment(experimentId)] as const,
    ].map(([id, purge]) => purge.then(() => acknowledged.add(id)).catch(() => undefined));
    await sleep(random.below(40));
    await server.end('SIGKILL');
    await Promise.all(purges);
    first.dispose();
    if (acknowledged.size <= RUNS) cutOff += 1;

    const again = await start();
    const client = connect(again.url);
    for (const [id, experiment] of [...runIds.map((id) => [id, '0'] as const), [inner, experimentId] as const]) {
      const files = path.join(artifacts, experiment, id, 'artifacts');
      const run = await client.tracking.getRun(id).catch(() => undefined);
      const isGone = run === undefined;
      gone += isGone ? 1 : 0;
      if (!isGone && (acknowledged.has(id) || acknowledged.has(experiment))) lost.push(`${id} came back`);
      if (!isGone && run.data.params.size !== 1) broken.push(`${id} has lost its parameter`);
      const left = () => (fs.existsSync(files) ? fs.readdirSync(files).length : 0);
      if (!isGone && left() !== FILES) broken.push(`${id} is there with ${left()} of its ${FILES} files`);
      if (isGone)
        await until(() => left() === 0, 'the files of what was purged').catch((error) => broken.push(`${error}`));
    }
    await until(() => !fs.existsSync(path.join(store, '.purged.trash')), 'the end of the purges').catch((error) =>
      broken.push(`${error}`),
    );
    broken.push(...(await client.problems()).map(({ path: file, message }) => `${file}: ${message}`));
    client.dispose();
    await again.end('SIGTERM');
  }
  return {
    fault: 'kill -9 of the server while it deletes for good',
    unit: 'kills',
    done: rounds,
    lost,
    broken,
    notes: `${cutOff} of them cut something off, ${gone} runs were gone, seed ${seed}`,
    target: 'each run is whole or gone, and what was begun is finished at the next start',
  };
}

async function largeRun({ tracking }: MlflowClient, experimentId: string, artifacts: string): Promise<string> {
  const { runId } = (await tracking.createRun({ experimentId })).info;
  await tracking.logBatch(runId, { params: [{ key: 'p', value: '1' }] });
  const folder = path.join(artifacts, experimentId, runId, 'artifacts');
  fs.mkdirSync(folder, { recursive: true });
  for (let at = 0; at < FILES; at++) fs.writeFileSync(path.join(folder, `${at}.txt`), 'x');
  return runId;
}

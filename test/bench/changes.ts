import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createExperiment, createRun } from './api.ts';
import type { Bench } from './bench.ts';
import { type EventStream, openEventStream } from './eventStream.ts';
import { searchRuns } from './operations.ts';
import { countWatches, cpuTime } from './processState.ts';
import { type GeneratedStore, runIdOf } from './stores.ts';
import { startAndAsk } from './timeToAnswer.ts';

/** Changes whose delay is measured. */
const CHANGES = 8;
const ROUNDS = 3;
/** ms in which the CPU time is taken, and how many runs are changed meanwhile: one would vanish in the noise. */
const [WINDOW, CHANGED] = [2_500, 40];

/** A server that is listened to, while another process, which is this one, changes files in its store. */
export async function measureChanges({ indexed, report }: Bench): Promise<void> {
  const store = await indexed('medium');
  const [, server] = await startAndAsk(store.place, searchRuns(store.experimentIds, { max_results: 100 }));
  const stream = await openEventStream(server.url);
  const experimentId = await createExperiment(server.url, 'bench');
  try {
    const running = await createRun(server.url, experimentId);
    const metric = path.join(store.root, experimentId, running, 'metrics', 'loss');
    await sleep(3_000);
    report('change.watches', { ours: [countWatches(server.pid)] });
    const ended = (at: number) => delay(stream, runIdOf(at), () => touchMeta(store, at));
    const logged = (at: number) => delay(stream, running, () => fs.appendFileSync(metric, `${Date.now()} 0.5 ${at}\n`));
    report('change.ended', { ours: [Math.max(...(await repeat(ended)))] });
    report('change.logged', { ours: [Math.max(...(await repeat(logged)))] });
    const rounds = { cost: [] as number[], idle: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      const idle = await cpuTimeOf(server.pid, () => {});
      const busy = await cpuTimeOf(server.pid, (at) => touchMeta(store, round * CHANGED + at));
      rounds.idle.push((100 * idle) / WINDOW);
      rounds.cost.push((busy - idle) / CHANGED);
    }
    report('change.cost', { ours: rounds.cost, note: `of ${CHANGED} in ${WINDOW} ms, beyond a server that watches` });
    report('change.idle', { ours: rounds.idle });
  } finally {
    stream.close();
    await server.end();
    fs.rmSync(path.join(store.root, experimentId), { recursive: true });
  }
}

/** Replaces a run's meta file by an equal one, as MLflow does when a run ends. */
function touchMeta({ root, experimentIds }: GeneratedStore, run: number): void {
  const folder = path.join(root, String(1 + (run % experimentIds.length)), runIdOf(run));
  const text = fs.readFileSync(path.join(folder, 'meta.yaml'));
  fs.writeFileSync(path.join(folder, 'meta.yaml'), text);
}

/** @returns ms from a change until it is told. */
async function delay(stream: EventStream, runId: string, change: () => void): Promise<number> {
  const heard = stream.heard(runId);
  const start = performance.now();
  change();
  return (await heard) - start;
}

async function repeat(measure: (at: number) => Promise<number>): Promise<number[]> {
  const delays: number[] = [];
  for (let at = 0; at < CHANGES; at++) {
    delays.push(await measure(at));
    // At another time of the server's interval each, and never so soon that two count as one.
    await sleep(100 + ((at * 270) % 700));
  }
  return delays;
}

async function cpuTimeOf(pid: number, change: (at: number) => void): Promise<number> {
  const before = cpuTime(pid);
  for (let at = 0; at < CHANGED; at++) {
    change(at);
    await sleep(WINDOW / CHANGED);
  }
  return cpuTime(pid) - before;
}

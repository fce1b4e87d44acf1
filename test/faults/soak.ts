// `npm run soak`: 50 requests a second of all kinds to the real server for ten minutes (`SOAK_MINUTES`), and what that does
// to its memory and open files. Fails where they grow.
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { Random } from './actors/random.ts';
import { buildCli, serve } from './builtServer.ts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 10);
const RATE = 50;
const RUNS = 10;
/** ms between two looks. */
const LOOK = 5_000;
/** Share of the time in which caches fill. */
const WARM_UP = 0.5;
/** MB that memory may grow in a minute. */
const MAX_SLOPE = 1;

interface Sample {
  /** minutes */
  readonly at: number;
  /** MB */
  readonly memory: number;
  readonly files: number;
}

if (process.platform !== 'linux') {
  console.log('skipped: only Linux tells the open files of a process');
  process.exit(0);
}
using folder = temporaryFolder();
const server = await serve({
  ...{ cli: await buildCli(), store: folder.join('store'), cache: folder.join('cache') },
  // V8 lets a heap grow for minutes before it clears it away; a small one shows what is really kept.
  node: ['--max-old-space-size=96', '--max-semi-space-size=4'],
});
const filesBefore = openFiles();
const client = connect(server.url);
client.onDidChange(() => {});
const samples: Sample[] = [];
let [requests, failed, filesAfter] = [0, 0, 0];
try {
  await load(client);
  // Connections that nobody uses are closed by the client after some seconds.
  await sleep(6_000);
  filesAfter = openFiles();
} finally {
  client.dispose();
  await server.end('SIGTERM');
}
const later = samples.filter(({ at }) => at > WARM_UP * MINUTES);
const slope = slopeOf(later);
console.log(`${requests} requests in ${MINUTES} minutes, ${failed} failed`);
console.log(
  `memory: ${slope.toFixed(2)} MB a minute after ${(WARM_UP * MINUTES).toFixed(1)} minutes (must be < ${MAX_SLOPE})`,
);
console.log(`open files without connections: ${filesBefore} before, ${filesAfter} after (one more is the index)`);
if (slope >= MAX_SLOPE || filesAfter > filesBefore + 1 || failed > 0) process.exitCode = 1;

async function load(to: MlflowClient): Promise<void> {
  const random = new Random(1);
  const runIds: string[] = [];
  for (let at = 0; at < RUNS; at++) {
    runIds.push((await to.tracking.createRun({ experimentId: '0', runName: `run ${at}` })).info.runId);
  }
  await to.registry.createRegisteredModel({ name: 'model' });
  // What is remembered of written points is full from the start, and not only after half an hour.
  for (let at = 0; at < 10_000; at += 1_000) {
    for (const runId of runIds) {
      const metrics = Array.from({ length: 1_000 }, (_, step) => ({
        ...{ key: `m${step % 5}`, value: random.next(), timestamp: 0, step: at + step - 10_000 },
      }));
      await to.tracking.logBatch(runId, { metrics });
    }
  }
  const pending = new Set<Promise<unknown>>();
  const began = performance.now();
  let looked = 0;
  for (let count = 0; ; count++) {
    const elapsed = performance.now() - began;
    if (elapsed > MINUTES * 60_000) break;
    if (elapsed - looked >= LOOK) {
      looked = elapsed;
      look(elapsed / 60_000);
    }
    const due = (count * 1000) / RATE;
    if (due > elapsed) await sleep(due - elapsed);
    const request = ask(to, random, random.pick(runIds), count)
      .catch((error: unknown) => {
        failed += 1;
        if (failed < 5) console.error(error);
      })
      .finally(() => pending.delete(request));
    pending.add(request);
    requests += 1;
  }
  await Promise.all(pending);
}

async function ask({ tracking, registry, artifacts }: MlflowClient, random: Random, runId: string, count: number) {
  const kind = random.below(100);
  const point = () => ({ key: `m${random.below(5)}`, value: random.next(), timestamp: count, step: count });
  if (kind < 40) return tracking.logBatch(runId, { metrics: [point()] });
  if (kind < 48)
    return tracking.logBatch(runId, {
      metrics: Array.from({ length: 10 }, point),
      tags: [{ key: 't', value: `${count}` }],
    });
  if (kind < 70) return tracking.searchRuns({ experimentIds: ['0'], maxResults: 50, filter: 'metrics.m1 > 0.5' });
  if (kind < 80) return tracking.getRun(runId);
  if (kind < 86) return tracking.getMetricHistory(runId, 'm1', { maxResults: 100 });
  if (kind < 90) return tracking.searchExperiments({});
  if (kind < 94) return registry.setRegisteredModelTag('model', { key: 'k', value: String(count) });
  // New runs are rare: that more of them take more memory is no leak.
  if (kind < 99 || random.below(4) > 0) {
    const repository = artifacts.open((await tracking.getRun(runId)).info.artifactUri);
    return repository.write(`f${random.below(3)}.bin`, single(Buffer.alloc(random.below(50_000), 'x')));
  }
  const { info } = await tracking.createRun({ experimentId: '0', runName: `ended ${count}` });
  return tracking.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
}

async function* single(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

function look(at: number): void {
  const status = fs.readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
  const sample = { at, memory: Number(kilobytes) / 1024, files: openFiles() };
  samples.push(sample);
  if (samples.length % 6 === 1) {
    console.log(`${at.toFixed(1)} min: ${sample.memory.toFixed(1)} MB, ${sample.files} files, ${requests} requests`);
  }
}

/** How many files, pipes and the like the server has open; the number of connections is the client's choice. */
function openFiles(): number {
  const folder = `/proc/${server.child.pid}/fd`;
  return fs.readdirSync(folder).filter((name) => !targetOf(`${folder}/${name}`).startsWith('socket:')).length;
}

function targetOf(link: string): string {
  try {
    return fs.readlinkSync(link);
  } catch {
    return 'socket: or a file that was closed meanwhile';
  }
}

/** MB a minute, by least squares. */
function slopeOf(all: readonly Sample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(all.map(({ at }) => at)), mean(all.map(({ memory }) => memory))];
  const covariance = all.reduce((sum, { at, memory }) => sum + (at - x) * (memory - y), 0);
  return covariance / all.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MlflowClient } from '../../src/client/connect.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { type BusyStretches, busyStretches } from './driver/busyStretches.ts';
import { pick, runCommand } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { serverOf } from './driver/serverOf.ts';
import { stopServer } from './driver/stopServer.ts';
import { until } from './driver/until.ts';
import { webview } from './driver/webviews.ts';

let folder: string;
let workspace: string;
let editor: Editor;
let client: MlflowClient;
let experimentId: string;
let stretches: BusyStretches;

const cache = () => path.join(folder, 'cache');
/** Runs, ms between two batches of each, points of a batch: a hundred points a second and run. */
const [RUNS, PAUSE, BATCH] = [10, 100, 10];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'live-'));
  workspace = path.join(folder, 'live');
  fs.mkdirSync(workspace);
  const tracking = await openFileTrackingStore({ root: path.join(workspace, '.mlflow') });
  experimentId = await tracking.createExperiment({ name: 'live' });
  await tracking.close();
  stretches = busyStretches(folder);
  editor = await openEditor({
    workspace,
    extensions: [stretches.extension],
    environment: { MLFLOW_WORKBENCH_CACHE: cache(), ...stretches.environment },
  });
  client = await serverOf(workspace, cache());
});

afterAll(async () => {
  client?.dispose();
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), cache());
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function startRuns(): Promise<readonly string[]> {
  return Promise.all(
    Array.from({ length: RUNS }, async (_, n) => {
      const { info } = await client.tracking.createRun({ experimentId, runName: `live ${n}`, startTime: Date.now() });
      return info.runId;
    }),
  );
}

/** @returns how many points each run has logged then */
async function logFor(runIds: readonly string[], from: number, ms: number): Promise<number> {
  const end = Date.now() + ms;
  let step = from;
  while (Date.now() < end) {
    const next = Date.now() + PAUSE;
    const at = step;
    await Promise.all(
      runIds.map((runId) =>
        client.tracking.logBatch(runId, {
          metrics: Array.from({ length: BATCH }, (_, nth) => ({
            key: `loss${nth % 2}`,
            step: at + nth,
            timestamp: Date.now(),
            value: 1 / (1 + at + nth),
          })),
        }),
      ),
    );
    step += BATCH;
    await sleep(Math.max(0, next - Date.now()));
  }
  return step;
}

test('ten runs that log a hundred points a second each do not hold up the editor', async () => {
  const { page } = editor;
  const runIds = await startRuns();
  await logFor(runIds, 0, 500);
  await runCommand(page, 'MLflow: Open Runs Table');
  await pick(page, 'live').catch(() => undefined);
  await webview(page, /^Runs · live/);
  await runCommand(page, 'MLflow: Open Charts');
  await pick(page, 'live').catch(() => undefined);
  const charts = await webview(page, /^Charts · live/);
  const card = charts.locator('.card[data-metric="loss0"]');
  await until('all curves', async () => (await card.getAttribute('data-curves')) === String(RUNS));
  // What VS Code does when it has just started is not ours.
  await logFor(runIds, 100, 3_000);
  stretches.clear();

  const logged = await logFor(runIds, 1_000, 8_000);
  const busy = stretches.read();
  expect(busy.length).toBeGreaterThan(0);
  expect(Math.max(...busy)).toBeLessThan(50);
  expect(logged).toBeGreaterThan(1_000 + 8 * BATCH);
  const points = async () => Number(await card.getAttribute('data-points'));
  await until('the last points', async () => (await points()) >= (RUNS * (logged - 1_000)) / 2, { instead: points });
});

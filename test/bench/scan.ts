import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';

export interface ScanTime {
  readonly runs: number;
  readonly files: number;
  /** ms until all runs of a store that was never read before are there. */
  readonly scan: number;
  /** ms of `find`, which reads the same folders and opens no file. */
  readonly find: number;
}

const [PARAMS, METRICS, POINTS, TAGS] = [10, 10, 20, 5];

/** Reads a generated store with a new store object. */
export async function measureScan(runs: number): Promise<ScanTime> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-bench-'));
  try {
    const experimentId = await generate(root, runs);
    const found = time(() => execFileSync('find', [root, '-type', 'f'], { encoding: 'utf8', maxBuffer: 2 ** 30 }));
    const files = (found.result as string).split('\n').length - 1;
    const start = performance.now();
    const store = await openFileTrackingStore({ root });
    let count = 0;
    for (let pageToken: string | undefined; ; ) {
      const page = await store.searchRuns({ experimentIds: [experimentId], maxResults: 50_000, pageToken });
      count += page.items.length;
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    const scan = performance.now() - start;
    await store.close();
    if (count !== runs) throw new Error(`${count} of ${runs} runs were found`);
    return { runs, files, scan, find: found.time };
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

function time<T>(work: () => T): { readonly result: T; readonly time: number } {
  const start = performance.now();
  const result = work();
  return { result, time: performance.now() - start };
}

/** One run as the store writes it, copied under other ids. */
async function generate(root: string, runs: number): Promise<string> {
  const store = await openFileTrackingStore({ root });
  const experimentId = await store.createExperiment({ name: 'bench' });
  const { info } = await store.createRun({ experimentId, userId: 'bench' });
  await store.logBatch(info.runId, {
    params: Array.from({ length: PARAMS }, (_, i) => ({ key: `param${i}`, value: String(i / 7) })),
    tags: Array.from({ length: TAGS }, (_, i) => ({ key: `tag${i}`, value: `value ${i}` })),
  });
  for (let m = 0; m < METRICS; m++) {
    const metrics = Array.from({ length: POINTS }, (_, step) => ({
      key: `metric${m}`,
      value: 1 / (step + m + 1),
      timestamp: 1_700_000_000_000 + step,
      step,
    }));
    await store.logBatch(info.runId, { metrics });
  }
  await store.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
  await store.close();
  const template = path.join(root, experimentId, info.runId);
  const meta = fs.readFileSync(path.join(template, 'meta.yaml'), 'utf8');
  for (let n = 1; n < runs; n++) {
    const runId = randomUUID().replaceAll('-', '');
    const folder = path.join(root, experimentId, runId);
    fs.cpSync(template, folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'meta.yaml'), meta.replaceAll(info.runId, runId));
  }
  return experimentId;
}

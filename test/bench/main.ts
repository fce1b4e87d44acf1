// `npm run bench`: speed beside a floor that is measured in the same run. `--only NAMES` measures some rows (the names before
// the dots in rows.ts, with commas between them), `--runs N` takes smaller stores, `--peers` measures other servers too,
// `--json` is for machines.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Measure, Measurement } from './bench.ts';
import { measureBusy, measureScanning } from './busy.ts';
import { measureChanges } from './changes.ts';
import { measureChartsPage } from './chartsPage.ts';
import { measureClients } from './clients.ts';
import { IndexedStores } from './indexedStores.ts';
import { measureIngest } from './ingest.ts';
import { judge } from './judge.ts';
import { measureLanguage } from './language.ts';
import { measureMemory } from './memory.ts';
import { measureMetric } from './metric.ts';
import { measurePages } from './page.ts';
import { measurePeers } from './peers/peers.ts';
import { groupOf, ROWS, type Row, type RowName } from './rows.ts';
import { measureRunsTable } from './runsTable.ts';
import { measureScan } from './scan.ts';
import { measureSearch } from './search.ts';
import { measureServerStart } from './serverStart.ts';
import { storeSizes } from './stores.ts';
import { formatTable } from './table.ts';
import { measureTablePage } from './tablePage.ts';

const MEASURES = new Map<string, Measure>([
  ['start', measureServerStart],
  ['language', measureLanguage],
  ['scan', measureScan],
  ['memory', measureMemory],
  ['change', measureChanges],
  ['search', measureSearch],
  ['page', measurePages],
  ['ingest', measureIngest],
  ['clients', measureClients],
  ['metric', measureMetric],
  ['runsTable', measureRunsTable],
  ['tablePage', measureTablePage],
  ['chartsPage', measureChartsPage],
  ['busy', measureBusy],
  ['scanning', measureScanning],
  ['peers', measurePeers],
]);

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    peers: { type: 'boolean', default: false },
    runs: { type: 'string', default: '10000' },
  },
});
const wanted = values.only?.split(',') ?? [...MEASURES.keys()].filter((name) => values.peers || name !== 'peers');
const unknown = wanted.filter((name) => !MEASURES.has(name));
if (unknown.length > 0) throw new Error(`${unknown}: there are ${[...MEASURES.keys()]}`);

execFileSync(process.execPath, ['esbuild.mjs'], { cwd: path.dirname(path.dirname(import.meta.dirname)) });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-bench-'));
const measured = new Map<RowName, Measurement>();
const stores = storeSizes(Number(values.runs));
const indexedStores = new IndexedStores(stores, folder);
const bench: Bench = {
  folder,
  stores,
  indexed: (size) => indexedStores.get(size),
  report: (row, measurement) => measured.set(row, measurement),
};
// Servers that are just ending may still write there.
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    show();
    process.exit(1);
  });
}
for (const name of wanted) await measureGroup(name);
show();

/** What was measured so far. */
function show(): void {
  if (!values.json) {
    console.log(formatTable(measured, titled));
    return;
  }
  const rows = [...measured].map(([name, measurement]) => {
    return { name, ...ROWS[name], title: titled(ROWS[name]), ...measurement, ...judge(ROWS[name], measurement) };
  });
  console.log(JSON.stringify(rows, undefined, 2));
}

/** A measurement that fails takes only its own rows with it. */
async function measureGroup(name: string): Promise<void> {
  const start = performance.now();
  process.stderr.write(`${name} …`);
  const failed = await Promise.resolve(MEASURES.get(name)?.(bench)).catch((error: Error) => error);
  process.stderr.write(` ${((performance.now() - start) / 1_000).toFixed(0)} s\n`);
  if (!(failed instanceof Error)) return;
  const rows = (Object.keys(ROWS) as RowName[]).filter((row) => groupOf(row) === name && !measured.has(row));
  for (const row of rows) bench.report(row, { ours: [], note: `not measured: ${failed.message}` });
}

function titled({ title }: Row): string {
  const { small, medium, large } = stores;
  const sizes = { S: small, M: medium, L: large };
  return title.replace(/\{([SML])\}/g, (_, size: 'S' | 'M' | 'L') => sizes[size].runs.toLocaleString('en'));
}

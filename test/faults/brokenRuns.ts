import fs from 'node:fs';
import path from 'node:path';
import type { StoreProblem } from '../../src/entities/change.ts';
import type { Run } from '../../src/entities/run.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import type { FaultRow } from './row.ts';

/** What a run shows: values and steps of its metrics, its params and its own tag. */
type Shown = Readonly<Record<string, string>>;

const WHOLE: Shown = { 'metric loss': '0.25 at 2', 'param alpha': '0.5', 'tag t': 'x' };

interface Breakage {
  readonly name: string;
  /** @param run its folder */
  break(run: string): void;
  /** What is still shown; `undefined` for a run that is not. */
  readonly left: Shown | undefined;
  readonly isToldOf: boolean;
}

const meta = (run: string) => path.join(run, 'meta.yaml');
const metric = (run: string, key = 'loss') => path.join(run, 'metrics', key);
const BINARY = Buffer.from([0, 1, 2, 255, 254, 10, 0, 128, 129]);
const { 'metric loss': _, ...WITHOUT_METRIC } = WHOLE;

const hidden = (name: string, work: (run: string) => void): Breakage => ({
  ...{ name, left: undefined, isToldOf: true },
  break: work,
});
const shown = (name: string, left: Shown, isToldOf: boolean, work: (run: string) => void): Breakage => ({
  ...{ name, left, isToldOf },
  break: work,
});
const change = (file: string, edit: (text: string) => string) =>
  fs.writeFileSync(file, edit(fs.readFileSync(file, 'utf8')));

export const BREAKAGES: readonly Breakage[] = [
  hidden('empty meta.yaml', (run) => fs.writeFileSync(meta(run), '')),
  hidden('binary meta.yaml', (run) => fs.writeFileSync(meta(run), BINARY)),
  hidden('half a meta.yaml', (run) => change(meta(run), (text) => text.slice(0, text.indexOf('run_id: ') + 15))),
  hidden('huge meta.yaml', (run) => fs.writeFileSync(meta(run), Buffer.alloc(3_000_000, 'x'))),
  { ...hidden('no meta.yaml', (run) => fs.rmSync(meta(run))), isToldOf: false },
  {
    ...hidden('a folder as meta.yaml', (run) => {
      fs.rmSync(meta(run));
      fs.mkdirSync(meta(run));
    }),
    isToldOf: false,
  },
  hidden('another run’s meta.yaml', (run) =>
    change(meta(run), (text) => text.replaceAll(path.basename(run), '0'.repeat(32))),
  ),
  shown('meta.yaml with CRLF', WHOLE, false, (run) => change(meta(run), (text) => text.replaceAll('\n', '\r\n'))),
  shown('meta.yaml with a byte order mark', WHOLE, false, (run) => change(meta(run), (text) => `\ufeff${text}`)),
  shown('invalid UTF-8 in meta.yaml', WHOLE, false, (run) =>
    fs.appendFileSync(
      meta(run),
      Buffer.concat([Buffer.from("note: '"), Buffer.from([0xc3, 0x28]), Buffer.from("'\n")]),
    ),
  ),
  shown('an empty metric', { ...WHOLE }, false, (run) => fs.writeFileSync(metric(run, 'none'), '')),
  shown('a binary metric', WITHOUT_METRIC, true, (run) => fs.writeFileSync(metric(run), BINARY)),
  shown('a torn last line', WHOLE, true, (run) => fs.appendFileSync(metric(run), '17000')),
  shown('half a value, which is a value', { ...WHOLE, 'metric loss': '0.1 at 7' }, false, (run) =>
    fs.appendFileSync(metric(run), '3 0.1 7'),
  ),
  shown('CRLF in a metric', WHOLE, false, (run) => change(metric(run), (text) => text.replaceAll('\n', '\r\n'))),
  shown('a byte order mark in a metric', WHOLE, false, (run) => change(metric(run), (text) => `\ufeff${text}`)),
  shown('NaN', { ...WHOLE, 'metric loss': 'NaN at 3' }, false, (run) => fs.appendFileSync(metric(run), '3 nan 3\n')),
  shown('Infinity', { ...WHOLE, 'metric loss': '-Infinity at 3' }, false, (run) =>
    fs.appendFileSync(metric(run), '3 -inf 3\n'),
  ),
  shown('lines of two fields', { ...WHOLE, 'metric old': '9 at 0' }, false, (run) =>
    fs.writeFileSync(metric(run, 'old'), '1 5.0\n2 9.0\n'),
  ),
  shown('lines of one and of four fields', WHOLE, true, (run) => fs.appendFileSync(metric(run), '1\n1 2 3 4\n')),
  shown('steps out of order', { ...WHOLE, 'metric loss': '8 at 90' }, false, (run) =>
    fs.appendFileSync(metric(run), '5 8.0 90\n6 1.0 -4\n7 2.0 1\n'),
  ),
  shown('invalid UTF-8 in a metric', WHOLE, true, (run) =>
    fs.appendFileSync(metric(run), Buffer.from([0xff, 0xfe, 10])),
  ),
  shown('a line of a megabyte', WHOLE, true, (run) => fs.appendFileSync(metric(run), `${'9'.repeat(1_000_000)}\n`)),
  shown('invalid UTF-8 in a param', { ...WHOLE, 'param bad': '\ufffd(' }, false, (run) =>
    fs.writeFileSync(path.join(run, 'params', 'bad'), Buffer.from([0xc3, 0x28])),
  ),
  shown('a link to nothing as a param', WHOLE, false, (run) =>
    fs.symlinkSync('/nowhere', path.join(run, 'params', 'link')),
  ),
  shown('no folder of params and metrics', { 'tag t': 'x' }, false, (run) => {
    for (const kind of ['params', 'metrics']) fs.rmSync(path.join(run, kind), { recursive: true });
  }),
  shown('files of other programs', WHOLE, false, (run) => {
    fs.writeFileSync(path.join(run, 'notes.txt'), 'x');
    fs.mkdirSync(path.join(run, '.cache'));
    fs.writeFileSync(path.join(run, 'tags', '.0123456789abcdef.tmp'), 'half');
  }),
  shown('a broken link of an input', WHOLE, true, (run) => {
    fs.mkdirSync(path.join(run, 'inputs', 'x'), { recursive: true });
    fs.writeFileSync(path.join(run, 'inputs', 'x', 'meta.yaml'), 'source_id: [');
  }),
];

export interface BrokenRunsOptions {
  readonly runs: number;
}

/** Breaks 5 % of the runs of a store, each in one of all ways, and looks at all of them by every way of reading. */
export async function breakRuns({ runs }: BrokenRunsOptions): Promise<FaultRow> {
  using folder = temporaryFolder();
  const [root, indexFile] = [folder.join('store'), folder.join('cache', 'index')];
  let store = await openFileTrackingStore({ root });
  const experimentId = await store.createExperiment({ name: 'many' });
  const broken = new Map<string, Breakage>();
  const every = Math.min(20, Math.max(2, Math.floor(runs / BREAKAGES.length)));
  for (let at = 0; at < runs; at++) {
    const { info } = await store.createRun({ experimentId, runName: `run ${at}`, tags: new Map([['t', 'x']]) });
    await store.logBatch(info.runId, {
      metrics: [1, 0.5, 0.25].map((value, step) => ({ key: 'loss', value, timestamp: step, step })),
      params: [{ key: 'alpha', value: '0.5' }],
    });
    await store.updateRun(info.runId, { status: 'FINISHED', endTime: 5 });
    const breakage = at % every === 0 ? BREAKAGES[(at / every) % BREAKAGES.length] : undefined;
    if (breakage) broken.set(info.runId, breakage);
    else broken.set(info.runId, { name: 'nothing', break: () => {}, left: WHOLE, isToldOf: false });
  }
  await store.close();
  for (const [runId, breakage] of broken) breakage.break(path.join(root, experimentId, runId));

  const wrong: string[] = [];
  // By threads, from the index file, from what the second start left of it, and one by one.
  for (const how of ['by threads', 'from the index', 'after a restart']) {
    store = await openFileTrackingStore({ root, indexFile });
    wrong.push(...(await lookAtAll(store, experimentId, broken)).map((text) => `${how}: ${text}`));
    await store.close();
  }
  store = await openFileTrackingStore({ root });
  for (const [runId, breakage] of broken) {
    const run = await store.getRun(runId).catch(() => undefined);
    const isRight = isSame(run && show(run), breakage.left) || breakage.name.startsWith('no folder');
    if (!isRight) wrong.push(`one by one: ${breakage.name}: ${JSON.stringify(run && show(run))}`);
  }
  await store.close();
  const damaged = [...broken.values()].filter(({ name }) => name !== 'nothing').length;
  return {
    fault: `${damaged} of ${runs} runs broken in ${BREAKAGES.length} ways`,
    unit: 'runs, read in 4 ways',
    done: runs,
    lost: wrong.filter((text) => text.includes('nothing:')),
    broken: wrong.filter((text) => !text.includes('nothing:')),
    target: '100 % of the others shown, and of the broken ones what can be read, with a note',
  };
}

async function lookAtAll(
  store: FileTrackingStore,
  experimentId: string,
  broken: ReadonlyMap<string, Breakage>,
): Promise<string[]> {
  const { items } = await store.searchRuns({ experimentIds: [experimentId], maxResults: 50_000 });
  const found = new Map(items.map((run) => [run.info.runId, show(run)]));
  const told = new Set((await store.problems()).map(({ runId }: StoreProblem) => runId));
  return [...broken].flatMap(([runId, breakage]) => [
    ...(isSame(found.get(runId), breakage.left) ? [] : [`${breakage.name}: ${JSON.stringify(found.get(runId))}`]),
    ...(told.has(runId) === breakage.isToldOf ? [] : [`${breakage.name}: ${breakage.isToldOf ? 'not ' : ''}told`]),
  ]);
}

function show({ data }: Run): Shown {
  return Object.fromEntries([
    ...[...data.metrics].map(([key, { value, step }]) => [`metric ${key}`, `${value} at ${step}`]),
    ...[...data.params].map(([key, value]) => [`param ${key}`, value]),
    ...[...data.tags].filter(([key]) => key !== 'mlflow.runName').map(([key, value]) => [`tag ${key}`, value]),
  ]);
}

function isSame(a: Shown | undefined, b: Shown | undefined): boolean {
  const text = (shown: Shown | undefined) => JSON.stringify(shown && Object.entries(shown).sort());
  return text(a) === text(b);
}

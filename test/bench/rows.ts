// Every row of the bench with its target; the names before the dot are those of `--only`.

/** A limit of ours in the row's unit, of its ratio to the floor, or how many times faster than the floor it has to be. */
export interface Target {
  readonly of: 'ours' | 'ratio' | 'speedup';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Row {
  /** `{S}`, `{M}` and `{L}` stand for the numbers of runs. */
  readonly title: string;
  /** Rates end with `/s`: more is better. Of everything else less is. */
  readonly unit: 'ms' | 'requests/s' | 'metrics/s' | 'MB' | 'watches' | '% of a core' | 'times';
  readonly floor: string;
  readonly targets: readonly Target[];
}

const atMost = (limit: number): Target => ({ of: 'ours', atMost: limit });
const ratioAtMost = (limit: number): Target => ({ of: 'ratio', atMost: limit });
const ratioAtLeast = (limit: number): Target => ({ of: 'ratio', atLeast: limit });
const faster = (times: number): Target => ({ of: 'speedup', atLeast: times });

const BARE = 'node:http that parses the body';
const APPEND = 'node:http that parses and appends';
const JSON_TEXT = 'JSON.stringify of the page';
const INTERPRETIVE = 'interpretive filter over objects';
const EMPTY = 'the same with an empty store';
const MLFLOW = 'MLflow 3.17.2, gunicorn 2 x 8';
const CALLS = 'what it asks of the system, alone';
const FASTTRACKML = 'FastTrackML 0.6, SQLite';

const CANVAS = 'lines by hand';
const UNDECIMATED = 'Chart.js with all points';
const POOL = '46 rows by hand, nothing else';
const PLAIN = 'a <table> of 1,000 rows';

const YAML_SERVER = 'yaml-language-server';

const row = (title: string, unit: Row['unit'], floor: string, ...targets: Target[]): Row => {
  return { title, unit, floor, targets };
};

export const ROWS = {
  'scan.all': row('{M} runs: first scan, all runs', 'ms', 'C, 2 threads', ratioAtMost(1.7)),
  'scan.calls': row('{M} runs: what a first scan asks of the system, in Node', 'ms', 'C, 2 threads'),
  'scan.beyond': row('{M} runs: first scan, all runs', 'ms', CALLS),
  'scan.first': row('{M} runs: first scan, the first runs', 'ms', '', atMost(50)),
  'scan.indexed': row('{M} runs: start with an index to the first page', 'ms', 'first scan', atMost(80), faster(20)),
  'memory.index': row('{M} runs: RSS per 10,000, from the index', 'MB', '', atMost(25)),
  'memory.scan': row('{M} runs: RSS per 10,000, after the first scan', 'MB', '', atMost(25)),
  'change.watches': row('{M} runs: inotify watches', 'watches', '', atMost(500)),
  'change.cost': row('{M} runs: CPU of one changed run', 'ms', '', atMost(5)),
  'change.idle': row('{M} runs: CPU of a server that watches', '% of a core', ''),
  'change.ended': row('{M} runs: a run ended elsewhere is seen after (slowest)', 'ms', '', atMost(1_000)),
  'change.logged': row('{M} runs: a point logged elsewhere is seen after (slowest)', 'ms', '', atMost(1_000)),

  'search.small': row('{S} runs: search', 'ms', INTERPRETIVE),
  'search.medium': row('{M} runs: search', 'ms', INTERPRETIVE),
  'search.large': row('{L} runs: search', 'ms', INTERPRETIVE, atMost(5), faster(5)),
  'search.growth': row('search, {M} to {L} runs', 'times', 'growth of the runs', ratioAtMost(1)),
  'page.small': row('{S} runs: ordered page of 1,000', 'ms', JSON_TEXT),
  'page.medium': row('{M} runs: ordered page of 1,000', 'ms', JSON_TEXT, atMost(15)),
  'page.large': row('{L} runs: ordered page of 1,000', 'ms', JSON_TEXT, atMost(15)),
  'page.growth': row('ordered page, {M} to {L} runs', 'times', 'growth of the runs', ratioAtMost(1)),
  'page.smallHttp': row('{S} runs: ordered page of 1,000 over HTTP', 'ms', JSON_TEXT),
  'page.mediumHttp': row('{M} runs: ordered page of 1,000 over HTTP', 'ms', JSON_TEXT, atMost(15)),
  'page.largeHttp': row('{L} runs: ordered page of 1,000 over HTTP', 'ms', JSON_TEXT, atMost(15)),

  'ingest.logMetric': row('log-metric', 'requests/s', BARE, ratioAtLeast(0.45)),
  'ingest.logBatch10': row('log-batch of 10', 'metrics/s', APPEND),
  'ingest.logBatch1000': row('log-batch of 1,000', 'metrics/s', APPEND, ratioAtLeast(0.5)),
  'ingest.createRun': row('create-run', 'requests/s', APPEND),
  'ingest.createRunCalls': row('create-run', 'requests/s', CALLS),

  'busy.logMetric': row('log-metric while {L} runs exist', 'requests/s', EMPTY, ratioAtLeast(0.9)),
  'busy.logBatch10': row('log-batch of 10 while {L} runs exist', 'metrics/s', EMPTY, ratioAtLeast(0.9)),
  'busy.logBatch1000': row('log-batch of 1,000 while {L} runs exist', 'metrics/s', EMPTY, ratioAtLeast(0.9)),
  'busy.createRun': row('create-run while {L} runs exist', 'requests/s', EMPTY, ratioAtLeast(0.9)),
  'scanning.logMetric': row('log-metric while {L} are scanned', 'requests/s', EMPTY, ratioAtLeast(0.9)),
  'scanning.logBatch10': row('log-batch of 10 while {L} are scanned', 'metrics/s', EMPTY, ratioAtLeast(0.9)),
  'scanning.logBatch1000': row('log-batch of 1,000 while {L} are scanned', 'metrics/s', EMPTY, ratioAtLeast(0.9)),
  'scanning.createRun': row('create-run while {L} are scanned', 'requests/s', EMPTY, ratioAtLeast(0.9)),

  'clients.logMetric': row('16 clients: log-metric, p99', 'ms', 'p50', ratioAtMost(10)),
  'clients.mixed': row('16 clients: mixed writes, p99', 'ms', 'p50', ratioAtMost(10)),

  'metric.seriesCold': row('1M points: statistics and 2,000 points, cold', 'ms', 'reading the bytes', atMost(150)),
  'metric.series': row('1M points: statistics and 2,000 points, again', 'ms', '', atMost(5)),
  'metric.historyCold': row('1M points: history page of 1,000, cold', 'ms', 'reading the bytes', atMost(150)),
  'metric.history': row('1M points: history page of 1,000, again', 'ms', '', atMost(5)),

  'language.diagnose': row('MLproject of 200 lines: problems, computed', 'ms', '', atMost(5)),
  'language.squiggle': row(
    'MLproject of 200 lines: from a key to its squiggle',
    'ms',
    YAML_SERVER,
    atMost(60),
    faster(1),
  ),
  'language.completion': row('MLproject of 200 lines: completion', 'ms', YAML_SERVER, atMost(5), faster(1)),
  'language.hover': row('MLproject of 200 lines: hover', 'ms', YAML_SERVER, atMost(5), faster(1)),
  'language.large': row('MLproject of 5,000 lines: from a key to its squiggle', 'ms', '', atMost(500)),
  'language.largeCompletion': row('MLproject of 5,000 lines: completion', 'ms', '', atMost(100)),
  'language.bomb': row('YAML bomb: problems told, and alive', 'ms', '', atMost(200)),
  'language.deep': row('20,000 levels: problems told, and alive', 'ms', '', atMost(200)),

  'runsTable.page': row('{M} runs: a page of 500 of the runs table, as columns', 'ms', '', atMost(20)),
  'runsTable.block': row('{M} runs: a block of 100 rows of the runs table', 'ms', '', atMost(10)),
  'runsTable.update': row('{M} runs: a changed run in its place of the runs table', 'ms', '', atMost(5)),

  'runsTable.nest': row('{M} runs, all but 100 of them children: rows below their parents', 'ms', '', atMost(20)),

  'tablePage.first': row('{M} runs: first paint of the runs table', 'ms', POOL, ratioAtMost(2.1)),
  'tablePage.firstWork': row('{M} runs: CPU of the first paint', 'ms', POOL),
  'tablePage.naive': row('{M} runs: first paint of the runs table', 'ms', PLAIN, atMost(70)),
  'tablePage.scroll': row('{M} runs: the runs table scrolled by a screenful', 'ms', POOL, ratioAtMost(1.1)),
  'tablePage.jump': row('{M} runs: the runs table scrolled to rows that are to be read', 'ms', POOL, ratioAtMost(1.6)),
  'tablePage.update': row('{M} runs: a changed run is seen in the runs table', 'ms', POOL, ratioAtMost(1.6)),
  'tablePage.wideFirst': row('100,000 runs × 5,000 metrics: first paint of the runs table', 'ms', ''),
  'tablePage.wideDown': row('100,000 runs × 5,000 metrics: scrolled by a screenful', 'ms', POOL, ratioAtMost(1.1)),
  'tablePage.wideRight': row(
    '100,000 runs × 5,000 metrics: scrolled by a screen to the right',
    'ms',
    POOL,
    ratioAtMost(1.1),
  ),
  'tablePage.updateWork': row('{M} runs: CPU of the page for a changed run', 'ms', '', atMost(16)),

  'chartsPage.first': row('10 runs × 100,000 points: first paint of a chart', 'ms', CANVAS, atMost(170)),
  'chartsPage.undecimated': row('10 runs × 100,000 points: first paint of a chart', 'ms', UNDECIMATED, faster(5)),
  'chartsPage.hover': row('10 runs × 100,000 points: the cursor moved', 'ms', '', atMost(50)),
  'chartsPage.zoom': row('10 runs × 100,000 points: zoomed', 'ms', '', atMost(50)),
  'chartsPage.toggle': row('10 runs × 100,000 points: a run hidden', 'ms', '', atMost(50)),
  'chartsPage.updateWork': row('10 runs × 100,000 points: CPU of the page for a point more', 'ms', '', atMost(16)),
  'chartsPage.long': row('10 runs × 1M points: first paint of a chart', 'ms', CANVAS, atMost(200)),
  'chartsPage.many': row('100 runs × 10,000 points: first paint of a chart', 'ms', CANVAS, atMost(250)),
  'chartsPage.manyHover': row('100 runs × 10,000 points: the cursor moved', 'ms', '', atMost(50)),
  'chartsPage.manyUpdateWork': row('100 runs × 10,000 points: CPU of the page for a point more', 'ms', ''),

  'start.server': row('server start to the first answer', 'ms', 'bare node:http', atMost(150)),

  'peers.createRun': row('create-run', 'requests/s', FASTTRACKML, faster(1.5)),
  'peers.createRunCalls': row('what create-run asks of the disk, without a server', 'requests/s', FASTTRACKML),
  'peers.logMetric': row('log-metric', 'requests/s', FASTTRACKML, faster(10)),
  'peers.page': row('{M} runs: page of 1,000', 'ms', FASTTRACKML, faster(9)),
  'peers.mlflow': row('log-metric', 'requests/s', MLFLOW, faster(12)),
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof ROWS;

/** The part of a row's name before the dot. */
export function groupOf(row: RowName): string {
  return row.slice(0, row.indexOf('.'));
}

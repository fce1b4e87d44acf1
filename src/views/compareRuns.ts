import type { Run, RunStatus } from '../entities/run.ts';
import { formatBytes, formatNumber } from './formatNumber.ts';
import { formatDuration, formatMoment } from './formatTime.ts';
import { type RunColor, runColor } from './runColor.ts';

/** Several runs side by side. */
export interface Comparison {
  readonly runs: readonly ComparedRun[];
  /** The run that the differences of metrics count from. */
  readonly baselineId: string;
  readonly sections: readonly ComparisonSection[];
}

export interface ComparedRun extends RunColor {
  readonly runId: string;
  readonly name: string;
  readonly status: RunStatus;
}

export interface ComparisonSection {
  readonly title: string;
  readonly rows: readonly ComparisonRow[];
  readonly differing: number;
  /** Closed until it is opened: what is rarely asked for. */
  readonly folded: boolean;
  readonly numeric: boolean;
  /** What the diff of the whole section is about, where it has one. */
  readonly diff?: DiffTarget | undefined;
}

/** What VS Code's diff editor can show of two runs. */
export type DiffTarget =
  | { readonly kind: 'parameters' }
  | { readonly kind: 'code' }
  | { readonly kind: 'artifact'; readonly path: string };

export interface ComparisonRow {
  readonly key: string;
  /** What its diff is about, where it has one. */
  readonly diff?: DiffTarget | undefined;
  /** One a run, in the order of the runs. */
  readonly cells: readonly ComparisonCell[];
  readonly differs: boolean;
}

export interface ComparisonCell {
  /** `undefined`: the run has no such value. */
  readonly text: string | undefined;
  /** The value in full, where the text is shorter. */
  readonly full?: string | undefined;
  /** Difference from the baseline, such as `+2.5 %`. */
  readonly delta?: string | undefined;
}

/** A file among a run's artifacts. */
export interface ArtifactFacts {
  /** bytes */
  readonly size: number;
  /** The same for the same content; absent where that was not looked at. */
  readonly digest?: string | undefined;
}

/** Run id → path → what is known of the file. */
export type ArtifactsByRun = ReadonlyMap<string, ReadonlyMap<string, ArtifactFacts>>;

/** @param baselineId the first run when absent or not among the runs */
export function compareRuns(
  runs: readonly Run[],
  baselineId?: string,
  artifacts: ArtifactsByRun = new Map(),
): Comparison {
  const baseline = runs.find(({ info }) => info.runId === baselineId) ?? runs[0];
  const isSystem = (key: string) => key.startsWith('mlflow.');
  return {
    runs: runs.map(({ info: { runId, runName, status } }) => ({
      runId,
      name: runName || runId.slice(0, 8),
      status,
      ...runColor(runId),
    })),
    baselineId: baseline?.info.runId ?? '',
    sections: [
      {
        ...section(
          'Parameters',
          runs,
          ({ data }) => data.params.keys(),
          textCell((run, key) => run.data.params.get(key)),
        ),
        diff: { kind: 'parameters' } as const,
      },
      { ...section('Metrics', runs, ({ data }) => data.metrics.keys(), metricCell(baseline)), numeric: true },
      section(
        'Run',
        runs,
        () => INFO.keys(),
        textCell((run, key) => INFO.get(key)?.(run)),
      ),
      artifactSection(runs, artifacts),
      section('Datasets', runs, datasetKeys, textCell(datasetDigest)),
      section(
        'Tags',
        runs,
        ({ data }) => [...data.tags.keys()].filter((key) => !isSystem(key)),
        textCell((run, key) => run.data.tags.get(key)),
      ),
      {
        ...section(
          'System tags',
          runs,
          ({ data }) => [...data.tags.keys()].filter(isSystem),
          textCell((run, key) => run.data.tags.get(key)),
        ),
        folded: true,
      },
    ]
      .filter(({ rows }) => rows.length > 0)
      .map(withDiffs),
  };
}

/** The code of two commits can be compared; nothing that is equal needs to be. */
function withDiffs(section: ComparisonSection): ComparisonSection {
  const rows = section.rows.map((row) => {
    return row.key === 'Code' && section.title === 'Run' && row.differs
      ? { ...row, diff: { kind: 'code' } as const }
      : row;
  });
  return { ...section, rows, diff: section.differing > 0 ? section.diff : undefined };
}

/** Texts that a diff editor shows. */
const TEXT = /(?:^|\/)MLmodel$|\.(?:txt|json|ya?ml|md|py|csv|tsv|toml|ini|cfg|log|html|xml|sh|R|sql|ipynb)$/i;

export function isTextArtifact(path: string): boolean {
  return TEXT.test(path);
}

function artifactSection(runs: readonly Run[], artifacts: ArtifactsByRun): ComparisonSection {
  const of = (run: Run) => artifacts.get(run.info.runId);
  const cell: CellOf = (run, key) => {
    const file = of(run)?.get(key);
    if (!file) return { text: undefined };
    return { text: formatBytes(file.size), full: `${file.size} bytes${file.digest ? ` (${file.digest})` : ''}` };
  };
  const compared = section('Artifacts', runs, (run) => of(run)?.keys() ?? [], cell);
  const rows = compared.rows.map((row) => {
    const isEverywhere = row.cells.every(({ text }) => text !== undefined);
    return row.differs && isEverywhere && isTextArtifact(row.key)
      ? { ...row, diff: { kind: 'artifact', path: row.key } as const }
      : row;
  });
  return { ...compared, rows };
}

const INFO = new Map<string, (run: Run) => string | undefined>([
  ['Status', ({ info }) => info.status],
  ['Started', ({ info }) => (info.startTime === undefined ? undefined : formatMoment(info.startTime))],
  ['Duration', ({ info }) => duration(info.startTime, info.endTime)],
  ['User', ({ info }) => info.userId || undefined],
  ['Code', ({ data }) => data.tags.get('mlflow.source.git.commit')?.slice(0, 7)],
]);

function duration(start: number | undefined, end: number | undefined): string | undefined {
  return start === undefined || end === undefined ? undefined : formatDuration(end - start);
}

function datasetKeys({ datasetInputs }: Run): string[] {
  return datasetInputs.map(({ dataset }) => dataset.name);
}

function datasetDigest({ datasetInputs }: Run, name: string): string | undefined {
  return datasetInputs.find(({ dataset }) => dataset.name === name)?.dataset.digest;
}

type CellOf = (run: Run, key: string) => ComparisonCell;

function textCell(read: (run: Run, key: string) => string | undefined): CellOf {
  return (run, key) => ({ text: read(run, key) });
}

function metricCell(baseline: Run | undefined): CellOf {
  return (run, key) => {
    const value = run.data.metrics.get(key)?.value;
    if (value === undefined) return { text: undefined };
    const base = run === baseline ? undefined : baseline?.data.metrics.get(key)?.value;
    return { text: formatNumber(value), full: String(value), delta: formatDelta(value, base) };
  };
}

/** Relative where that means something, in percent with a sign; nothing for equal values. */
export function formatDelta(value: number, base: number | undefined): string | undefined {
  if (base === undefined || value === base || !Number.isFinite(value) || !Number.isFinite(base)) return undefined;
  const sign = value > base ? '+' : '−';
  if (base === 0) return `${sign}${formatNumber(Math.abs(value - base))}`;
  const percent = Math.abs((value - base) / base) * 100;
  return `${sign}${percent >= 1000 ? formatNumber(percent) : Number(percent.toPrecision(2))} %`;
}

function section(
  title: string,
  runs: readonly Run[],
  keysOf: (run: Run) => Iterable<string>,
  cell: CellOf,
): ComparisonSection {
  const keys = [...new Set(runs.flatMap((run) => [...keysOf(run)]))];
  // What stands in a fixed order keeps it; everything else goes by name.
  const ordered = title === 'Run' ? keys : keys.sort((a, b) => (a < b ? -1 : 1));
  const rows = ordered
    .map((key) => {
      const cells = runs.map((run) => cell(run, key));
      const values = cells.map(({ full, text }) => full ?? text);
      return { key, cells, differs: values.some((value) => value !== values[0]) };
    })
    .filter(({ cells }) => cells.some(({ text }) => text !== undefined));
  return { title, rows, differing: rows.filter(({ differs }) => differs).length, folded: false, numeric: false };
}

/** The comparison as a Markdown document; only differing rows where asked. */
export function comparisonMarkdown({ runs, sections }: Comparison, onlyDifferences: boolean): string {
  const header = `| | ${runs.map(({ name }) => escapeCell(name)).join(' | ')} |\n| --- |${' --- |'.repeat(runs.length)}`;
  const tables = sections.flatMap(({ title, rows }) => {
    const shown = onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
    if (shown.length === 0) return [];
    const lines = shown.map(({ key, cells }) => `| ${[key, ...cells.map(cellText)].map(escapeCell).join(' | ')} |`);
    return [`## ${title}\n\n${header}\n${lines.join('\n')}\n`];
  });
  return tables.length > 0 ? tables.join('\n') : 'The runs do not differ.\n';
}

function cellText({ text, full, delta }: ComparisonCell): string {
  return text === undefined ? '—' : `${full ?? text}${delta === undefined ? '' : ` (${delta})`}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
}

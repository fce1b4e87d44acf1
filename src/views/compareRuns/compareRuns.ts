import type { Run } from '../../entities/run.ts';
import { formatBytes, formatNumber } from '../formatNumber.ts';
import { formatDuration, formatMoment } from '../formatTime.ts';
import { imageStrips, loggedImage } from '../images.ts';
import { coloredRun, distinctColors, runColor } from '../runColor.ts';
import { codeSection } from './code.ts';
import { ALL_ROWS, type Comparison, type ComparisonSection, type FactsByRun, type RowChoice } from './comparison.ts';
import { environmentSection } from './environment.ts';
import { type CellReader, keysOf, makeSection, withRowDiffs } from './section.ts';

/** @param baselineId the first run when absent or not among the runs */
export function compareRuns(
  runs: readonly Run[],
  baselineId?: string,
  facts: FactsByRun = new Map(),
  choice: RowChoice = ALL_ROWS,
): Comparison {
  const baseline = runs.find(({ info }) => info.runId === baselineId) ?? runs[0];
  const isSystem = (key: string) => key.startsWith('mlflow.');
  const tags: CellReader = { value: ({ data }, key) => data.tags.get(key) };
  const tagSection = (title: string, isWanted: (key: string) => boolean) =>
    makeSection(title, runs, keysOf(runs, ({ data }) => data.tags.keys()).filter(isWanted), tags, choice);
  const sections = [
    parameterSection(runs, choice),
    metricSection(runs, baseline, choice),
    makeSection('Run', runs, [...INFO.keys()], { value: (run, key) => INFO.get(key)?.(run) }, choice),
    codeSection(runs, baseline, facts, choice),
    environmentSection(runs, baseline, facts, choice),
    datasetSection(runs, choice),
    tagSection('Tags', (key) => !isSystem(key)),
    artifactSection(runs, facts, choice),
    { ...tagSection('System tags', isSystem), folded: true },
  ];
  const looks = distinctColors(runs.map(coloredRun));
  return {
    runs: runs.map(({ info: { runId, runName, status } }) => {
      return { runId, name: runName || runId.slice(0, 8), status, ...(looks.get(runId) ?? runColor(runId)) };
    }),
    baselineId: baseline?.info.runId ?? '',
    sections: sections.filter(({ count }) => count > 0),
    images: imageStrips(runs.map(({ info }) => [...(facts.get(info.runId)?.artifacts.keys() ?? [])])),
  };
}

function parameterSection(runs: readonly Run[], choice: RowChoice): ComparisonSection {
  const keys = keysOf(runs, ({ data }) => data.params.keys());
  const section = makeSection('Parameters', runs, keys, { value: ({ data }, key) => data.params.get(key) }, choice);
  return { ...section, diff: section.differing > 0 ? { kind: 'parameters' } : undefined };
}

function metricSection(runs: readonly Run[], baseline: Run | undefined, choice: RowChoice): ComparisonSection {
  const latest = ({ data }: Run, key: string) => data.metrics.get(key)?.value;
  const keys = keysOf(runs, ({ data }) => data.metrics.keys());
  const section = makeSection(
    'Metrics',
    runs,
    keys,
    {
      value: latest,
      cell(run, key) {
        const value = latest(run, key);
        if (value === undefined) return { text: undefined };
        const base = run === baseline || !baseline ? undefined : latest(baseline, key);
        return { text: formatNumber(value), full: String(value), delta: formatDelta(value, base) };
      },
    },
    choice,
  );
  return { ...section, numeric: true };
}

/** Relative where that means something, in percent with a sign; nothing for equal values. */
export function formatDelta(value: number, base: number | undefined): string | undefined {
  if (base === undefined || value === base || !Number.isFinite(value) || !Number.isFinite(base)) return undefined;
  const sign = value > base ? '+' : '−';
  if (base === 0) return `${sign}${formatNumber(Math.abs(value - base))}`;
  const percent = Math.abs((value - base) / base) * 100;
  return `${sign}${percent >= 1000 ? formatNumber(percent) : Number(percent.toPrecision(2))} %`;
}

const INFO = new Map<string, (run: Run) => string | undefined>([
  ['Status', ({ info }) => info.status],
  ['Started', ({ info }) => (info.startTime === undefined ? undefined : formatMoment(info.startTime))],
  ['Duration', ({ info }) => duration(info.startTime, info.endTime)],
  ['User', ({ info }) => info.userId || undefined],
]);

function duration(start: number | undefined, end: number | undefined): string | undefined {
  return start === undefined || end === undefined ? undefined : formatDuration(end - start);
}

function datasetSection(runs: readonly Run[], choice: RowChoice): ComparisonSection {
  const name = ({ dataset, tags }: Run['datasetInputs'][number]) => {
    const context = tags.get('mlflow.data.context');
    return context === undefined ? dataset.name : `${dataset.name} (${context})`;
  };
  const keys = keysOf(runs, ({ datasetInputs }) => datasetInputs.map(name));
  const input = ({ datasetInputs }: Run, key: string) => datasetInputs.find((it) => name(it) === key);
  return makeSection(
    'Datasets',
    runs,
    keys,
    {
      value: (run, key) => input(run, key)?.dataset.digest,
      cell(run, key) {
        const { digest, sourceType, source } = input(run, key)?.dataset ?? {};
        return { text: digest, full: digest && `${digest} · ${sourceType} ${source}`.slice(0, 500) };
      },
    },
    choice,
  );
}

/** Texts that a diff editor shows. */
const TEXT = /(?:^|\/)MLmodel$|\.(?:txt|json|ya?ml|md|py|csv|tsv|toml|ini|cfg|log|html|xml|sh|R|sql|ipynb)$/i;

export function isTextArtifact(path: string): boolean {
  return TEXT.test(path);
}

function artifactSection(runs: readonly Run[], facts: FactsByRun, choice: RowChoice): ComparisonSection {
  const of = ({ info }: Run) => facts.get(info.runId)?.artifacts;
  // Pictures of many steps stand in a strip of their own.
  const isListed = (path: string) => !path.startsWith('images/') || loggedImage(path)?.step === undefined;
  const isCopy = (path: string) => /^images\/.*[%+]compressed\.\w+$/.test(path);
  const keys = keysOf(runs, (run) => of(run)?.keys() ?? []).filter((path) => isListed(path) && !isCopy(path));
  const section = makeSection(
    'Artifacts',
    runs,
    keys,
    {
      value(run, key) {
        const file = of(run)?.get(key);
        return file && `${file.size} bytes ${file.digest ?? ''}`;
      },
      cell(run, key) {
        const file = of(run)?.get(key);
        if (!file) return { text: undefined };
        return { text: formatBytes(file.size), full: `${file.size} bytes${file.digest ? ` (${file.digest})` : ''}` };
      },
    },
    choice,
  );
  return withRowDiffs(section, ({ key, cells }) => {
    const isEverywhere = cells.every(({ text }) => text !== undefined);
    return isEverywhere && isTextArtifact(key) ? { kind: 'artifact', path: key } : undefined;
  });
}

import type { Run, RunStatus } from '../../entities/run.ts';
import { formatBytes, formatNumber } from '../formatNumber.ts';
import { formatAge, formatDuration, formatMoment } from '../formatTime.ts';
import { mainMetric } from '../mainMetric.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { projectSource } from '../projectRun.ts';
import { paletteColor, RUN_COLOR_TAG } from '../runColor.ts';
import { changedParams } from './predecessor.ts';
import { count, describe, formatCount, oneLine, type RowIcon, type TreeRow } from './row.ts';

const WORDS: Record<RunStatus, string> = {
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};

interface RunRowParts {
  /** The runs that it is the parent of. */
  readonly children?: readonly Run[];
  /** The curve of its main metric as letters. */
  readonly curve?: string | undefined;
}

/** @param now ms since the epoch */
export function runRow(run: Run, now: number, { children = [], curve }: RunRowParts = {}): TreeRow {
  const { info } = run;
  const label = oneLine(info.runName || info.runId);
  const [group, value, past] = [groupText(children), mainValue(run), history(run, now)];
  const description = describe(group, value && curve ? `${curve} ${value}` : value, ...past);
  return {
    label,
    description,
    icon: runIcon(run),
    words: [
      'run',
      info.lifecycleStage === 'deleted' ? 'deleted' : 'active',
      WORDS[info.status],
      ...([run, ...children].some((it) => it.data.metrics.size > 0) ? ['charted'] : []),
      ...(projectSource(run) ? ['project'] : []),
    ],
    expansion: 'collapsed',
    accessibleLabel: `${label}, ${WORDS[info.status]}, ${describe(group, value, ...past)}`,
  };
}

/** `6 runs, 1 running, 2 failed` */
function groupText(children: readonly Run[]): string | undefined {
  if (children.length === 0) return undefined;
  const having = (status: RunStatus) => children.filter(({ info }) => info.status === status).length;
  const noted = (['RUNNING', 'FAILED', 'KILLED'] as const).flatMap((status) =>
    having(status) > 0 ? `${formatCount(having(status))} ${WORDS[status]}` : [],
  );
  return [count(children.length, 'run'), ...noted].join(', ');
}

function mainValue({ data }: Run): string | undefined {
  const metric = mainMetric(data.metrics);
  return metric && `${oneLine(metric.key, 80)} ${formatNumber(metric.value)}`;
}

function history({ info }: Run, now: number): (string | undefined)[] {
  const { status, startTime, endTime } = info;
  const elapsed = startTime === undefined ? undefined : (endTime ?? now) - startTime;
  // Seconds only: the first row of a run shall not flicker through milliseconds.
  if (status === 'RUNNING') return [`running ${formatDuration(Math.max(1000, elapsed ?? 0))}`];
  const age = startTime === undefined ? undefined : formatAge(startTime, now);
  if (status !== 'FINISHED') return [WORDS[status], age];
  return [age, endTime === undefined || elapsed === undefined ? undefined : formatDuration(elapsed)];
}

/** A run that went well is a dot in its colour, the one that its curves have. */
function runIcon(run: Run): RowIcon {
  switch (run.info.status) {
    case 'RUNNING':
      return { id: 'sync~spin', color: themeColor(run) };
    case 'SCHEDULED':
      return { id: 'watch', color: themeColor(run) };
    case 'FINISHED':
      return { id: 'circle-filled', color: themeColor(run) };
    case 'FAILED':
      return { id: 'error', color: 'testing.iconFailed' };
    case 'KILLED':
      return { id: 'circle-slash', color: 'testing.iconSkipped' };
  }
}

/** The manifest contributes a color for each of the palette. */
function themeColor({ info, data }: Run): string {
  return `mlflow.run${paletteColor(info.runId, data.tags.get(RUN_COLOR_TAG)) + 1}`;
}

/** Characters of a description that a tooltip shows. */
export const NOTE = 1_000;
/** How many params or metrics a tooltip lists. */
const LISTED = 12;

interface RunTooltipParts {
  /** Bytes on the disk, where they matter. */
  readonly size?: number | undefined;
  /** The run that it is compared with. */
  readonly before?: Run | undefined;
}

/** Markdown. */
export function runTooltip(run: Run, now: number, { size, before }: RunTooltipParts = {}): string {
  const { info, data } = run;
  const elapsed = info.startTime === undefined ? undefined : (info.endTime ?? now) - info.startTime;
  const facts: [string, string][] = [
    ['Run', oneLine(info.runName)],
    ['Id', info.runId],
    ['Status', WORDS[info.status]],
  ];
  if (info.startTime !== undefined) facts.push(['Started', formatMoment(info.startTime)]);
  if (elapsed !== undefined && info.status !== 'SCHEDULED') facts.push(['Duration', formatDuration(elapsed)]);
  if (info.userId) facts.push(['User', oneLine(info.userId)]);
  if (size !== undefined) facts.push(['On disk', formatBytes(size)]);
  const source = data.tags.get('mlflow.source.name');
  if (source) facts.push(['Source', oneLine(source)]);
  const note = data.tags.get('mlflow.note.content');
  return [
    markdownTable(facts),
    section(
      'Metrics',
      [...data.metrics.values()].map(({ key, value }) => [key, String(value)] as const),
    ),
    before ? changes(run, before) : '',
    section('Parameters', [...data.params]),
    note ? escapeMarkdown(oneLine(note, NOTE)) : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function changes(run: Run, before: Run): string {
  const changed = changedParams(run, before).map(
    ([key, was, is]) => [key, `${oneLine(was, 38)} → ${oneLine(is, 38)}`] as const,
  );
  return section(`Other than ${oneLine(before.info.runName || 'before', 80)}`, changed);
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const more = rows.length - LISTED;
  const listed = rows.slice(0, LISTED).map(([name, value]) => [oneLine(name, 80), oneLine(value, 80)] as const);
  const table = markdownTable([[title, ''], ...listed]);
  return more > 0 ? `${table}\n\n${more} more` : table;
}

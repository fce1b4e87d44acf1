import type { Run } from '../../entities/run.ts';
import { formatNumber } from '../formatNumber.ts';
import { formatDuration } from '../formatTime.ts';

/** Values of a run that a language model is told of one kind, and characters of a value. */
const [LISTED, LENGTH] = [40, 200];

/** Runs as a table of Markdown, for a language model: what differs between them first. */
export function runsMarkdown(runs: readonly Run[]): string {
  if (runs.length === 0) return 'There are no such runs.\n';
  const params = differingKeys(runs, ({ data }) => data.params);
  const metrics = [...new Set(runs.flatMap(({ data }) => [...data.metrics.keys()]))].filter(
    (key) => !key.startsWith('system/'),
  );
  const [shownParams, shownMetrics] = [params.slice(0, LISTED), metrics.sort().slice(0, LISTED)];
  const head = [
    'run',
    'id',
    'status',
    'started',
    'duration',
    ...shownParams.map((key) => `param ${key}`),
    ...shownMetrics,
  ];
  const rows = runs.map((run) => [
    run.info.runName || '',
    run.info.runId,
    run.info.status,
    moment(run.info.startTime),
    duration(run) ?? '',
    ...shownParams.map((key) => run.data.params.get(key) ?? ''),
    ...shownMetrics.map((key) => value(run.data.metrics.get(key)?.value)),
  ]);
  const left = params.length - shownParams.length + metrics.length - shownMetrics.length;
  const note = left > 0 ? `\n${left} more parameters and metrics are left out.\n` : '';
  return `${table(head, rows)}${note}`;
}

/** One run with everything that it says about itself, as Markdown. */
export function runMarkdown(run: Run): string {
  const { info, data } = run;
  const tag = (name: string) => data.tags.get(name);
  const facts: [string, string | undefined][] = [
    ['Id', info.runId],
    ['Status', info.status],
    ['Started', moment(info.startTime)],
    ['Duration', duration(run)],
    ['Source', tag('mlflow.source.name')],
    ['Entry point', tag('mlflow.project.entryPoint')],
    ['Git commit', tag('mlflow.source.git.commit')],
  ];
  const own = [...data.tags].filter(([key]) => !key.startsWith('mlflow.'));
  return [
    `# Run ${info.runName || info.runId}\n`,
    facts.flatMap(([name, text]) => (text ? [`- ${name}: ${line(text)}`] : [])).join('\n'),
    section('Parameters', [...data.params]),
    section(
      'Metrics (last values)',
      [...data.metrics].map(([key, metric]) => [key, `${value(metric.value)} at step ${metric.step}`]),
    ),
    section('Tags', own),
    tag('mlflow.note.content') ? `\n## Description\n\n${tag('mlflow.note.content')}\n` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

/** What can be told of a run that failed. @param output its last lines, where they were kept */
export function failureMarkdown(run: Run, output: string | undefined): string {
  const odd = [...run.data.metrics.values()].filter((metric) => !Number.isFinite(metric.value));
  const notes = [
    odd.length > 0 ? `- These metrics ended as no finite number: ${odd.map(({ key }) => key).join(', ')}.` : '',
    run.data.metrics.size === 0 ? '- No metric was logged: it failed before the first one.' : '',
    run.info.status === 'KILLED' ? '- It was stopped from outside.' : '',
    output === undefined ? '- Its output was not kept; `mlflow-workbench run --log-output` keeps it.' : '',
  ].filter(Boolean);
  const told = output === undefined ? '' : `\n## End of its output\n\n\`\`\`\`\n${output.trimEnd()}\n\`\`\`\`\n`;
  return `${runMarkdown(run)}\n## What stands out\n\n${notes.join('\n') || '- Nothing.'}\n${told}`;
}

/** The keys whose values are not the same in all runs; all keys of a single one. */
function differingKeys(runs: readonly Run[], values: (run: Run) => ReadonlyMap<string, string>): string[] {
  const keys = [...new Set(runs.flatMap((run) => [...values(run).keys()]))].sort();
  const [first] = runs;
  if (!first || runs.length === 1) return keys;
  return keys.filter((key) => runs.some((run) => values(run).get(key) !== values(first).get(key)));
}

function section(title: string, entries: readonly (readonly [string, string])[]): string {
  if (entries.length === 0) return '';
  const lines = entries.slice(0, LISTED).map(([key, text]) => `- ${line(key)}: ${line(text)}`);
  const more = entries.length > LISTED ? `\n- and ${entries.length - LISTED} more` : '';
  return `\n## ${title}\n\n${lines.join('\n')}${more}\n`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => line(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row), ''].join('\n');
}

function line(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > LENGTH ? `${flat.slice(0, LENGTH)}…` : flat;
}

function value(number: number | undefined): string {
  return number === undefined ? '' : formatNumber(number);
}

function moment(time: number | undefined): string {
  return time === undefined ? '' : new Date(time).toISOString();
}

function duration({ info }: Run): string | undefined {
  return info.startTime === undefined || info.endTime === undefined
    ? undefined
    : formatDuration(info.endTime - info.startTime);
}

import type { Run } from '../entities/run.ts';
import type { EntryPoint, Project } from '../mlproject/project.ts';
import { formatNumber } from './formatNumber.ts';
import { formatAge, formatDuration } from './formatTime.ts';
import { mainMetric } from './mainMetric.ts';
import { count, describe, formatCount } from './tree/row.ts';

/** A link in the line above an entry point. */
export interface EntryPointLens {
  readonly entryPoint: string;
  /** Offset of the entry point's name in the file. */
  readonly offset: number;
  readonly action: 'run' | 'runWith' | 'debug' | 'openLastRun' | 'showRuns';
  /** With `$(codicon)` marks. */
  readonly title: string;
  readonly tooltip: string;
}

/** What is known of an entry point's runs. */
export interface EntryPointRuns {
  readonly last: Run;
  readonly total: number;
  /** There are more than these. */
  readonly isMore: boolean;
}

export interface LensFacts {
  /** Entry point → its runs; none where it has none, or no server is there to ask. */
  readonly runs: ReadonlyMap<string, EntryPointRuns>;
  canDebug(entryPoint: EntryPoint): boolean;
  /** ms since the epoch */
  readonly now: number;
}

/** The links of each entry point that has a command: what it can do, then how it went. */
export function entryPointLenses({ entryPoints }: Project, facts: LensFacts): readonly EntryPointLens[] {
  return entryPoints
    .filter(({ command }) => command !== undefined)
    .flatMap((entryPoint) => {
      const place = { entryPoint: entryPoint.name, offset: entryPoint.nameRange.start };
      const runs = facts.runs.get(entryPoint.name);
      const links = [...actions(entryPoint, facts), ...(runs ? results(entryPoint.name, runs, facts.now) : [])];
      return links.map((link) => ({ ...place, ...link }));
    });
}

/** `alpha=0.5, l1_ratio (required)`: the parameters as a list of entry points shows them. */
export function parameterSummary({ parameters }: EntryPoint): string {
  return parameters
    .map((parameter) =>
      parameter.default === undefined ? `${parameter.name} (required)` : `${parameter.name}=${parameter.default}`,
    )
    .join(', ');
}

type Link = Pick<EntryPointLens, 'action' | 'title' | 'tooltip'>;

function actions(entryPoint: EntryPoint, { canDebug }: LensFacts): readonly Link[] {
  const { name, parameters } = entryPoint;
  const missing = parameters.some((parameter) => parameter.default === undefined);
  const values = missing ? 'asks for what is missing at first' : 'with the values used last, else the defaults';
  return [
    {
      action: 'run',
      title: '$(play) Run',
      tooltip: `Run '${name}' in its environment and record the run${parameters.length > 0 ? `; ${values}` : ''}`,
    },
    {
      action: 'runWith',
      title: '$(gear) Run with parameters…',
      tooltip: `Choose parameters${parameterNames(entryPoint)}, experiment and run name of '${name}'; or sweep over several values`,
    },
    ...(canDebug(entryPoint)
      ? [{ action: 'debug', title: '$(debug-alt) Debug', tooltip: `Debug '${name}' as a run of its own` } as const]
      : []),
  ];
}

function parameterNames({ parameters }: EntryPoint): string {
  return parameters.length > 0 ? ` (${parameters.map(({ name }) => name).join(', ')})` : '';
}

function results(name: string, { last, total, isMore }: EntryPointRuns, now: number): readonly Link[] {
  const { startTime, runName, runId } = last.info;
  const age = startTime === undefined ? undefined : formatAge(startTime, now);
  return [
    {
      action: 'openLastRun',
      title: resultText(last, now),
      tooltip: `Last run: ${describe(runName || runId, age)}`,
    },
    {
      action: 'showRuns',
      title: isMore ? `${formatCount(total)}+ runs` : count(total, 'run'),
      tooltip: `Show the runs of '${name}'`,
    },
  ];
}

function resultText({ info, data }: Run, now: number): string {
  const { status, startTime, endTime } = info;
  const elapsed = startTime === undefined ? undefined : (endTime ?? now) - startTime;
  const metric = mainMetric(data.metrics);
  const value = metric && `${metric.key} ${formatNumber(metric.value)}`;
  // Whole seconds: a link shall not flicker through milliseconds.
  const duration = elapsed === undefined ? undefined : formatDuration(Math.max(1000, elapsed));
  switch (status) {
    case 'RUNNING':
      return `$(sync~spin) ${describe(`running ${duration ?? ''}`.trim(), value)}`;
    case 'SCHEDULED':
      return '$(watch) scheduled';
    case 'FINISHED':
      return `$(pass) ${describe(duration ?? 'finished', value)}`;
    case 'FAILED':
      return `$(error) ${describe(duration === undefined ? 'failed' : `failed after ${duration}`, value)}`;
    case 'KILLED':
      return `$(circle-slash) ${describe(duration === undefined ? 'killed' : `killed after ${duration}`, value)}`;
  }
}

import type { Experiment } from '../../entities/experiment.ts';
import type { ReadProgress } from '../../entities/readProgress.ts';
import { formatBytes } from '../formatNumber.ts';
import { formatMoment } from '../formatTime.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { count, describe, formatCount, oneLine, type TreeRow } from './row.ts';
import { NOTE } from './runRow.ts';

/** How much of an experiment has been read. */
export interface RunCount {
  readonly loaded: number;
  readonly more: boolean;
  /** How many there are, where the server tells. */
  readonly total?: number | undefined;
  /** How far the server itself is. */
  readonly reading?: ReadProgress | undefined;
  /** Whether only some of them were asked for. */
  readonly chosen?: boolean | undefined;
}

export function experimentRow(experiment: Experiment, runs: RunCount | undefined, isOpen: boolean): TreeRow {
  const isDeleted = experiment.lifecycleStage === 'deleted';
  return {
    label: oneLine(experiment.name),
    description: describe(isDeleted ? 'deleted' : undefined, runs && describeCount(runs)) || undefined,
    icon: isDeleted ? { id: 'trash' } : { id: 'beaker' },
    words: ['experiment', isDeleted ? 'deleted' : 'active', ...(experiment.experimentId === '0' ? ['default'] : [])],
    expansion: runs?.loaded === 0 && !runs.reading && !runs.chosen ? 'none' : isOpen ? 'expanded' : 'collapsed',
  };
}

function describeCount({ loaded, more, total, reading }: RunCount): string {
  if (reading) return `reading ${formatCount(reading.done)} of ${formatCount(reading.total)}…`;
  if (total === undefined && more) return `${formatCount(loaded)}+ runs`;
  return count(total ?? loaded, 'run');
}

/** Later runs of a long list. @param first place of the first of them, from 1 */
export function runPageRow(first: number, runs: number, isOpen: boolean): TreeRow {
  return {
    label: `Runs ${formatCount(first)}–${formatCount(first + runs - 1)}`,
    icon: { id: 'list-unordered' },
    words: ['page'],
    expansion: isOpen ? 'expanded' : 'collapsed',
  };
}

export function moreRunsRow(loaded: number): TreeRow {
  return { label: 'More…', description: `${formatCount(loaded)} shown`, words: ['more'], expansion: 'none' };
}

/** In the place of runs where none is what was asked for; a click lists all again. */
export function noRunsRow(): TreeRow {
  return { label: 'No such runs', description: 'show all', icon: { id: 'filter' }, words: ['none'], expansion: 'none' };
}

/** Markdown. @param size bytes on the disk, where they matter */
export function experimentTooltip(experiment: Experiment, size?: number): string {
  const created = experiment.creationTime;
  const note = experiment.tags.get('mlflow.note.content');
  const table = markdownTable([
    ['Experiment', oneLine(experiment.name)],
    ['Id', experiment.experimentId],
    ...(created === undefined ? [] : ([['Created', formatMoment(created)]] as const)),
    ['Artifacts', oneLine(experiment.artifactLocation, 500)],
    ...(size === undefined ? [] : ([['On disk', formatBytes(size)]] as const)),
  ]);
  return note ? `${table}\n\n${escapeMarkdown(oneLine(note, NOTE))}` : table;
}

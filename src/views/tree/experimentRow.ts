import type { Experiment } from '../../entities/experiment.ts';
import { formatMoment } from '../formatTime.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { count, type TreeRow } from './row.ts';

/** How much of an experiment has been read. */
export interface RunCount {
  readonly loaded: number;
  readonly more: boolean;
}

export function experimentRow(experiment: Experiment, runs: RunCount | undefined, isOpen: boolean): TreeRow {
  return {
    label: experiment.name,
    description: runs && (runs.more ? `${runs.loaded}+ runs` : count(runs.loaded, 'run')),
    icon: { id: 'beaker' },
    words: ['experiment'],
    expansion: runs?.loaded === 0 ? 'none' : isOpen ? 'expanded' : 'collapsed',
  };
}

export function moreRunsRow(loaded: number): TreeRow {
  return { label: 'More…', description: `${loaded} shown`, words: ['more'], expansion: 'none' };
}

/** Markdown. */
export function experimentTooltip(experiment: Experiment): string {
  const created = experiment.creationTime;
  const note = experiment.tags.get('mlflow.note.content');
  const table = markdownTable([
    ['Experiment', experiment.name],
    ['Id', experiment.experimentId],
    ...(created === undefined ? [] : ([['Created', formatMoment(created)]] as const)),
    ['Artifacts', experiment.artifactLocation],
  ]);
  return note ? `${table}\n\n${escapeMarkdown(note)}` : table;
}

import type { StoreProblem } from '../../entities/change.ts';
import { hostOf, type ServerSummary } from '../serverStatus.ts';
import { count, type TreeRow } from './row.ts';

/** A store that can be browsed. */
export function storeRow(label: string, url: string): TreeRow {
  return {
    label,
    description: hostOf(url),
    icon: { id: 'database' },
    words: ['store'],
    expansion: 'expanded',
  };
}

/** A folder whose server starts, failed or was stopped while other folders have theirs. */
export function serverRow(server: ServerSummary): TreeRow {
  const base = { label: server.folder, expansion: 'none' } as const;
  switch (server.kind) {
    case 'starting':
      return { ...base, description: 'starting…', icon: { id: 'loading~spin' }, words: ['server', 'starting'] };
    case 'failed':
      return {
        ...base,
        description: `Tracking server failed: ${server.message?.split('\n')[0]}`,
        icon: { id: 'error', color: 'list.errorForeground' },
        words: ['server', 'failed', 'startable'],
      };
    default:
      return { ...base, description: 'stopped', icon: { id: 'debug-stop' }, words: ['server', 'stopped', 'startable'] };
  }
}

/** Stands before the experiments of a store in which something could not be read. */
export function problemsRow(problems: readonly StoreProblem[]): TreeRow {
  return {
    label: `${count(problems.length, 'file')} could not be read`,
    icon: { id: 'warning', color: 'list.warningForeground' },
    words: ['problems'],
    expansion: 'collapsed',
  };
}

export function problemRow(problem: StoreProblem): TreeRow {
  return {
    label: problem.path,
    description: problem.message,
    words: ['problem'],
    expansion: 'none',
  };
}

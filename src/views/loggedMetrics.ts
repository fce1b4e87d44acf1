import type { Run } from '../entities/run.ts';
import type { MetricKey } from '../pythonSource/mlflowCalls.ts';

/** Where code and runs come together: the file, as runs tell where they come from. */
export interface SourceFile {
  /** Absolute path, with slashes. */
  readonly path: string;
  /** Notebooks do not tell their runs which one they are. */
  readonly isNotebook: boolean;
}

/** The runs that a file made, newest first; all of them where none says so, since not every run tells where it is from. */
export function runsOfFile(runs: readonly Run[], { path, isNotebook }: SourceFile): readonly Run[] {
  if (isNotebook) return runs;
  const [name, folder] = [path.slice(path.lastIndexOf('/') + 1), path.slice(0, path.lastIndexOf('/'))];
  const own = runs.filter(({ data }) => {
    const source = data.tags.get('mlflow.source.name')?.replaceAll('\\', '/') ?? '';
    const isProject = data.tags.get('mlflow.source.type') === 'PROJECT';
    return isProject
      ? source === folder
      : source === name || path.endsWith(`/${source.replace(/^\.\//, '')}`) || source === path;
  });
  return own.length > 0 ? own : runs;
}

/** The metrics of runs that a call logs, in the order of the call; all but those of the system for autologging. */
export function keysOfCall(keys: readonly MetricKey[] | 'all', runs: readonly Run[]): readonly string[] {
  const known = [...new Set(runs.flatMap(({ data }) => [...data.metrics.keys()]))];
  if (keys === 'all') return known.filter((key) => !key.startsWith('system/'));
  const matching = keys.flatMap((wanted) =>
    known.filter((key) => ('key' in wanted ? key === wanted.key : wanted.pattern.test(key))),
  );
  return [...new Set(matching)];
}

import type { Run } from '../../entities/run.ts';
import type { ComparisonCell, ComparisonSection, FactsByRun, RowChoice } from './comparison.ts';
import { makeSection, textCell } from './section.ts';

const COMMIT = 'mlflow.source.git.commit';
/** MLflow's tag of a run whose code had changes that were in no commit. */
const DIRTY = 'mlflow.git.dirty';
const CHANGED = 'Changed files';
const LISTED = 40;

const FACTS = new Map<string, (run: Run) => string | undefined>([
  ['Commit', ({ data }) => data.tags.get(COMMIT)],
  ['Branch', ({ data }) => data.tags.get('mlflow.source.git.branch') ?? data.tags.get('mlflow.gitBranchName')],
  ['Repository', ({ data }) => data.tags.get('mlflow.source.git.repoURL') ?? data.tags.get('mlflow.gitRepoURL')],
  ['Source', ({ data }) => data.tags.get('mlflow.source.name')],
  ['Entry point', ({ data }) => data.tags.get('mlflow.project.entryPoint')],
]);

/** What the runs were made from, and which files have changed between their commits. */
export function codeSection(
  runs: readonly Run[],
  baseline: Run | undefined,
  facts: FactsByRun,
  choice: RowChoice,
): ComparisonSection {
  const filesOf = ({ info }: Run) => facts.get(info.runId)?.changedFiles;
  const section = makeSection(
    'Code',
    runs,
    [...FACTS.keys(), CHANGED],
    {
      value: (run, key) => (key === CHANGED ? filesOf(run)?.join('\n') : FACTS.get(key)?.(run)),
      cell: (run, key) => {
        if (key === CHANGED) return filesCell(filesOf(run));
        const value = FACTS.get(key)?.(run);
        return key === 'Commit' && value !== undefined ? { text: shortCommit(run), full: value } : textCell(value);
      },
    },
    choice,
  );
  const commits = new Set(runs.map(({ data }) => data.tags.get(COMMIT)));
  const isComparable = baseline?.data.tags.get(COMMIT) !== undefined && commits.size > 1;
  return {
    ...section,
    summary: section.count > 0 ? runs.map((run): ComparisonCell => ({ text: shortCommit(run) })) : undefined,
    diff: isComparable ? { kind: 'code' } : undefined,
  };
}

function shortCommit({ data }: Run): string | undefined {
  const isDirty = data.tags.get(DIRTY)?.toLowerCase() === 'true';
  const commit = data.tags.get(COMMIT)?.slice(0, 7);
  return commit === undefined ? undefined : `${commit}${isDirty ? ' + changes' : ''}`;
}

function filesCell(files: readonly string[] | undefined): ComparisonCell {
  if (!files) return { text: undefined };
  if (files.length === 0) return { text: '= same' };
  const left = files.length - LISTED;
  const full = [...files.slice(0, LISTED), ...(left > 0 ? [`and ${left} more`] : [])].join('\n');
  return { text: files.length === 1 ? (files[0] ?? '') : `${files.length} files`, full };
}

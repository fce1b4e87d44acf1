import { COPIED_FROM } from '../../entities/copiedFrom.ts';
import type { Run } from '../../entities/run.ts';

/** A line of "how it was made". */
export interface OriginRow {
  readonly label: string;
  readonly value: string;
  /** In the font of code. */
  readonly isCode: boolean;
  /** What the page can do with it. */
  readonly action?: 'openSource' | 'openLink' | undefined;
}

/** What MLflow (and we) noted about the program that made a run; only what there is. @param command that makes it again */
export function originRows({ info, data: { tags } }: Run, command?: string): readonly OriginRow[] {
  const source = tags.get('mlflow.source.name');
  const isProject = tags.get('mlflow.source.type') === 'PROJECT';
  const repository = tags.get('mlflow.source.git.repoURL') ?? tags.get('mlflow.gitRepoURL');
  const rows: readonly (OriginRow | undefined)[] = [
    row('Entry point', tags.get('mlflow.project.entryPoint') ?? tags.get('mlflow_workbench.sweep.entryPoint'), true),
    row(isProject ? 'Project' : 'Source', source, true, source && isPath(source) ? 'openSource' : undefined),
    row('Command', command, true),
    row('Source type', isProject ? undefined : tags.get('mlflow.source.type')?.toLowerCase(), false),
    row('Git commit', tags.get('mlflow.source.git.commit'), true),
    row('Git branch', tags.get('mlflow.source.git.branch') ?? tags.get('mlflow.gitBranchName'), true),
    row('Git repository', repository, true, repository && /^https?:/.test(repository) ? 'openLink' : undefined),
    row('Environment', tags.get('mlflow.project.env'), false),
    row('Backend', tags.get('mlflow.project.backend'), false),
    row('Docker image', tags.get('mlflow.docker.image.name') ?? tags.get('mlflow.docker.image.uri'), true),
    row('Version', tags.get('mlflow.project.version'), true),
    row('Copied from', tags.get(COPIED_FROM.run) && copiedFrom(tags), true),
    row('User', info.userId || tags.get('mlflow.user'), false),
  ];
  return rows.filter((it) => it !== undefined);
}

function copiedFrom(tags: ReadonlyMap<string, string>): string {
  const server = tags.get(COPIED_FROM.server);
  return `${tags.get(COPIED_FROM.run)}${server ? ` of ${server}` : ''}`;
}

function row(
  label: string,
  value: string | undefined,
  isCode: boolean,
  action?: OriginRow['action'] | '',
): OriginRow | undefined {
  if (!value) return undefined;
  return action ? { label, value, isCode, action } : { label, value, isCode };
}

function isPath(source: string): boolean {
  return !/^[a-z][\w+.-]+:|^git@/i.test(source) || source.startsWith('file:');
}

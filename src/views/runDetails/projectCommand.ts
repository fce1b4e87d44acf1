import type { Run } from '../../entities/run.ts';
import { projectSource } from '../projectRun.ts';

/**
 * The command that makes a run of a project again, for a POSIX shell.
 * @param declared the parameters that its entry point declares: others in the run come from its code
 * @param unquote takes the quotes off that runs of projects log their params with
 * @returns none for other runs, and for sweeps, which no single command makes
 */
export function projectCommand(
  run: Run,
  declared: readonly string[],
  unquote: (value: string) => string,
): string | undefined {
  const source = projectSource(run);
  if (!source || source.isSweep) return undefined;
  const commit = run.data.tags.get('mlflow.source.git.commit');
  const isRemote = /^(?:[a-z][\w+.-]+:\/\/|git@)/i.test(source.name) && !source.name.startsWith('file:');
  const given = declared.flatMap((name) => {
    const value = run.data.params.get(name);
    return value === undefined ? [] : ['-P', `${name}=${unquote(value)}`];
  });
  // A folder has no version but the one that is there.
  const version = isRemote && commit ? ['--version', commit] : [];
  return ['mlflow', 'run', source.name, '-e', source.entryPoint, ...version, ...given].map(quote).join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

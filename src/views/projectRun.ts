import type { Run } from '../entities/run.ts';
import type { EntryPoint } from '../mlproject/project.ts';
import { defaultInput, type RunFormInput } from './runForm.ts';

/** Where a run of a project comes from. */
export interface ProjectSource {
  /** The project's folder, or another URI of it. */
  readonly name: string;
  readonly entryPoint: string;
  /** The run is the parent of a sweep: its params are what was written for several values. */
  readonly isSweep: boolean;
}

/** @returns none for a run that was not made by running a project */
export function projectSource({ data: { tags } }: Run): ProjectSource | undefined {
  const name = tags.get('mlflow.source.name');
  const swept = tags.get('mlflow_workbench.sweep.entryPoint');
  const entryPoint = tags.get('mlflow.project.entryPoint') ?? swept;
  if (tags.get('mlflow.source.type') !== 'PROJECT' || !name || !entryPoint) return undefined;
  return { name, entryPoint, isSweep: swept !== undefined };
}

/**
 * What the form holds for the same run again. Only parameters that the entry point declares count: others in the run may
 * come from its code, and not from the command.
 * @param unquote takes the quotes off that runs of projects log their params with
 * @param expand the values that a text of a sweep stands for
 */
export function inputOfRun(
  entryPoint: EntryPoint,
  run: Run,
  experimentName: string,
  unquote: (value: string) => string,
  expand: (text: string) => readonly string[],
): RunFormInput {
  const { values: defaults, ...others } = defaultInput(entryPoint);
  const names = Object.keys(defaults);
  const isSweep = projectSource(run)?.isSweep === true;
  const given = names.flatMap((name) => {
    const logged = run.data.params.get(name);
    return logged === undefined ? [] : [[name, unquote(logged)] as const];
  });
  const isSwept = (text: string) => isSweep && expand(text).length > 1;
  const single = (text: string) => (isSweep ? (expand(text)[0] ?? text) : text);
  return {
    ...others,
    values: {
      ...defaults,
      ...Object.fromEntries(given.map(([name, text]) => [name, isSwept(text) ? text : single(text)])),
    },
    swept: given.flatMap(([name, text]) => (isSwept(text) ? name : [])),
    experiment: experimentName,
  };
}

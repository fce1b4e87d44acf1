import type { EntryPoint, Project } from '../mlproject/project.ts';

/** A line above an entry point that runs it. */
export interface EntryPointLens {
  readonly entryPoint: string;
  /** Offset of the entry point's name in the file. */
  readonly offset: number;
  /** With `$(codicon)` marks. */
  readonly title: string;
  readonly tooltip: string;
}

/** One lens for each entry point that has a command. */
export function entryPointLenses({ entryPoints }: Project): readonly EntryPointLens[] {
  return entryPoints
    .filter(({ command }) => command !== undefined)
    .map((entryPoint) => ({
      entryPoint: entryPoint.name,
      offset: entryPoint.nameRange.start,
      title: '$(play) Run entry point',
      tooltip: tooltip(entryPoint),
    }));
}

/** `alpha=0.5, l1_ratio (required)`: the parameters as a list of entry points shows them. */
export function parameterSummary({ parameters }: EntryPoint): string {
  return parameters
    .map((parameter) =>
      parameter.default === undefined ? `${parameter.name} (required)` : `${parameter.name}=${parameter.default}`,
    )
    .join(', ');
}

function tooltip(entryPoint: EntryPoint): string {
  const start = `Runs '${entryPoint.name}' in its environment and records the run`;
  return entryPoint.parameters.length ? `${start}; asks for ${parameterNames(entryPoint)} first.` : `${start}.`;
}

function parameterNames({ parameters }: EntryPoint): string {
  return parameters.map(({ name }) => name).join(', ');
}

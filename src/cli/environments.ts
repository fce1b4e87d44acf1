import { parseArgs } from 'node:util';
import { environmentRoot, listEnvironments, removeEnvironment } from '../runner/environment/environments.ts';
import { UsageError } from './usage.ts';

export const ENVIRONMENTS_HELP = `Usage: mlflow-workbench environments [--remove NAME | --remove-all]

  Lists the virtual environments that runs have made, in MLFLOW_ENV_ROOT (default: ~/.mlflow/envs), the one that was
  used last first. \`mlflow run\` keeps its own there, too.

  --remove NAME   remove an environment; the next run that needs it makes it again. Can be given more than once
  --remove-all    remove all of them
`;

/** `mlflow-workbench environments`. @returns the exit code */
export async function environmentsCommand(args: readonly string[]): Promise<number> {
  const { remove = [], all } = readArguments(args);
  const names = all ? listEnvironments().map(({ name }) => name) : remove;
  for (const name of names) {
    await removeEnvironment(name);
    console.log(`Removed ${name}`);
  }
  if (names.length > 0) return 0;
  const environments = listEnvironments();
  if (environments.length === 0) console.log(`There are no environments in ${environmentRoot()}.`);
  for (const { folder, lastUsed, isComplete } of environments) {
    const note = isComplete ? '' : '  (unfinished, or made by mlflow run)';
    console.log(`${new Date(lastUsed).toISOString()}  ${folder}${note}`);
  }
  return 0;
}

function readArguments(args: readonly string[]) {
  try {
    const options = { remove: { type: 'string', multiple: true }, 'remove-all': { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return { remove: values.remove, all: values['remove-all'] ?? false };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

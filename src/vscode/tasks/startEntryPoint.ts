import { ProgressLocation, tasks, type WorkspaceFolder, window, workspace } from 'vscode';
import { validateParameter } from '../../mlproject/parameterValue.ts';
import type { RunFormInput } from '../../protocol/runForm.ts';
import { quote } from '../../runner/command/shellQuote.ts';
import { expandValues, USUAL_RUNS } from '../../runner/sweepValues.ts';
import { checkRunForm, type ValueRules, withoutDefaults } from '../../views/runForm.ts';
import type { EntryPointPlace } from '../editors/entryPoints.ts';
import type { Connection } from '../services/connections.ts';
import { ParameterMemory } from '../services/parameterMemory.ts';
import type { Services } from '../services.ts';
import { createTask, type EntryPointTask, TASK_TYPE } from './entryPointTask.ts';
import { projectOf } from './entryPointTasks.ts';

/** What is wrong with a value is said by the code that runs entry points. */
export const VALUE_RULES: ValueRules = { validate: validateParameter, expand: expandValues, quote };

export function memoryOf({ context }: Services, { document, entryPoint }: EntryPointPlace): ParameterMemory {
  return new ParameterMemory(context.workspaceState, document.uri, entryPoint.name);
}

/**
 * Runs an entry point, or a sweep over it, as a task, and remembers what with.
 * @returns false where the user was asked and did not want it
 */
export async function startEntryPoint(
  services: Services,
  place: EntryPointPlace,
  input: RunFormInput,
): Promise<boolean> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const { document, folder, entryPoint } = place;
  const { runs } = checkRunForm(entryPoint, input, VALUE_RULES);
  if (runs > USUAL_RUNS && !(await confirm(entryPoint.name, runs))) return false;
  // The runner reads the file from disk.
  if (document.isDirty) await document.save();
  await memoryOf(services, place).remember(withoutDefaults(entryPoint, input));
  const connection = await connectionOf(services, folder);
  await tasks.executeTask(createTask(services.context, folder, definitionOf(place, input, runs), connection));
  return true;
}

function definitionOf(
  { document, folder, projectName, entryPoint }: EntryPointPlace,
  input: RunFormInput,
  runs: number,
) {
  const entries = Object.entries(input.values).filter(([, value]) => value !== '');
  const swept = entries.filter(([name]) => input.swept.includes(name));
  const definition: EntryPointTask = {
    ...projectOf(folder, document.uri),
    type: TASK_TYPE,
    entryPoint: entryPoint.name,
    parameters: Object.fromEntries(entries.filter(([name]) => !input.swept.includes(name))),
    experiment: input.experiment.trim() || projectName,
    ...(input.runName.trim() ? { runName: input.runName.trim() } : {}),
    ...(swept.length > 0 ? { sweep: Object.fromEntries(swept), jobs: Number(input.jobs) } : {}),
    ...(runs > USUAL_RUNS ? { maxRuns: runs } : {}),
  };
  return definition;
}

async function confirm(name: string, runs: number): Promise<boolean> {
  const question = `Run '${name}' ${runs} times?`;
  const detail = `There is a run for each combination of the values. Sweeps of more than ${USUAL_RUNS} runs ask before they start.`;
  return (await window.showWarningMessage(question, { modal: true, detail }, 'Run')) === 'Run';
}

/** The server that records the runs of a folder, started where it does not run. */
export async function connectionOf({ servers }: Services, folder: WorkspaceFolder): Promise<Connection | undefined> {
  const server = servers.of(folder.uri);
  if (!server || server.connection) return server?.connection;
  const options = { location: ProgressLocation.Notification, title: 'Starting the MLflow tracking server…' };
  return window.withProgress(options, () => server.start());
}

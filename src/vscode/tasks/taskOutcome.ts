import { Disposable, type Terminal, tasks, window } from 'vscode';
import { isEntryPointTask } from './entryPointTask.ts';

/**
 * Exit codes of a program that the user ended: by Ctrl-C, by ending the task, by closing its terminal. Not 137: that is
 * how a training ends that needs more memory than there is.
 */
const STOPPED = new Set([129, 130, 143, -1073741510]);

/** Tells when an entry point fails, with the way to its output; a run that the user stopped is no failure. */
export function reportOutcomes(): Disposable {
  const terminals = new Map<object, Promise<Terminal | undefined>>();
  return Disposable.from(
    tasks.onDidStartTaskProcess(({ execution, processId }) => {
      if (isEntryPointTask(execution.task.definition)) terminals.set(execution, terminalOf(processId));
    }),
    tasks.onDidEndTaskProcess(async ({ execution, exitCode }) => {
      const { definition } = execution.task;
      const terminal = terminals.get(execution);
      terminals.delete(execution);
      if (!isEntryPointTask(definition) || exitCode === undefined || exitCode === 0 || STOPPED.has(exitCode)) return;
      const message = `Entry point ${definition.entryPoint} failed (exit code ${exitCode}).`;
      if (await window.showErrorMessage(message, 'Show output')) (await terminal)?.show();
    }),
  );
}

async function terminalOf(processId: number): Promise<Terminal | undefined> {
  const ids = await Promise.all(window.terminals.map((terminal) => terminal.processId));
  return window.terminals[ids.indexOf(processId)];
}

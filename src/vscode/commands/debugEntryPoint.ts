import path from 'node:path';
import { type DebugConfiguration, debug, ProgressLocation, window, workspace } from 'vscode';
import type { DebugRun } from '../../runner/debug/debugRun.ts';
import { endDebugRun } from '../../runner/debug/endDebugRun.ts';
import { checkRunForm, defaultInput, fitInput, isRunnable } from '../../views/runForm.ts';
import { chooseEntryPoint, type EntryPointPlace } from '../editors/entryPoints.ts';
import type { Connection } from '../services/connections.ts';
import { DEBUGGED_RUN, type DebuggedRun } from '../services/debugRuns.ts';
import { pythonDebugger } from '../services/pythonDebugger.ts';
import { connectionOf, memoryOf, VALUE_RULES } from '../tasks/startEntryPoint.ts';
import type { CommandContext } from './command.ts';

/**
 * Debugs an entry point that is one Python program, as a run that ends with the session. It gets the values that it was
 * run with last, else its defaults.
 */
export async function debugEntryPoint(context: CommandContext, target: unknown, name: unknown): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const place = await chooseEntryPoint(target, name, 'Debug Entry Point');
  if (!place) return;
  if (!pythonDebugger()) {
    throw new Error('Install the extension Python Debugger (ms-python.debugpy) to debug entry points.');
  }
  const { document, folder, entryPoint, projectName } = place;
  const parameters = valuesOf(context, place);
  if (document.isDirty) await document.save();
  const connection = await connectionOf(context, folder);
  if (!connection) throw new Error('The folder has no tracking server.');
  const run = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Debug ${entryPoint.name}`, cancellable: true },
    async (progress, cancellation) => {
      const abort = new AbortController();
      cancellation.onCancellationRequested(() => abort.abort());
      const { startDebugRun } = await import('../../runner/debug/debugRun.ts');
      return startDebugRun({
        folder: path.dirname(document.uri.fsPath),
        entryPoint: entryPoint.name,
        parameters,
        experimentName: projectName,
        tracking: connection.tracking,
        say: (message) => progress.report({ message }),
        signal: abort.signal,
      });
    },
  );
  const started = await debug.startDebugging(folder, configurationOf(place, run, connection));
  if (!started) await endDebugRun(connection.tracking, run.runId, 'KILLED');
}

function valuesOf(context: CommandContext, place: EntryPointPlace): ReadonlyMap<string, string> {
  const { entryPoint } = place;
  const lastUsed = memoryOf(context, place).lastUsed;
  const input = lastUsed ? fitInput(entryPoint, lastUsed) : defaultInput(entryPoint);
  if (input.swept.length > 0 || !isRunnable(checkRunForm(entryPoint, input, VALUE_RULES))) {
    throw new Error(
      `'${entryPoint.name}' is debugged with the values that it was run with last: give each one value in Run with Parameters first.`,
    );
  }
  return new Map(Object.entries(input.values).filter(([, value]) => value !== ''));
}

function configurationOf(place: EntryPointPlace, run: DebugRun, { id, url, token }: Connection): DebugConfiguration {
  const { start, arguments: args, pythonArguments } = run.target;
  const cwd = path.dirname(place.document.uri.fsPath);
  return {
    type: 'debugpy',
    request: 'launch',
    name: `${place.entryPoint.name} (${run.runName})`,
    ...('program' in start ? { program: path.resolve(cwd, start.program) } : start),
    args,
    cwd,
    env: {
      ...run.environment,
      MLFLOW_TRACKING_URI: url,
      ...(token === undefined ? {} : { MLFLOW_TRACKING_TOKEN: token }),
    },
    ...(run.python === undefined ? {} : { python: run.python }),
    ...(pythonArguments.length > 0 ? { pythonArgs: pythonArguments } : {}),
    console: 'integratedTerminal',
    [DEBUGGED_RUN]: { connectionId: id, runId: run.runId } satisfies DebuggedRun,
  };
}

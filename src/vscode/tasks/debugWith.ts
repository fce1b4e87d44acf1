import path from 'node:path';
import { type DebugConfiguration, debug, ProgressLocation, window, workspace } from 'vscode';
import type { RunFormInput } from '../../protocol/runForm.ts';
import type { DebugRun } from '../../runner/debug/debugRun.ts';
import { endDebugRun } from '../../runner/debug/endDebugRun.ts';
import { withoutDefaults } from '../../views/runForm.ts';
import type { EntryPointPlace } from '../editors/entryPoints.ts';
import type { Connection } from '../services/connections.ts';
import { DEBUGGED_RUN, type DebuggedRun } from '../services/debugRuns.ts';
import type { Services } from '../services.ts';
import { connectionOf, memoryOf } from './startEntryPoint.ts';

/** Debugs an entry point that is one Python program, as a run that ends with the session, and remembers what with. */
export async function debugWith(services: Services, place: EntryPointPlace, input: RunFormInput): Promise<void> {
  if (!workspace.isTrusted) throw new Error('Entry points are not run in Restricted Mode.');
  const { document, folder } = place;
  if (document.isDirty) await document.save();
  await memoryOf(services, place).remember(withoutDefaults(place.entryPoint, input));
  const connection = await connectionOf(services, folder);
  if (!connection) throw new Error('The folder has no tracking server.');
  const run = await prepare(place, input, connection);
  const started = await debug.startDebugging(folder, configurationOf(place, run, connection));
  if (!started) await endDebugRun(connection.tracking, run.runId, 'KILLED');
}

/** Makes the environment and the run, which can take a while the first time. */
async function prepare(place: EntryPointPlace, input: RunFormInput, { tracking }: Connection): Promise<DebugRun> {
  const { document, entryPoint, projectName } = place;
  // The code that runs projects is loaded when it is first needed.
  const { startDebugRun } = await import('../../runner/debug/debugRun.ts');
  const options = { location: ProgressLocation.Notification, title: `Debug ${entryPoint.name}`, cancellable: true };
  return window.withProgress(options, async (progress, cancellation) => {
    const abort = new AbortController();
    cancellation.onCancellationRequested(() => abort.abort());
    return startDebugRun({
      folder: path.dirname(document.uri.fsPath),
      entryPoint: entryPoint.name,
      parameters: new Map(Object.entries(input.values).filter(([, value]) => value !== '')),
      experimentName: input.experiment.trim() || projectName,
      runName: input.runName.trim() || undefined,
      tracking,
      say: (message) => progress.report({ message }),
      signal: abort.signal,
    });
  });
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

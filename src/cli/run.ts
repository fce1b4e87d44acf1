import { openArtifactRepositories } from '../artifacts/openArtifactRepositories.ts';
import type { ArtifactRepositories } from '../artifacts/repository.ts';
import { connect, type MlflowClient } from '../client/connect.ts';
import { MlflowError } from '../entities/error.ts';
import { runWithMlflow } from '../runner/backend/delegate.ts';
import { runEntryPoint } from '../runner/runEntryPoint.ts';
import { type RunArguments, readRunArguments } from './runArguments.ts';
import { RUN_HELP } from './runHelp.ts';
import { UsageError } from './usage.ts';
import { startWatch } from './watchRun.ts';

/** The exit code of what was stopped by Ctrl-C, in shells. */
const STOPPED = 130;

/** `mlflow-workbench run`. @returns the exit code: 0 for a finished run, 1 for any other, 2 for a wrong call */
export async function runCommand(args: readonly string[]): Promise<number> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    const options = readRunArguments(args, process.env);
    if (!options) {
      console.log(RUN_HELP);
      return 0;
    }
    const isDone =
      options.backend === 'local'
        ? await runHere(options, abort.signal)
        : (await runWithMlflow({ ...options, args, say, signal: abort.signal })) === 0;
    return abort.signal.aborted ? STOPPED : isDone ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error instanceof UsageError ? usage(error) : `=== ${messageOf(error)} ===`);
    if (!(error instanceof MlflowError || error instanceof UsageError) && process.env.DEBUG) console.error(error.stack);
    return abort.signal.aborted ? STOPPED : error instanceof UsageError ? 2 : 1;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

function say(line: string): void {
  console.log(`=== ${line} ===`);
}

/** `fetch` says of servers that do not answer only that it failed. */
function messageOf(error: Error): string {
  if (!(error instanceof TypeError) || error.message !== 'fetch failed') return error.message;
  const reason = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `The tracking server at ${process.env.MLFLOW_TRACKING_URI} does not answer${reason}`;
}

function usage({ message }: UsageError): string {
  return `Usage: mlflow-workbench run [OPTIONS] URI\nTry 'mlflow-workbench run --help' for help.\n\nError: ${message}`;
}

async function runHere(options: RunArguments, signal: AbortSignal): Promise<boolean> {
  const url = process.env.MLFLOW_TRACKING_URI;
  if (!url || !/^https?:/.test(url)) {
    throw new UsageError('Set MLFLOW_TRACKING_URI to a tracking server, such as http://127.0.0.1:5000.');
  }
  const client = connect(url, { token: process.env.MLFLOW_TRACKING_TOKEN || undefined });
  // There before the command is, which may be all that is left of us a moment later.
  const watch = startWatch();
  try {
    const result = await runEntryPoint({
      ...options,
      tracking: client.tracking,
      trackingUri: url,
      artifacts: artifactsOf(client),
      onStart: (pid, runId) => watch.begin(pid, runId),
      say,
      signal,
    });
    const { runId } = result.run.info;
    const isDone = result.exitCode === 0 && result.status !== 'KILLED';
    if (isDone) say(`Run (ID '${runId}') succeeded`);
    else console.error(`=== Run (ID '${runId}') ${result.status === 'KILLED' ? 'was killed' : 'failed'} ===`);
    return isDone;
  } finally {
    watch.end();
  }
}

/** What lies in folders of this machine is written here, everything else by the server. */
function artifactsOf({ artifacts }: MlflowClient): ArtifactRepositories {
  const local = openArtifactRepositories({});
  return { open: (uri) => (/^(?:file:|\/|[a-zA-Z]:[\\/])/.test(uri) ? local.open(uri) : artifacts.open(uri)) };
}

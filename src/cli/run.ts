import { parseArgs } from 'node:util';
import { connect } from '../client/connect.ts';
import { MlflowError } from '../entities/error.ts';
import type { EnvironmentManager } from '../runner/environment.ts';
import { runEntryPoint } from '../runner/runEntryPoint.ts';

const USAGE = `Usage: mlflow-workbench run URI [options]

Runs an entry point of the MLproject in the folder URI, as \`mlflow run\` does. MLFLOW_TRACKING_URI names the server
that records the run.

  -e, --entry-point NAME      entry point, or a script of the folder (default: main)
  -P, --param-list NAME=VALUE a parameter; can be given more than once
  --experiment-name NAME      experiment of the run, made where it is missing
  --experiment-id ID          experiment of the run
  --run-name NAME             name of the run
  --env-manager NAME          local, virtualenv or uv (default: uv where it is installed, else virtualenv)
`;

const MANAGERS: readonly EnvironmentManager[] = ['local', 'virtualenv', 'uv'];

class UsageError extends Error {}

/** `mlflow-workbench run`. @returns the exit code: that of the command, 1 for any other failure, 2 for a wrong call */
export async function runCommand(args: string[]): Promise<number> {
  const say = (line: string) => console.log(`=== ${line} ===`);
  const abort = new AbortController();
  const stop = () => abort.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    const options = readArguments(args);
    if (!options) {
      console.log(USAGE);
      return 0;
    }
    const { url, ...rest } = options;
    const { tracking } = connect(url, { token: process.env.MLFLOW_TRACKING_TOKEN || undefined });
    const result = await runEntryPoint({ ...rest, tracking, trackingUri: url, say, signal: abort.signal });
    const { runName, runId } = result.run.info;
    say(`Run ${runName} (${runId}) ${result.status === 'FINISHED' ? 'succeeded' : `is ${result.status}`}`);
    return abort.signal.aborted ? 130 : result.status === 'FINISHED' ? 0 : result.exitCode || 1;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : `=== ${error.message} ===`);
    if (!(error instanceof MlflowError || error instanceof UsageError) && process.env.DEBUG) console.error(error.stack);
    return abort.signal.aborted ? 130 : error instanceof UsageError ? 2 : 1;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

function readArguments(args: string[]) {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [uri] = positionals;
  if (uri === undefined || positionals.length > 1) throw new UsageError('One project folder is needed.');
  const manager = values['env-manager'];
  if (manager !== undefined && !(MANAGERS as readonly string[]).includes(manager)) {
    throw new UsageError(`Unknown --env-manager '${manager}'. There are ${MANAGERS.join(', ')}.`);
  }
  const url = process.env.MLFLOW_TRACKING_URI;
  if (!url || !/^https?:/.test(url)) {
    throw new UsageError('Set MLFLOW_TRACKING_URI to a tracking server, such as http://127.0.0.1:5000.');
  }
  return {
    url,
    uri,
    entryPoint: values['entry-point'],
    parameters: readParameters(values['param-list'] ?? []),
    experiment: { name: values['experiment-name'], id: values['experiment-id'] },
    runName: values['run-name'],
    environmentManager: manager as EnvironmentManager | undefined,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'entry-point': { type: 'string', short: 'e' },
        'param-list': { type: 'string', short: 'P', multiple: true },
        'experiment-name': { type: 'string' },
        'experiment-id': { type: 'string' },
        'run-name': { type: 'string' },
        'env-manager': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readParameters(list: readonly string[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const text of list) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`Invalid format for -P parameter: '${text}'. Use -P name=value.`);
    const name = text.slice(0, at);
    if (parameters.has(name)) throw new UsageError(`Repeated parameter: '${name}'`);
    parameters.set(name, text.slice(at + 1));
  }
  return parameters;
}

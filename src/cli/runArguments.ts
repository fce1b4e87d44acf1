import { parseArgs } from 'node:util';
import { type EnvironmentManager, MANAGERS } from '../runner/environment/preparedEnvironment.ts';
import { UsageError } from './usage.ts';

/** What `mlflow-workbench run` was called with. */
export interface RunArguments {
  readonly uri: string;
  readonly entryPoint: string | undefined;
  readonly version: string | undefined;
  readonly parameters: ReadonlyMap<string, string>;
  readonly dockerArgs: ReadonlyMap<string, string | true>;
  readonly experiment: { readonly name: string | undefined; readonly id: string | undefined };
  readonly runName: string | undefined;
  readonly runId: string | undefined;
  readonly environmentManager: EnvironmentManager | undefined;
  readonly storageFolder: string | undefined;
  readonly logOutput: boolean;
  readonly buildImage: boolean;
  readonly backend: string;
  readonly backendConfig: string | undefined;
}

const OPTIONS = {
  'entry-point': { type: 'string', short: 'e' },
  version: { type: 'string', short: 'v' },
  'param-list': { type: 'string', short: 'P', multiple: true },
  'docker-args': { type: 'string', short: 'A', multiple: true },
  'experiment-name': { type: 'string' },
  'experiment-id': { type: 'string' },
  'run-name': { type: 'string' },
  'run-id': { type: 'string' },
  'env-manager': { type: 'string' },
  'storage-dir': { type: 'string' },
  'log-output': { type: 'boolean' },
  'build-image': { type: 'boolean' },
  backend: { type: 'string', short: 'b' },
  'backend-config': { type: 'string', short: 'c' },
  help: { type: 'boolean' },
} as const;

/**
 * Reads the arguments by the names of `mlflow run`.
 * @param environment variables that stand for options which are not given
 * @returns `undefined` where help is asked for
 * @throws UsageError with MLflow's messages
 */
export function readRunArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): RunArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [uri, unexpected] = positionals;
  if (uri === undefined) throw new UsageError("Missing argument 'URI'.");
  if (unexpected !== undefined) throw new UsageError(`Got unexpected extra argument (${unexpected})`);
  const { 'experiment-name': name, 'experiment-id': id, backend = 'local', 'backend-config': config } = values;
  if (name !== undefined && id !== undefined) {
    throw new UsageError("Specify only one of 'experiment-name' or 'experiment-id' options.");
  }
  if (values['log-output'] && backend !== 'local') {
    throw new UsageError('--log-output keeps the output of runs on this machine: leave it out for other backends.');
  }
  checkBackendConfig(backend, config);
  return {
    uri,
    entryPoint: values['entry-point'],
    version: values.version,
    parameters: readPairs(values['param-list'] ?? [], (text) => {
      throw new UsageError(`Invalid format for -P parameter: '${text}'. Use -P name=value.`);
    }),
    dockerArgs: readPairs<string | true>(values['docker-args'] ?? [], () => true),
    experiment: { name, id },
    runName: values['run-name'],
    runId: values['run-id'],
    environmentManager: readManager(values['env-manager']),
    storageFolder: values['storage-dir'] ?? (environment.MLFLOW_TMP_DIR || undefined),
    logOutput: values['log-output'] ?? false,
    buildImage: values['build-image'] ?? false,
    backend,
    backendConfig: config,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @param withoutValue what a name alone means */
function readPairs<T>(list: readonly string[], withoutValue: (text: string) => T): ReadonlyMap<string, string | T> {
  const pairs = new Map<string, string | T>();
  for (const text of list) {
    const at = text.indexOf('=');
    const name = at < 0 ? text : text.slice(0, at);
    const value = at < 0 || name === '' ? withoutValue(text) : text.slice(at + 1);
    if (pairs.has(name)) throw new UsageError(`Repeated parameter: '${name}'`);
    pairs.set(name, value);
  }
  return pairs;
}

function readManager(name: string | undefined): EnvironmentManager | undefined {
  const known = MANAGERS.find((manager) => manager === name);
  if (name === undefined || known !== undefined) return known;
  throw new UsageError(`Invalid value for \`env_manager\`: ${name}. Must be one of ${MANAGERS.join(', ')}.`);
}

function checkBackendConfig(backend: string, config: string | undefined): void {
  if (backend === 'kubernetes' && config === undefined) {
    throw new UsageError("Specify 'backend_config' when using kubernetes mode.");
  }
  if (config === undefined || config.endsWith('.json')) return;
  try {
    JSON.parse(config);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Invalid backend config JSON. Parse error: ${reason}`);
  }
}

import fs from 'node:fs';
import { invalidParameter } from '../../entities/error.ts';
import { runProgram } from '../process.ts';
import { lintBackendConfig } from './backendConfig.ts';
import { mlflowCommand } from './mlflowProgram.ts';

export interface DelegateOptions {
  /** Of MLflow, or of one of its plugins. */
  readonly backend: string;
  /** Path of a `*.json` file, or JSON. */
  readonly backendConfig: string | undefined;
  /** All that follows `mlflow run`. */
  readonly args: readonly string[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Has MLflow itself run a project on a backend that is not this machine, after a look at the configuration.
 * @returns its exit code
 * @throws INVALID_PARAMETER_VALUE for a configuration that MLflow would refuse, an Error where Python has no MLflow
 */
export async function runWithMlflow({ backend, backendConfig, args, say, signal }: DelegateOptions): Promise<number> {
  if (backend === 'kubernetes' || backend === 'databricks') checkConfig(backend, backendConfig, say);
  const mlflow = await mlflowCommand();
  if (!mlflow) {
    throw new Error(
      `The backend '${backend}' is MLflow's own. Install it for the Python on the PATH (\`python3 -m pip install mlflow\`), or name a Python that has it in MLFLOW_WORKBENCH_PYTHON.`,
    );
  }
  say(`Running \`${[...mlflow, 'run'].join(' ')}\` for the backend ${backend}`);
  const { code } = await runProgram([...mlflow, 'run', ...args], { cwd: process.cwd(), signal });
  return code;
}

function checkConfig(
  backend: 'kubernetes' | 'databricks',
  config: string | undefined,
  say: (line: string) => void,
): void {
  if (config === undefined) {
    throw invalidParameter('Backend spec must be provided when launching MLflow project runs on Databricks.');
  }
  const text = config.endsWith('.json') ? readText(config) : config;
  if (text === undefined) throw invalidParameter(`Could not find the backend config ${config}`);
  const problems = lintBackendConfig(backend, text, readText);
  for (const { severity, message } of problems) if (severity === 'warning') say(message);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw invalidParameter(errors.map(({ message }) => message).join('\n'));
}

function readText(file: string): string | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? fs.readFileSync(file, 'utf8') : undefined;
}

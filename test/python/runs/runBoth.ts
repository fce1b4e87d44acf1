import { spawn } from 'node:child_process';
import path from 'node:path';
import type { MlflowClient } from '../../../src/client/connect.ts';
import type { Run } from '../../../src/entities/run.ts';
import { type MlflowVersion, mlflowPython } from '../environments.ts';

/** What came of a call of `run`. */
export interface Outcome {
  readonly exitCode: number | null;
  /** The command that was run, as it was told. */
  readonly command: string | undefined;
  /** The last thing that was told where no run succeeded. */
  readonly message: string | undefined;
  /** The runs that it made, in their order. */
  readonly runs: readonly Run[];
  /** All that was said. */
  readonly said: string;
}

export interface RunCall {
  readonly version: MlflowVersion;
  readonly client: MlflowClient;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const CLI = path.join(import.meta.dirname, '../../../dist/cli.js');

/** `mlflow run` of a version. */
export function runTheirs(call: RunCall): Promise<Outcome> {
  return run([mlflowPython(call.version), '-m', 'mlflow', 'run', ...call.args], call);
}

/** `mlflow-workbench run`, with the same Python on the PATH. */
export function runOurs(call: RunCall): Promise<Outcome> {
  return run([process.execPath, CLI, 'run', ...call.args], call);
}

async function run([program = '', ...args]: readonly string[], call: RunCall): Promise<Outcome> {
  const { version, client, cwd, environment } = call;
  const before = new Set((await allRuns(client)).map(({ info }) => info.runId));
  const python = path.dirname(mlflowPython(version));
  const child = spawn(program, args, {
    cwd,
    env: {
      ...process.env,
      PATH: `${python}${path.delimiter}${process.env.PATH}`,
      MLFLOW_TRACKING_URI: client.url,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1',
      GIT_TERMINAL_PROMPT: '0',
      // MLflow 3 calls home from a thread, which now and then trips over its own environment variable.
      MLFLOW_DISABLE_TELEMETRY: 'true',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const runs = (await allRuns(client)).filter(({ info }) => !before.has(info.runId));
  return {
    exitCode,
    command: /=== Running command '(.*?)' in run with ID '/s.exec(said)?.[1],
    message: lastMessage(said),
    runs,
    said,
  };
}

/** The usage error, the last line between signs of equality, or Python's exception. */
function lastMessage(said: string): string | undefined {
  const usage = /^Error: (.*)$/m.exec(said)?.[1];
  const told = [...said.matchAll(/=== (.*?) ===\s*$/gms)].at(-1)?.[1];
  const raised = /^(?:\w+\.)*\w*(?:Error|Exception): (.*)$/m.exec(said)?.[1];
  return usage ?? raised ?? told;
}

async function allRuns({ tracking }: MlflowClient): Promise<readonly Run[]> {
  const { items } = await tracking.searchExperiments({});
  const experimentIds = items.map(({ experimentId }) => experimentId);
  return (await tracking.searchRuns({ experimentIds, orderBy: ['attributes.start_time ASC'] })).items;
}

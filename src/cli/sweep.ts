import { connect } from '../client/connect.ts';
import { runChildProgram } from '../runner/childProgram.ts';
import { resolveExperiment } from '../runner/experiment.ts';
import { runSweep } from '../runner/sweep.ts';
import { readSweepArguments, type SweepArguments } from './sweepOptions.ts';
import { UsageError } from './usage.ts';

export { SWEEP_HELP } from './sweepOptions.ts';

/** Names of runs are cut here: what comes after is in their params. */
const LONGEST_NAME = 120;

/**
 * `mlflow-workbench sweep`: each run is a `mlflow-workbench run` of its own, whose lines are printed after its number.
 * @returns the exit code
 * @throws UsageError for a wrong call
 */
export async function sweepCommand(args: readonly string[]): Promise<number> {
  const options = readSweepArguments(args);
  const url = process.env.MLFLOW_TRACKING_URI;
  if (!url || !/^https?:/.test(url)) {
    throw new UsageError('Set MLFLOW_TRACKING_URI to a tracking server, such as http://127.0.0.1:5000.');
  }
  const { tracking } = connect(url, { token: process.env.MLFLOW_TRACKING_TOKEN || undefined });
  const abort = new AbortController();
  const stop = () => abort.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  const experimentId = await resolveExperiment(tracking, options.experiment);
  const width = String(options.combinations.length).length;
  const { parent, status, finished, failed } = await runSweep({
    ...options,
    tracking,
    experimentId,
    say: (line) => console.log(`=== ${line} ===`),
    signal: abort.signal,
    start: ({ parentRunId, parameters, at, signal }) => {
      const prefix = `[${String(at + 1).padStart(width)}]`;
      console.log(`${prefix} ${nameOf(options, parameters) || 'starts'}`);
      return runChildProgram(runProgram(options, experimentId, parameters), {
        environment: { MLFLOW_RUN_ID: parentRunId, PYTHONUNBUFFERED: '1' },
        say: (line) => console.log(`${prefix} ${line}`),
        signal,
      });
    },
  });
  const counts = `${finished} of ${options.combinations.length} runs finished${failed > 0 ? `, ${failed} did not` : ''}`;
  console.log(`=== Sweep ${parent.info.runName} is ${status}: ${counts} ===`);
  return status === 'FINISHED' ? 0 : status === 'KILLED' ? 130 : 1;
}

/** This program itself, running one combination. */
function runProgram(
  options: SweepArguments,
  experimentId: string,
  parameters: ReadonlyMap<string, string>,
): [string, ...string[]] {
  const name = nameOf(options, parameters);
  return [
    process.execPath,
    ...process.execArgv,
    process.argv[1] ?? '',
    ...['run', options.uri, '-e', options.entryPoint, '--experiment-id', experimentId],
    ...[...parameters].flatMap(([key, value]) => ['-P', `${key}=${value}`]),
    ...(name ? ['--run-name', name] : []),
    ...options.handedOn,
  ];
}

/** `lr=0.1 epochs=3`: what this run has of its own. */
function nameOf({ swept }: SweepArguments, parameters: ReadonlyMap<string, string>): string {
  const text = swept.map((name) => `${name}=${parameters.get(name)}`).join(' ');
  return text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text;
}

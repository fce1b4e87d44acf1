import { parseArgs } from 'node:util';
import { MlflowError } from '../entities/error.ts';
import { combine, countCombinations, expandValues, USUAL_RUNS } from '../runner/sweepValues.ts';
import { UsageError } from './usage.ts';

export const SWEEP_HELP = `Usage: mlflow-workbench sweep URI [options]

Runs an entry point of the MLproject in the folder URI once for each combination of the values that its parameters are
given, as child runs of one parent run. MLFLOW_TRACKING_URI names the server that records the runs.

  -e, --entry-point NAME      entry point (default: main)
  -P, --param-list NAME=TEXT  values of a parameter; can be given more than once. TEXT is
                                0.1, 0.2          a list
                                1..10             a range of whole numbers
                                1..10 step 2      a range with a step
                                0.001..1 log 4    4 numbers that grow by the same factor
                                "a, b"            one value as it is, in double quotes
  -j, --jobs N                runs at a time (default: 1)
  --max-runs N                refuse more runs than these (default: ${USUAL_RUNS})
  --experiment-name NAME      experiment of the runs, made where it is missing
  --experiment-id ID          experiment of the runs
  --run-name NAME             name of the parent run
  --env-manager NAME          and all other options of \`mlflow-workbench run\` go on to each run

Ctrl-C ends all runs, and they and the parent are KILLED. A run that fails does not stop the others: the parent is FAILED
in the end. Exit code: 0 where all finished, 1 where one failed, 130 after Ctrl-C, 2 for a wrong call.
`;

/** Options that are handed on to each `run` as they are. */
const HANDED_ON = {
  'env-manager': { type: 'string' },
  version: { type: 'string', short: 'v' },
  backend: { type: 'string', short: 'b' },
  'backend-config': { type: 'string', short: 'c' },
  'docker-args': { type: 'string', short: 'A', multiple: true },
  'storage-dir': { type: 'string' },
  'build-image': { type: 'boolean' },
  'log-output': { type: 'boolean' },
} as const;

export interface SweepArguments {
  readonly uri: string;
  readonly entryPoint: string;
  /** Parameter → what was written. */
  readonly texts: ReadonlyMap<string, string>;
  /** The parameters that have more than one value. */
  readonly swept: readonly string[];
  readonly combinations: readonly ReadonlyMap<string, string>[];
  readonly jobs: number;
  readonly experiment: { readonly name: string | undefined; readonly id: string | undefined };
  readonly runName: string | undefined;
  /** For `run`. */
  readonly handedOn: readonly string[];
}

/** @throws UsageError saying what is wrong with the call */
export function readSweepArguments(args: readonly string[]): SweepArguments {
  const { values, positionals } = parse(args);
  const [uri] = positionals;
  if (uri === undefined || positionals.length > 1) throw new UsageError('One project is needed.');
  const texts = readTexts(values['param-list'] ?? []);
  const parameters = new Map([...texts].map(([name, text]) => [name, valuesOf(name, text)] as const));
  const most = wholeNumber('--max-runs', values['max-runs'] ?? String(USUAL_RUNS));
  const count = countCombinations(parameters);
  if (count > most) {
    throw new UsageError(`These are ${count} runs: allow them with --max-runs ${count}, or give fewer values.`);
  }
  return {
    uri,
    entryPoint: values['entry-point'] ?? 'main',
    texts,
    swept: [...parameters].flatMap(([name, { length }]) => (length > 1 ? name : [])),
    combinations: combine(parameters),
    jobs: wholeNumber('--jobs', values.jobs ?? '1'),
    experiment: { name: values['experiment-name'], id: values['experiment-id'] },
    runName: values['run-name'],
    handedOn: Object.keys(HANDED_ON).flatMap((name) => {
      const given = values[name as keyof typeof HANDED_ON];
      if (given === undefined) return [];
      return given === true ? [`--${name}`] : [given].flat().map((value) => `--${name}=${value}`);
    }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'entry-point': { type: 'string', short: 'e' },
        'param-list': { type: 'string', short: 'P', multiple: true },
        jobs: { type: 'string', short: 'j' },
        'max-runs': { type: 'string' },
        'experiment-name': { type: 'string' },
        'experiment-id': { type: 'string' },
        'run-name': { type: 'string' },
        ...HANDED_ON,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readTexts(list: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const text of list) {
    const at = text.indexOf('=');
    if (at < 1) throw new UsageError(`Invalid format for -P parameter: '${text}'. Use -P name=value.`);
    const name = text.slice(0, at);
    if (texts.has(name)) throw new UsageError(`Repeated parameter: '${name}'`);
    texts.set(name, text.slice(at + 1));
  }
  return texts;
}

function valuesOf(name: string, text: string): readonly string[] {
  try {
    return expandValues(text);
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    throw new UsageError(`${name}: ${error.message}`);
  }
}

function wholeNumber(option: string, text: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1) throw new UsageError(`${option} takes a whole number from 1 on, and '${text}' is none.`);
  return number;
}

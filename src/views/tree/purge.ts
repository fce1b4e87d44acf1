import type { Experiment } from '../../entities/experiment.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import type { Run } from '../../entities/run.ts';
import { formatBytes } from '../formatNumber.ts';
import { count, oneLine } from './row.ts';

/** What is to be deleted for good, of one server. */
export interface Doomed {
  readonly runs: readonly Run[];
  /** With all of their runs. */
  readonly experiments: readonly Experiment[];
}

/** `run 'bold-wolf'`, `3 runs`, `experiment 'wine' and 3 runs`. */
export function describeDoomed(doomed: readonly Doomed[]): string {
  const runs = doomed.flatMap((it) => it.runs);
  const experiments = doomed.flatMap((it) => it.experiments);
  return [
    experiments.length === 0 ? '' : named('experiment', experiments.length, experiments[0]?.name),
    runs.length === 0 ? '' : named('run', runs.length, runs[0]?.info.runName),
  ]
    .filter(Boolean)
    .join(' and ');
}

function named(noun: string, size: number, name: string | undefined): string {
  return size === 1 && name ? `${noun} '${oneLine(name, 80)}'` : count(size, noun);
}

/** How many versions are named. */
const NAMED = 5;

export interface PurgeFacts {
  /** How many runs go, those of the experiments included. */
  readonly runs: number;
  /** What they take on the disk. */
  readonly bytes: number;
  /** Registered versions whose files may lie in what goes. */
  readonly versions: readonly ModelVersion[];
  /** Models that the runs logged as entities of their own (MLflow 3): they stay in their experiment. */
  readonly models: number;
}

/** What a confirmation says below its question. */
export function purgeDetail({ runs, bytes, versions, models }: PurgeFacts): string {
  const stay =
    models === 0 ? '' : ` ${count(models, 'logged model')} stay${models === 1 ? 's' : ''} in the experiment.`;
  const size = `${count(runs, 'run')}, ${formatBytes(bytes)} on the disk. This cannot be undone.${stay}`;
  if (versions.length === 0) return size;
  const names = versions.slice(0, NAMED).map(({ name, version }) => `${oneLine(name, 80)} v${version}`);
  const more = versions.length > NAMED ? `, and ${versions.length - NAMED} more` : '';
  const come = versions.length === 1 ? 'A registered model version comes' : 'Registered model versions come';
  return `${size}\n\n${come} from there, and may lose its files: ${names.join(', ')}${more}.`;
}

/** Of these versions, those that come from a run that goes. */
export function versionsOf(versions: readonly ModelVersion[], runIds: ReadonlySet<string>): readonly ModelVersion[] {
  return versions.filter(({ runId }) => runId !== undefined && runIds.has(runId));
}

/** What is said in the end. @param leftBehind where artifacts stay */
export function purgeResult(what: string, bytes: number, leftBehind: readonly string[]): string {
  const done = `Deleted ${what} permanently: ${formatBytes(bytes)}.`;
  if (leftBehind.length === 0) return done;
  const [first = ''] = leftBehind;
  const places =
    leftBehind.length === 1
      ? oneLine(first, 80)
      : `${count(leftBehind.length, 'place')}, such as ${oneLine(first, 80)}`;
  return `${done} Artifacts outside of the store stay where they are: ${places}`;
}

/** MLflow's own way, for servers that cannot be asked. It has to run where the server's store can be reached. */
export function gcCommand(trackingUri: string, { runs, experiments }: Doomed): string {
  const runIds = runs.map(({ info }) => info.runId).join(',');
  const experimentIds = experiments.map(({ experimentId }) => experimentId).join(',');
  return [
    `MLFLOW_TRACKING_URI=${trackingUri} mlflow gc --backend-store-uri "URI of the server's store"`,
    ...(runIds ? [`--run-ids ${runIds}`] : []),
    ...(experimentIds ? [`--experiment-ids ${experimentIds}`] : []),
  ].join(' ');
}

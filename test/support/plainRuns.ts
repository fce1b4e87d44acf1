import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** An experiment as MLflow writes it, by no program of ours. @returns its folder */
export function writePlainExperiment(root: string, experimentId: string, name: string): string {
  const folder = path.join(root, experimentId);
  fs.mkdirSync(folder, { recursive: true });
  const lines = [
    `artifact_location: ${folder}`,
    'creation_time: 1760000000000',
    `experiment_id: '${experimentId}'`,
    'last_update_time: 1760000000000',
    'lifecycle_stage: active',
    `name: ${name}`,
  ];
  fs.writeFileSync(path.join(folder, 'meta.yaml'), `${lines.join('\n')}\n`);
  return folder;
}

export interface PlainRun {
  readonly name: string;
  /** ms since the epoch; the files of a finished run get that time too, as they have in a store that grew. */
  readonly startTime: number;
  readonly status?: 'RUNNING' | 'FINISHED';
}

const STATUS = { RUNNING: 1, FINISHED: 3 } as const;

/** A run with a metric, two params and a tag, written as MLflow does. @returns its id */
export function writePlainRun(experimentFolder: string, { name, startTime, status = 'FINISHED' }: PlainRun): string {
  const runId = randomUUID().replaceAll('-', '');
  const folder = path.join(experimentFolder, runId);
  for (const kind of ['metrics', 'params', 'tags', 'artifacts']) {
    fs.mkdirSync(path.join(folder, kind), { recursive: true });
  }
  const lines = [
    `artifact_uri: ${folder}/artifacts`,
    `end_time: ${status === 'RUNNING' ? 'null' : startTime + 30_000}`,
    `experiment_id: '${path.basename(experimentFolder)}'`,
    'lifecycle_stage: active',
    `run_id: ${runId}`,
    `run_name: ${name}`,
    `start_time: ${startTime}`,
    `status: ${STATUS[status]}`,
    'user_id: plain',
  ];
  const points = Array.from({ length: 5 }, (_, step) => `${startTime + step} ${1 / (step + 1)} ${step}\n`);
  const files: readonly [file: string, text: string][] = [
    ['meta.yaml', `${lines.join('\n')}\n`],
    ['metrics/loss', points.join('')],
    ['params/alpha', '0.5'],
    ['params/depth', String(startTime % 7)],
    ['tags/mlflow.runName', name],
  ];
  for (const [file, text] of files) fs.writeFileSync(path.join(folder, file), text);
  const written = status === 'RUNNING' ? [] : [...files.map(([file]) => file), '.'];
  for (const file of written) fs.utimesSync(path.join(folder, file), startTime / 1000, startTime / 1000);
  return runId;
}

/** An experiment with so many finished runs, `run 1` the oldest. @returns its folder */
export function writePlainRuns(root: string, experimentId: string, name: string, count: number): string {
  const folder = writePlainExperiment(root, experimentId, name);
  const start = Date.now() - 60_000 * (count + 60);
  for (let n = 1; n <= count; n++) writePlainRun(folder, { name: `run ${n}`, startTime: start + 60_000 * n });
  return folder;
}

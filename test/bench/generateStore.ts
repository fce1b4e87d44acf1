// A thread that writes its share of a store's runs, in the layout of MLflow 3.
import fs from 'node:fs';
import { workerData } from 'node:worker_threads';
import { type Generation, runIdOf } from './stores.ts';

const START = 1_700_000_000_000;
const { root, runs, experiments, share, shares, params, metrics, points, tags } = workerData as Generation;

for (let experiment = 1 + share; experiment <= experiments; experiment += shares) writeExperiment(String(experiment));
for (let run = share; run < runs; run += shares) writeRun(run);

function writeExperiment(experimentId: string): void {
  fs.mkdirSync(`${root}/${experimentId}`, { recursive: true });
  const lines = [
    `artifact_location: ${root}/${experimentId}`,
    `creation_time: ${START}`,
    `experiment_id: '${experimentId}'`,
    `last_update_time: ${START}`,
    'lifecycle_stage: active',
    `name: experiment ${experimentId}`,
  ];
  fs.writeFileSync(`${root}/${experimentId}/meta.yaml`, `${lines.join('\n')}\n`);
}

function writeRun(run: number): void {
  const [experimentId, runId, name] = [String(1 + (run % experiments)), runIdOf(run), `run-${run}`];
  const folder = `${root}/${experimentId}/${runId}`;
  for (const part of ['metrics', 'params', 'tags', 'artifacts']) fs.mkdirSync(`${folder}/${part}`, { recursive: true });
  const lines = [
    `artifact_uri: ${folder}/artifacts`,
    `end_time: ${START + run * 1_000 + 60_000}`,
    "entry_point_name: ''",
    `experiment_id: '${experimentId}'`,
    'lifecycle_stage: active',
    `run_id: ${runId}`,
    `run_name: ${name}`,
    "source_name: ''",
    'source_type: 4',
    "source_version: ''",
    `start_time: ${START + run * 1_000}`,
    'status: 3',
    'tags: []',
    'user_id: bench',
  ];
  fs.writeFileSync(`${folder}/meta.yaml`, `${lines.join('\n')}\n`);
  for (let metric = 0; metric < metrics; metric++) {
    let text = '';
    for (let step = 0; step < points; step++) text += `${START + step} ${pseudoRandom(run, metric, step)} ${step}\n`;
    fs.writeFileSync(`${folder}/metrics/metric${metric}`, text);
  }
  for (let param = 0; param < params; param++) {
    fs.writeFileSync(`${folder}/params/param${param}`, String((run + param) % 10));
  }
  for (let tag = 0; tag < tags; tag++) fs.writeFileSync(`${folder}/tags/tag${tag}`, `value ${run % 1_000} of ${tag}`);
}

/** Between 0 and 1, in no order, with the digits of a double. */
function pseudoRandom(run: number, metric: number, step: number): number {
  const hash = Math.imul(run * 1_000 + metric * 100 + step + 1, 2_654_435_761) >>> 0;
  return (hash + 0.123_456_789) / 2 ** 32;
}

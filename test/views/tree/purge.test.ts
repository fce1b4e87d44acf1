import { expect, test } from 'vitest';
import type { Experiment } from '../../../src/entities/experiment.ts';
import type { ModelVersion } from '../../../src/entities/registeredModel.ts';
import { describeUsage, usageRows } from '../../../src/views/tree/diskUsage.ts';
import { describeDoomed, gcCommand, purgeDetail, purgeResult, versionsOf } from '../../../src/views/tree/purge.ts';
import { run } from '../sampleRun.ts';

const experiment = (name: string, experimentId = '7') => ({ name, experimentId }) as Experiment;
const version = (name: string, number: string, runId?: string) => ({ name, version: number, runId }) as ModelVersion;
const FACTS = { runs: 1, bytes: 0, versions: [], models: 0 };
const named = (runName: string, runId = runName) => run({ info: { runName, runId } });

test('what goes is named where it is one, else counted', () => {
  expect(describeDoomed([{ runs: [named('bold-wolf')], experiments: [] }])).toBe("run 'bold-wolf'");
  expect(describeDoomed([{ runs: [named('a'), named('b')], experiments: [] }])).toBe('2 runs');
  expect(describeDoomed([{ runs: [], experiments: [experiment('wine')] }])).toBe("experiment 'wine'");
  const two = { runs: [named('a')], experiments: [experiment('wine')] };
  expect(describeDoomed([two, two])).toBe('2 experiments and 2 runs');
});

test('a name of ten thousand letters does not fill the screen', () => {
  expect(describeDoomed([{ runs: [named('x'.repeat(10_000))], experiments: [] }]).length).toBeLessThan(100);
});

test('the question says how many runs there are, what they take, and that they do not come back', () => {
  expect(purgeDetail({ ...FACTS, runs: 3, bytes: 1_288_490_189 })).toBe(
    '3 runs, 1.2 GB on the disk. This cannot be undone.',
  );
  expect(purgeDetail({ ...FACTS, models: 1 })).toMatch(/1 logged model stays in the experiment\.$/);
  expect(purgeDetail({ ...FACTS, models: 2 })).toMatch(/2 logged models stay in the experiment\.$/);
});

test('the question names the registered versions that come from there', () => {
  const versions = [version('Wine', '3', 'a'), version('Wine', '4', 'b'), version('Beer', '1')];
  const lost = versionsOf(versions, new Set(['a']));
  expect(purgeDetail({ ...FACTS, versions: lost })).toMatch(
    /A registered model version comes from there.*: Wine v3\.$/,
  );
  const many = Array.from({ length: 7 }, (_, at) => version('Wine', String(at)));
  expect(purgeDetail({ ...FACTS, versions: many })).toMatch(
    /Registered model versions come .*Wine v0, .*Wine v4, and 2 more\.$/,
  );
});

test('the result names what stays', () => {
  expect(purgeResult('2 runs', 2048, [])).toBe('Deleted 2 runs permanently: 2 KB.');
  expect(purgeResult('2 runs', 0, ['s3://b/1'])).toMatch(/stay where they are: s3:\/\/b\/1$/);
  expect(purgeResult('2 runs', 0, ['s3://b/1', 's3://b/2'])).toMatch(/2 places, such as s3:\/\/b\/1$/);
});

test('the command of MLflow names runs and experiments', () => {
  const doomed = { runs: [named('a'), named('b')], experiments: [experiment('wine', '7')] };
  const command = gcCommand('http://host:5000', doomed);
  expect(command).toMatch(/^MLFLOW_TRACKING_URI=http:\/\/host:5000 mlflow gc --backend-store-uri /);
  expect(command).toMatch(/ --run-ids a,b --experiment-ids 7$/);
  expect(gcCommand('http://h', { runs: [], experiments: [experiment('w')] })).not.toContain('--run-ids');
});

test('disk usage lists the largest first, and what belongs to no run', () => {
  const usage = {
    bytes: 1_000,
    runs: [
      { runId: 'a', bytes: 100 },
      { runId: 'b', bytes: 300 },
      { runId: 'unknown', bytes: 50 },
    ],
  };
  const runs = [named('first', 'a'), run({ info: { runId: 'b', runName: 'second', lifecycleStage: 'deleted' } })];
  expect(usageRows(usage, runs)).toEqual([
    { name: 'Models, traces and datasets', runId: undefined, bytes: 550, isDeleted: false },
    { name: 'second', runId: 'b', bytes: 300, isDeleted: true },
    { name: 'first', runId: 'a', bytes: 100, isDeleted: false },
    { name: 'unknown', runId: 'unknown', bytes: 50, isDeleted: false },
  ]);
  expect(describeUsage(usage)).toBe('1000 B in 3 runs');
});

import { expect, test } from 'vitest';
import { loggingLenses } from '../../src/views/loggingLenses.ts';
import { metric, NOON, run } from './sampleRun.ts';

const HOUR = 3_600_000;
const runs = [
  run({ info: { runId: 'a' }, metrics: [metric('rmse', 0.7131)] }),
  run({ info: { runId: 'b' }, metrics: [metric('rmse', 0.8)] }),
  run({ info: { runId: 'c' } }),
];
const told = (list: Parameters<typeof loggingLenses>[0], total?: number) =>
  loggingLenses(list, total, NOON + 2 * HOUR).map((lens) => [
    lens.title,
    lens.runs.map(({ info }) => info.runId).join(),
  ]);

test('tells of the latest run, and shows the newest together', () => {
  expect(told(runs, 1204)).toEqual([
    ['$(history) bold-wolf-312 · rmse 0.7131 · 2 h ago', 'a'],
    ['$(graph-line) 1,204 runs', 'a,b'],
  ]);
  expect(told(runs)[1]?.[0]).toBe('$(graph-line) 3 runs');
});

test('of long names shows the beginning', () => {
  const long = run({ info: { runName: 'x'.repeat(10_000) }, metrics: [metric('y'.repeat(10_000), 1)] });
  expect(loggingLenses([long], undefined, NOON)[0]?.title.length).toBeLessThan(200);
});

test('says nothing without runs, and shows nothing together where one run has metrics', () => {
  expect(told([])).toEqual([]);
  expect(told([run({ info: { status: 'RUNNING' } })])).toEqual([
    ['$(history) bold-wolf-312 · running', run().info.runId],
  ]);
});

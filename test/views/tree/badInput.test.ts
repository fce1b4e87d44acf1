import { describe, expect, test } from 'vitest';
import type { Experiment } from '../../../src/entities/experiment.ts';
import { artifactRow } from '../../../src/views/tree/artifactRow.ts';
import { experimentRow, experimentTooltip } from '../../../src/views/tree/experimentRow.ts';
import { bestOther, changedParams } from '../../../src/views/tree/predecessor.ts';
import type { TreeRow } from '../../../src/views/tree/row.ts';
import { metricRow, metricsRow, parameterRow, parameterTooltip } from '../../../src/views/tree/runDetailRows.ts';
import { groupRow } from '../../../src/views/tree/runGroups.ts';
import { runRow, runTooltip } from '../../../src/views/tree/runRow.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const LONG = 'x\n'.repeat(5_000);
const HTML = '<img src=x onerror="alert(1)"> [a](command:x) `b` | c';
const EXPERIMENT = { experimentId: '1', name: LONG, artifactLocation: LONG, lifecycleStage: 'active', tags: new Map() };
const experiment = EXPERIMENT as unknown as Experiment;

/** A row is a line, however long the texts in it are. */
function expectLine({ label, description = '' }: TreeRow): void {
  expect(label.length).toBeLessThanOrEqual(300);
  expect(description.length).toBeLessThanOrEqual(500);
  expect(`${label}${description}`).not.toMatch(/[\r\n]/);
}

describe('texts of ten thousand letters', () => {
  const long = run({
    info: { runName: LONG, userId: LONG },
    params: { [LONG]: LONG },
    tags: { 'mlflow.note.content': LONG },
  });

  test('are cut in rows', () => {
    expectLine(runRow(long, NOON));
    expectLine(experimentRow(experiment, { loaded: 1, more: false }, true));
    expectLine(parameterRow(LONG, LONG));
    expectLine(metricRow(metric(LONG, 1)));
    expectLine(metricsRow(run({ metrics: [metric(LONG, 1)] })));
    expectLine(runRow(run({ metrics: [metric(LONG, 1)] }), NOON));
    expectLine(groupRow({ value: LONG, items: [run({ metrics: [metric(LONG, 1)] })] }, `params.\`${LONG}\``));
    expectLine(artifactRow({ path: LONG, isDir: false, fileSize: 1 }, false));
  });

  test('do not fill tooltips', () => {
    const before = run({ info: { runId: 'b', runName: LONG }, params: { [LONG]: 'other' } });
    expect(runTooltip(long, NOON, { before }).length).toBeLessThan(6_000);
    expect(experimentTooltip(experiment).length).toBeLessThan(6_000);
    expect(parameterTooltip(LONG, LONG).length).toBeLessThan(6_000);
  });
});

test('HTML, links and tables in names stay texts', () => {
  const odd = run({ info: { runName: HTML }, params: { [HTML]: HTML }, metrics: [metric(HTML, 1)] });
  expect(runRow(odd, NOON).label).toBe(HTML);
  const before = run({ info: { runId: 'b', runName: HTML } });
  for (const text of [runTooltip(odd, NOON, { before }), parameterTooltip(HTML, HTML)]) {
    expect(text).not.toMatch(/(?<!\\)(?:<img|\]\(command:|`b)/);
  }
});

describe('numbers that are none', () => {
  const nan = run({ metrics: [metric('rmse', Number.NaN)] });

  test('are told in rows', () => {
    expect(runRow(nan, NOON).description).toContain('rmse NaN');
    expect(runRow(run({ metrics: [metric('rmse', -Infinity)] }), NOON).description).toContain('rmse −∞');
  });

  test('are no best ones', () => {
    expect(bestOther(run({ info: { runId: 'a' }, metrics: [metric('rmse', 1)] }), [nan])).toBeUndefined();
    expect(groupRow({ value: 'a', items: [nan] }, 'params.`a`').description).toBe('1 run');
  });
});

test('times before 1970, and in an order that cannot be, are told', () => {
  const old = run({ info: { startTime: -86_400_000, endTime: -86_390_000 } });
  expect(runRow(old, NOON).description).toBe('1969-12-31 · 10 s');
  expect(runTooltip(old, NOON)).toContain('1969');
  const backwards = run({ info: { startTime: NOON, endTime: NOON - 5_000 } });
  expect(() => runRow(backwards, NOON)).not.toThrow();
  for (const startTime of [1e300, -1e300]) {
    const never = run({ info: { startTime, endTime: undefined } });
    expect(() => [runRow(never, NOON), runTooltip(never, NOON)]).not.toThrow();
  }
});

test('negative steps are told', () => {
  expect(metricRow(metric('rmse', 1, -5)).description).toBe('1 · step -5');
});

test('thousands of changed params are a short list', () => {
  const params = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`p${at}`, 'x'.repeat(100)]));
  const before = run({ info: { runId: 'b' } });
  expect(changedParams(run({ params }), before)).toHaveLength(5_000);
  expect(runTooltip(run({ params }), NOON, { before }).length).toBeLessThan(10_000);
});

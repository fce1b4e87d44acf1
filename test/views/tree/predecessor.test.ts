import { describe, expect, test } from 'vitest';
import { bestOther, changedParams, predecessorOf } from '../../../src/views/tree/predecessor.ts';
import { runTooltip } from '../../../src/views/tree/runRow.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const made = (runId: string, startTime: number, params: Record<string, string>, tags = {}) =>
  run({ info: { runId, runName: runId, startTime }, params, tags });

describe('a run is understood by', () => {
  const runs = [made('new', 30, { a: '3' }), made('middle', 20, { a: '2' }), made('old', 10, { a: '1' })];

  test('the one that began before it', () => {
    expect(runs.map((it) => predecessorOf(it, runs)?.info.runId)).toEqual(['middle', 'old', undefined]);
  });

  test('its parent, where it has one', () => {
    const child = made('child', 40, { a: '4' }, { 'mlflow.parentRunId': 'old' });
    expect(predecessorOf(child, [child, ...runs])?.info.runId).toBe('old');
    const orphan = made('orphan', 40, { a: '4' }, { 'mlflow.parentRunId': 'gone' });
    expect(predecessorOf(orphan, [orphan, ...runs])?.info.runId).toBe('new');
  });

  test('none that has nothing to compare', () => {
    const bare = made('bare', 25, {});
    expect(predecessorOf(runs[0] ?? bare, [...runs, bare])?.info.runId).toBe('middle');
  });
});

test('the tooltip lists the params that are others than before', () => {
  const [now, before] = [made('now', 2, { a: '1', b: '2', d: 'x' }), made('before', 1, { a: '1', b: '3', c: 'y' })];
  expect(changedParams(now, before)).toEqual([
    ['b', '3', '2'],
    ['c', 'y', '–'],
    ['d', '–', 'x'],
  ]);
  const tooltip = runTooltip(now, NOON, { before });
  expect(tooltip).toMatch(/\| Other than before \| {2}\|/);
  expect(tooltip).toContain('| b | 3 → 2 |');
  expect(runTooltip(now, NOON, { before: now })).not.toContain('Other than');
});

test('the best other run is that of the best main metric', () => {
  const having = (runId: string, value: number, key = 'rmse') =>
    run({ info: { runId }, metrics: [metric(key, value)] });
  const runs = [having('a', 3), having('b', 1), having('c', 2), having('nan', Number.NaN), having('other', 0, 'loss2')];
  expect(bestOther(having('a', 3), runs)?.info.runId).toBe('b');
  expect(bestOther(having('b', 1), runs)?.info.runId).toBe('c');
  expect(bestOther(run(), runs)).toBeUndefined();
  const more = [having('a', 3, 'accuracy'), having('b', 1, 'accuracy')];
  expect(bestOther(having('c', 2, 'accuracy'), more)?.info.runId).toBe('a');
});

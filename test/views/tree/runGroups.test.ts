import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/entities/run.ts';
import { groupRow, groupRuns, groupValue } from '../../../src/views/tree/runGroups.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const values = (runs: readonly Run[], by: string) => groupRuns(runs, (it) => it, by).map(({ value }) => value);

describe('groups of runs', () => {
  test('are in the order of numbers, those without a value last', () => {
    const runs = ['10', '9', undefined, '0.5', '9'].map((alpha) =>
      run(alpha === undefined ? {} : { params: { alpha } }),
    );
    const groups = groupRuns(runs, (it) => it, 'params.`alpha`');
    expect(groups.map(({ value, items }) => [value, items.length])).toEqual([
      ['0.5', 1],
      ['9', 2],
      ['10', 1],
      [undefined, 1],
    ]);
  });

  test('are made by tags, status, user and day', () => {
    const one = run({ tags: { 'team.a': 'red' }, info: { status: 'FAILED', userId: '' } });
    expect(groupValue(one, 'tags.`team.a`')).toBe('red');
    expect(groupValue(one, 'attributes.status')).toBe('failed');
    expect(groupValue(one, 'attributes.user_id')).toBeUndefined();
    expect(groupValue(one, 'attributes.start_day')).toMatch(/^2026-11-2[34]$/);
    expect(groupValue(run({ info: { startTime: undefined } }), 'attributes.start_day')).toBeUndefined();
    expect(groupValue(run({ info: { startTime: 1e300 } }), 'attributes.start_day')).toBe('');
  });

  test('of days have the newest first', () => {
    const day = 86_400_000;
    const runs = [0, 2, 1].map((at) => run({ info: { startTime: NOON + at * day } }));
    const sorted = values(runs, 'attributes.start_day');
    expect(sorted).toEqual([...sorted].sort().reverse());
  });
});

describe('the row of a group', () => {
  test('counts its runs and tells the best of their main metric', () => {
    const items = [0.9, 0.7, Number.NaN].map((value) => run({ metrics: [metric('rmse', value)] }));
    expect(groupRow({ value: '0.5', items }, 'params.`alpha`')).toMatchObject({
      label: 'alpha 0.5',
      description: '3 runs · best rmse 0.7',
    });
    const better = [0.9, 0.7].map((value) => run({ metrics: [metric('accuracy', value)] }));
    expect(groupRow({ value: 'red', items: better }, 'tags.`team`').description).toBe('2 runs · best accuracy 0.9');
  });

  test('says what its runs do not have, and keeps long values short', () => {
    expect(groupRow({ value: undefined, items: [run()] }, 'params.`alpha`').label).toBe('no alpha');
    expect(groupRow({ value: '', items: [run()] }, 'tags.`a`').label).toBe('a (empty)');
    expect(groupRow({ value: 'x\n'.repeat(5_000), items: [run()] }, 'params.`a`').label.length).toBeLessThan(110);
    expect(groupRow({ value: '2026-11-23', items: [run()] }, 'attributes.start_day').label).toBe('day 2026-11-23');
  });
});

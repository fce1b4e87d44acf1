import { describe, expect, test } from 'vitest';
import { COMPARE_RUNS_CHECKS } from '../../src/protocol/compareRuns.ts';
import { RUN_FORM_CHECKS } from '../../src/protocol/runForm.ts';

const NOTHING = [undefined, null, '', 1, [], {}, [{}]];

describe('the requests of the comparison', () => {
  test('are those that it makes', () => {
    expect(COMPARE_RUNS_CHECKS.ready({ baselineId: 'a' })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.ready({})).toBe(true);
    expect(COMPARE_RUNS_CHECKS.setBaseline({ runId: 'a' })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.copyAsMarkdown({ onlyDifferences: false })).toBe(true);
  });

  test.each([...NOTHING, { runId: 1 }, { onlyDifferences: 'yes' }, { runId: ['a'] }])('are not %j', (argument) => {
    expect(COMPARE_RUNS_CHECKS.setBaseline(argument)).toBe(false);
    expect(COMPARE_RUNS_CHECKS.copyAsMarkdown(argument)).toBe(false);
    if (JSON.stringify(argument) !== '{}')
      expect(COMPARE_RUNS_CHECKS.ready({ baselineId: argument ?? 1 })).toBe(argument === '');
  });
});

describe('the requests of the form', () => {
  test('are values by name', () => {
    expect(RUN_FORM_CHECKS.run({ values: { a: '1', __proto__: '2' } })).toBe(true);
    expect(RUN_FORM_CHECKS.check({ values: {} })).toBe(true);
  });

  test.each([...NOTHING, { values: ['a'] }, { values: 'a' }, { values: { a: 1 } }, { values: { a: { b: 'c' } } }])(
    'are not %j',
    (argument) => {
      expect(RUN_FORM_CHECKS.run(argument)).toBe(false);
      expect(RUN_FORM_CHECKS.check(argument)).toBe(false);
    },
  );
});

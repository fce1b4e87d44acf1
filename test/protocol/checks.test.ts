import { describe, expect, test } from 'vitest';
import { COMPARE_RUNS_CHECKS } from '../../src/protocol/compareRuns.ts';
import { RUN_DETAILS_CHECKS } from '../../src/protocol/runDetails.ts';
import { isRunFormSource, RUN_FORM_CHECKS } from '../../src/protocol/runForm.ts';

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
  const input = { values: { a: '1' }, swept: ['a'], runName: '', experiment: 'e', jobs: '1' };

  test('are what was put into it', () => {
    expect(RUN_FORM_CHECKS.run({ input: { ...input, values: { a: '1', __proto__: '2' } } })).toBe(true);
    expect(RUN_FORM_CHECKS.check({ input: { ...input, values: {}, swept: [] } })).toBe(true);
    expect(RUN_FORM_CHECKS.savePreset({ input })).toBe(true);
    expect(RUN_FORM_CHECKS.pickPath({ parameter: 'a', value: '' })).toBe(true);
    expect(RUN_FORM_CHECKS.deletePreset({ name: 'p' })).toBe(true);
  });

  test.each([
    ...NOTHING,
    { input: { ...input, values: ['a'] } },
    { input: { ...input, values: { a: 1 } } },
    { input: { ...input, values: { a: { b: 'c' } } } },
    { input: { ...input, swept: 'a' } },
    { input: { ...input, swept: [1] } },
    { input: { ...input, jobs: 1 } },
    { input: { values: {} } },
    { name: 1, parameter: 'a' },
  ])('are not %j', (argument) => {
    expect(RUN_FORM_CHECKS.run(argument)).toBe(false);
    expect(RUN_FORM_CHECKS.check(argument)).toBe(false);
    expect(RUN_FORM_CHECKS.savePreset(argument)).toBe(false);
    expect(RUN_FORM_CHECKS.pickPath(argument)).toBe(false);
    expect(RUN_FORM_CHECKS.deletePreset(argument)).toBe(false);
  });

  test('come from a form that can be found again', () => {
    expect(isRunFormSource({ file: 'file:///MLproject', entryPoint: 'main', purpose: 'run' })).toBe(true);
    expect(isRunFormSource({ file: 'file:///MLproject', entryPoint: 'main', purpose: 'debug', input })).toBe(true);
    expect(isRunFormSource({ file: 'file:///MLproject', entryPoint: 'main', purpose: 'run', input: {} })).toBe(false);
    expect(isRunFormSource({ file: 'file:///MLproject', entryPoint: 'main' })).toBe(false);
    for (const value of NOTHING) expect(isRunFormSource(value)).toBe(false);
  });
});

describe('the requests of the details of a run', () => {
  test('are those that it makes', () => {
    expect(RUN_DETAILS_CHECKS.act({ action: 'charts' })).toBe(true);
    expect(RUN_DETAILS_CHECKS.copy({ what: 'markdown' })).toBe(true);
    expect(RUN_DETAILS_CHECKS.setTag({ key: 'a', value: '' })).toBe(true);
    expect(RUN_DETAILS_CHECKS.listMetrics({ filter: '', page: 0, system: false })).toBe(true);
    expect(RUN_DETAILS_CHECKS.readCurves({ keys: ['loss'] })).toBe(true);
    expect(RUN_DETAILS_CHECKS.registerModel({ model: { modelId: 'm-1' } })).toBe(true);
    expect(RUN_DETAILS_CHECKS.registerModel({ model: { path: 'model' } })).toBe(true);
    expect(RUN_DETAILS_CHECKS.preview({ place: { path: 'a' } })).toBe(true);
    expect(RUN_DETAILS_CHECKS.actOnArtifact({ action: 'download', place: { path: 'a', modelId: 'm-1' } })).toBe(true);
  });

  test.each([
    ...NOTHING,
    { action: 'constructor' },
    { what: 'everything' },
    { key: 1, value: 'a' },
    { filter: '', page: 0.5, system: false },
    { keys: Array.from({ length: 101 }, () => 'a') },
    { keys: [1] },
    { model: {} },
    { model: { modelId: 'm-1', path: 'model' } },
    { place: { path: 1 } },
    { action: 'open', place: { path: '', modelId: 1 } },
  ])('are not %j', (argument) => {
    for (const check of Object.values(RUN_DETAILS_CHECKS)) expect(check(argument)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { COMPARE_RUNS_CHECKS } from '../../src/protocol/compareRuns.ts';
import { RUN_DETAILS_CHECKS } from '../../src/protocol/runDetails.ts';
import { isRunFormSource, RUN_FORM_CHECKS } from '../../src/protocol/runForm.ts';
import { isRunsTableSource, isRunsTableView, RUNS_TABLE_CHECKS } from '../../src/protocol/runsTable.ts';
import { DEFAULT_VIEW } from '../../src/views/runsTable/view.ts';

const NOTHING = [undefined, null, '', 1, [], {}, [{}]];

describe('the requests of the comparison', () => {
  test('are those that it makes', () => {
    const view = { baselineId: 'a', onlyDifferences: true, filter: '', limits: { Metrics: 1_200 }, limit: 200 };
    expect(COMPARE_RUNS_CHECKS.ready({ view })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.ready({ view: { ...view, baselineId: undefined } })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.setView({ view })).toBe(true);
    for (const part of [{ baselineId: 1 }, { filter: 1 }, { limits: { Metrics: '9' } }, { limits: [] }, { limit: '' }])
      expect(COMPARE_RUNS_CHECKS.setView({ view: { ...view, ...part } })).toBe(false);
    expect(COMPARE_RUNS_CHECKS.copyAsMarkdown({ onlyDifferences: false })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.openRun({ runId: 'a' })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.readCurves({ keys: ['rmse', ''] })).toBe(true);
    expect(COMPARE_RUNS_CHECKS.readImage({ runId: 'a', path: 'roc.png' })).toBe(true);
  });

  test.each([...NOTHING, { runId: 1 }, { onlyDifferences: 'yes' }, { runId: ['a'] }])('are not %j', (argument) => {
    expect(COMPARE_RUNS_CHECKS.setView({ view: argument })).toBe(false);
    expect(COMPARE_RUNS_CHECKS.openRun(argument)).toBe(false);
    expect(COMPARE_RUNS_CHECKS.readCurves(argument)).toBe(false);
    expect(COMPARE_RUNS_CHECKS.readImage(argument)).toBe(false);
    expect(COMPARE_RUNS_CHECKS.copyAsMarkdown(argument)).toBe(false);
    expect(COMPARE_RUNS_CHECKS.ready(argument)).toBe(false);
  });
});

test('a distribution is that of a column', () => {
  expect(RUNS_TABLE_CHECKS.distribution({ id: 'metrics.rmse' })).toBe(true);
  for (const value of NOTHING) expect(RUNS_TABLE_CHECKS.distribution(value)).toBe(false);
});

test('a cell that is copied is named by its row and its column', () => {
  expect(RUNS_TABLE_CHECKS.copyCell({ row: 0, column: 'metrics.rmse' })).toBe(true);
  for (const part of [{ row: -1 }, { row: 0.5 }, { column: 1 }]) {
    expect(RUNS_TABLE_CHECKS.copyCell({ row: 0, column: 'x', ...part })).toBe(false);
  }
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

describe('the requests of the runs table', () => {
  const range = { from: 0, to: 9 };
  const rows = { ...range, columns: ['metrics.a'], visible: range, anchors: [] };
  const columns = [{ id: 'metrics.a', statistic: 'min', width: 80, pinned: true, heat: false }];

  test('are those that it makes', () => {
    expect(RUNS_TABLE_CHECKS.ready({ view: undefined })).toBe(true);
    expect(RUNS_TABLE_CHECKS.setView({ view: { ...DEFAULT_VIEW, columns, groupBy: 'params.p' } })).toBe(true);
    expect(RUNS_TABLE_CHECKS.rows(rows)).toBe(true);
    expect(RUNS_TABLE_CHECKS.runIds(range)).toBe(true);
    expect(RUNS_TABLE_CHECKS.complete({ text: '' })).toBe(true);
    expect(RUNS_TABLE_CHECKS.act({ action: 'compare', runIds: ['a', 'b'] })).toBe(true);
    expect(RUNS_TABLE_CHECKS.copy({ runIds: [] })).toBe(true);
    expect(RUNS_TABLE_CHECKS.gone({ runIds: ['a'] })).toBe(true);
  });

  test.each([
    ...NOTHING,
    { ...rows, from: -1 },
    { ...rows, to: 1.5 },
    { ...rows, to: '9' },
    { ...rows, visible: undefined },
    { ...rows, anchors: [1] },
    { action: 'workbench.action.quit', runIds: [] },
    { action: 'delete', runIds: 'a' },
    { text: 1 },
  ])('are not %j', (argument) => {
    expect(RUNS_TABLE_CHECKS.rows(argument)).toBe(false);
    expect(RUNS_TABLE_CHECKS.act(argument)).toBe(false);
    expect(RUNS_TABLE_CHECKS.complete(argument)).toBe(false);
    expect(RUNS_TABLE_CHECKS.setView(argument)).toBe(false);
  });

  test.each([
    { ...DEFAULT_VIEW, columns: [{ id: 1 }] },
    { ...DEFAULT_VIEW, columns: [{ id: 'a', statistic: 'median' }] },
    { ...DEFAULT_VIEW, columns: [{ id: 'a', width: '1px' }] },
    { ...DEFAULT_VIEW, sort: [{ id: 'a' }] },
    { ...DEFAULT_VIEW, filter: undefined },
    { ...DEFAULT_VIEW, hiddenRuns: 'a' },
  ])('come with no view such as %j', (view) => {
    expect(isRunsTableView(view)).toBe(false);
  });

  test('come from a table that can be found again', () => {
    expect(isRunsTableSource({ connectionId: 'c', experimentId: '1' })).toBe(true);
    expect(isRunsTableSource({ connectionId: 'c', experimentId: '1', runIds: ['a'] })).toBe(true);
    expect(isRunsTableSource({ connectionId: 'c', experimentId: '1', runIds: [1] })).toBe(false);
    for (const value of NOTHING) expect(isRunsTableSource(value)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import type { RunStatus } from '../../../src/entities/run.ts';
import { PALETTE, runColor } from '../../../src/views/runColor.ts';
import { runRow, runTooltip } from '../../../src/views/tree/runRow.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const HOUR = 3_600_000;

describe('the row of a run', () => {
  test('tells main metric, age and duration of a finished run', () => {
    const row = runRow(run({ metrics: [metric('rmse', 0.71304)] }), NOON + 2 * HOUR);
    expect(row).toMatchObject({ label: 'bold-wolf-312', description: 'rmse 0.713 · 2 h ago · 14 s' });
  });

  test('has the curve of its main metric before its value, which nobody reads aloud', () => {
    const row = runRow(run({ metrics: [metric('rmse', 0.71304)] }), NOON, { curve: '█▄▁' });
    expect(row.description).toBe('█▄▁ rmse 0.713 · now · 14 s');
    expect(row.accessibleLabel).toBe('bold-wolf-312, finished, rmse 0.713 · now · 14 s');
    expect(runRow(run(), NOON, { curve: '█▄▁' }).description).toBe('now · 14 s');
  });

  test('tells how long a run has been running', () => {
    const running = run({ info: { status: 'RUNNING', endTime: undefined }, metrics: [metric('rmse', 0.71304)] });
    const row = runRow(running, NOON + 12_000);
    expect(row.description).toBe('rmse 0.713 · running 12 s');
    expect(row.icon?.id).toBe('sync~spin');
  });

  test.each([
    ['FAILED', 'failed · 3 h ago', 'error'],
    ['KILLED', 'killed · 3 h ago', 'circle-slash'],
    ['SCHEDULED', 'scheduled · 3 h ago', 'watch'],
  ] as const)('says that a run is %s', (status, description, icon) => {
    const row = runRow(run({ info: { status } }), NOON + 3 * HOUR);
    expect(row).toMatchObject({ description, icon: { id: icon } });
  });

  test('counts the runs that it is the parent of, and tells which are not finished', () => {
    const child = (status: RunStatus) => run({ info: { status } });
    const children = [child('FINISHED'), child('RUNNING'), child('FAILED'), child('FAILED')];
    expect(runRow(run(), NOON, { children }).description).toBe('4 runs, 1 running, 2 failed · now · 14 s');
  });

  test('has curves to show where its children have some', () => {
    expect(runRow(run(), NOON, { children: [run(), run({ metrics: [metric('rmse', 1)] })] }).words).toContain(
      'charted',
    );
    expect(runRow(run(), NOON, { children: [run()] }).words).not.toContain('charted');
  });

  test('of a project offers to run it again', () => {
    const tags = {
      'mlflow.source.type': 'PROJECT',
      'mlflow.source.name': '/wine',
      'mlflow.project.entryPoint': 'main',
    };
    expect(runRow(run({ tags }), NOON).words).toContain('project');
    expect(runRow(run(), NOON).words).not.toContain('project');
  });

  test('is a dot in the colour of the curves of the run', () => {
    const finished = run();
    const number = Number(/^mlflow\.run(\d+)$/.exec(runRow(finished, NOON).icon?.color ?? '')?.[1]);
    expect(PALETTE[number - 1]).toBe(runColor(finished.info.runId).color);
  });

  test('has the words that menus ask for: charts only where there are metrics', () => {
    expect(runRow(run(), NOON).words).toEqual(['run', 'active', 'finished']);
    expect(runRow(run({ metrics: [metric('loss', 1)] }), NOON).words).toEqual(['run', 'active', 'finished', 'charted']);
  });

  test('shows the id of a run without a name', () => {
    expect(runRow(run({ info: { runName: '' } }), NOON).label).toBe('0123456789abcdef0123456789abcdef');
  });

  test('says nothing about times that are unknown', () => {
    expect(runRow(run({ info: { startTime: undefined, endTime: undefined } }), NOON).description).toBe('');
  });

  test('tells a screen reader the status, which sighted users see in the icon', () => {
    expect(runRow(run(), NOON + HOUR).accessibleLabel).toBe('bold-wolf-312, finished, 1 h ago · 14 s');
  });
});

describe('the tooltip of a run', () => {
  test('gives metrics with all digits, and parameters', () => {
    const text = runTooltip(run({ metrics: [metric('rmse', 0.7130412345)], params: { alpha: '0.5' } }), NOON);
    expect(text).toContain('| rmse | 0\\.7130412345 |');
    expect(text).toContain('| alpha | 0\\.5 |');
  });

  test('lists twelve and counts the rest', () => {
    const params = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`p${i}`, String(i)]));
    const text = runTooltip(run({ params }), NOON);
    expect(text).toContain('3 more');
    expect(text).not.toContain('p12');
  });

  test('shows names and notes as text, whatever Markdown they hold', () => {
    const tags = { 'mlflow.note.content': '![x](https://example.org/pixel.png)' };
    const text = runTooltip(run({ info: { runName: '[a](command:x)|b' }, tags }), NOON);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text).toContain('\\|b');
  });
});

import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/entities/run.ts';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { type EntryPointRuns, entryPointLenses, parameterSummary } from '../../src/views/entryPointLenses.ts';
import { metric, NOON, run } from './sampleRun.ts';

const TEXT = `name: elasticnet
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
      data: path
    command: "python train.py {alpha} {data}"
  evaluate:
    command: "python evaluate.py"
  broken:
    parameters: {}
`;

function lenses(runs: Readonly<Record<string, EntryPointRuns>> = {}, canDebug = false, now = NOON) {
  const facts = { runs: new Map(Object.entries(runs)), canDebug: () => canDebug, now };
  return entryPointLenses(parseProject(TEXT).project, facts);
}

/** What the line above `main` says of its last run. */
function lastResult(last: Run, now = NOON): string | undefined {
  const all = lenses({ main: { last, total: 1, isMore: false } }, false, now);
  return all.find(({ action }) => action === 'openLastRun')?.title;
}

describe('the line above an entry point', () => {
  test('offers to run it, if it has a command, at its name', () => {
    expect(lenses().map(({ action, offset }) => [action, TEXT.slice(offset).split(':')[0]])).toEqual([
      ['run', 'main'],
      ['runWith', 'main'],
      ['run', 'evaluate'],
      ['runWith', 'evaluate'],
    ]);
    expect(lenses()[0]?.tooltip).toContain('asks for what is missing');
    expect(lenses()[1]?.tooltip).toContain('(alpha, data)');
    expect(lenses()[2]?.tooltip).not.toContain(';');
  });

  test('offers to debug it where that is possible', () => {
    expect(lenses({}, true).filter(({ action }) => action === 'debug')).toHaveLength(2);
  });

  test('tells how the last run went and how many there are', () => {
    const last = run({ metrics: [metric('rmse', 0.71304)] });
    const main = lenses({ main: { last, total: 1234, isMore: false } }, true, NOON + 3_600_000)
      .filter(({ entryPoint }) => entryPoint === 'main')
      .map(({ title }) => title);
    expect(main).toEqual([
      '$(play) Run',
      '$(gear) Run with parameters…',
      '$(debug-alt) Debug',
      '$(pass) 14 s · rmse 0.713',
      '1,234 runs',
    ]);
  });

  test('says that there are more runs than were counted', () => {
    expect(lenses({ main: { last: run(), total: 1, isMore: true } }).map(({ title }) => title)).toContain('1+ runs');
  });

  test.each([
    ['RUNNING', undefined, '$(sync~spin) running 12 s · loss 2'],
    ['FINISHED', NOON + 9_000, '$(pass) 9 s · loss 2'],
    ['FINISHED', NOON + 20, '$(pass) 1 s · loss 2'],
    ['FAILED', NOON + 9_000, '$(error) failed after 9 s · loss 2'],
    ['KILLED', NOON + 9_000, '$(circle-slash) killed after 9 s · loss 2'],
    ['SCHEDULED', undefined, '$(watch) scheduled'],
  ] as const)('says that a run is %s', (status, endTime, title) => {
    expect(lastResult(run({ info: { status, endTime }, metrics: [metric('loss', 2)] }), NOON + 12_000)).toBe(title);
  });

  test('says little of a run without times and metrics', () => {
    expect(lastResult(run({ info: { startTime: undefined } }))).toBe('$(pass) finished');
    expect(lastResult(run({ info: { status: 'FAILED', startTime: undefined } }))).toBe('$(error) failed');
  });
});

test('a file that cannot be read has no lenses', () => {
  const facts = { runs: new Map(), canDebug: () => true, now: NOON };
  expect(entryPointLenses(parseProject('a: [').project, facts)).toEqual([]);
});

test('a list of entry points shows defaults and what is required', () => {
  const [main] = parseProject(TEXT).project.entryPoints;
  expect(main && parameterSummary(main)).toBe('alpha=0.5, data (required)');
});

import { describe, expect, test } from 'vitest';
import { detailsTimes, runDetails } from '../../../src/views/runDetails/runDetails.ts';
import { metric, NOON, run } from '../sampleRun.ts';

describe('the details of a run', () => {
  test('tell its own tags from those of MLflow, and show the note and the name elsewhere', () => {
    const details = runDetails(
      run({ tags: { team: 'blue', 'mlflow.user': 'ada', 'mlflow.note.content': '# Note', 'mlflow.runName': 'x' } }),
      { name: 'wine' },
      NOON,
    );
    expect(details.tags).toEqual([{ key: 'team', value: 'blue' }]);
    expect(details.systemTags).toEqual([{ key: 'mlflow.user', value: 'ada' }]);
    expect(details.note).toBe('# Note');
    expect(details.header).toMatchObject({ name: 'bold-wolf-312', experimentName: 'wine', isActive: false });
  });

  test('stand by name, and do without an experiment and a name', () => {
    const details = runDetails(
      run({ info: { runName: '', lifecycleStage: 'deleted' }, params: { b: '2', a: '1' } }),
      undefined,
      NOON,
    );
    expect(details.params.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(details.header).toMatchObject({ name: '01234567', experimentName: '1', isDeleted: true });
  });

  test('know the runs of projects, which can be run again', () => {
    const tags = { 'mlflow.source.type': 'PROJECT', 'mlflow.source.name': '/p', 'mlflow.project.entryPoint': 'main' };
    expect(runDetails(run({ tags }), undefined, NOON).header.isProjectRun).toBe(true);
    expect(runDetails(run(), undefined, NOON).header.isProjectRun).toBe(false);
  });

  test('have another mark when a latest value changes, and only then', () => {
    const mark = (value: number, step = 0) =>
      runDetails(run({ metrics: [metric('a', 1), metric('b', value, step)] }), undefined, NOON).metrics.mark;
    expect(mark(1)).toBe(mark(1));
    expect(mark(1)).not.toBe(mark(2));
    expect(mark(1)).not.toBe(mark(1, 1));
    expect(mark(Number.NaN)).toBe(mark(Number.NaN));
  });
});

describe('times', () => {
  test('of a run that goes on count up to now', () => {
    const running = run({ info: { status: 'RUNNING', endTime: undefined } });
    expect(detailsTimes(running, NOON + 125_000)).toMatchObject({
      age: '2 min ago',
      duration: '2 min 5 s',
      ended: undefined,
    });
  });

  test('of a finished run stay, and of one that has not begun are not there', () => {
    expect(detailsTimes(run(), NOON + 3_600_000).duration).toBe('14 s');
    const scheduled = run({ info: { status: 'SCHEDULED', startTime: undefined, endTime: undefined } });
    expect(detailsTimes(scheduled, NOON)).toEqual({
      age: undefined,
      started: undefined,
      ended: undefined,
      duration: undefined,
    });
  });

  test('before 1970 are dates', () => {
    expect(detailsTimes(run({ info: { startTime: -1_000, endTime: 0 } }), NOON)).toMatchObject({
      age: '1969-12-31',
      duration: '1 s',
    });
  });
});

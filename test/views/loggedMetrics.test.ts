import { describe, expect, test } from 'vitest';
import { keysOfCall, runsOfFile } from '../../src/views/loggedMetrics.ts';
import { metric, run } from './sampleRun.ts';

describe('the runs of a file', () => {
  const from = (source: string, type = 'LOCAL') =>
    run({ info: { runName: source }, tags: { 'mlflow.source.name': source, 'mlflow.source.type': type } });
  const names = (sources: readonly ReturnType<typeof from>[], path = '/project/src/train.py', isNotebook = false) =>
    runsOfFile(sources, { path, isNotebook }).map(({ info }) => info.runName);

  test.each(['train.py', 'src/train.py', './src/train.py', '/project/src/train.py', 'src\\train.py'])(
    '%s',
    (source) => {
      expect(names([from(source), from('other.py')])).toEqual([source]);
    },
  );

  test('those of a project are of the files in its folder', () => {
    expect(names([from('/project/src', 'PROJECT'), from('/elsewhere', 'PROJECT')])).toEqual(['/project/src']);
  });

  test('where no run is known to be of the file, any may be', () => {
    expect(names([from('other.py'), from('')])).toEqual(['other.py', '']);
    expect(names([from('train.py'), from('ipykernel_launcher.py')], '/project/train.ipynb', true)).toHaveLength(2);
  });
});

describe('the metrics of a call', () => {
  const runs = [
    run({ metrics: [metric('loss', 1), metric('val_a', 1), metric('system/cpu', 1)] }),
    run({ metrics: [metric('val_b', 2)] }),
  ];

  test('are those that runs have', () => {
    expect(keysOfCall([{ key: 'loss' }, { key: 'gone' }], runs)).toEqual(['loss']);
    expect(keysOfCall([{ pattern: /^val_.+$/ }, { key: 'val_b' }], runs)).toEqual(['val_a', 'val_b']);
    expect(keysOfCall('all', runs)).toEqual(['loss', 'val_a', 'val_b']);
  });
});

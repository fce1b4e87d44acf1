import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../src/views/compareRuns/compareRuns.ts';
import { run } from '../sampleRun.ts';

const COMMIT = 'mlflow.source.git.commit';
const made = (runId: string, tags: Record<string, string>) => run({ info: { runId }, tags });

describe('the code of runs', () => {
  const runs = [
    made('a', { [COMMIT]: 'a1b2c3d4e5', 'mlflow.source.name': 'train.py' }),
    made('b', { [COMMIT]: 'a1b2c3d4e5', 'mlflow.source.name': 'train.py', 'mlflow.git.dirty': 'True' }),
    made('c', { [COMMIT]: '9f8e7d6c5b', 'mlflow.source.name': 'train.py' }),
    made('d', {}),
  ];
  const facts = new Map([['c', { artifacts: new Map(), changedFiles: ['model.py', 'train.py'] }]]);
  const section = compareRuns(runs, 'a', facts).sections.find(({ title }) => title === 'Code');

  test('is told by its commits, and whether there were changes in none', () => {
    expect(section?.summary?.map(({ text }) => text)).toEqual(['a1b2c3d', 'a1b2c3d + changes', '9f8e7d6', undefined]);
    expect(section?.diff).toEqual({ kind: 'code' });
    expect(section?.rows.find(({ key }) => key === 'Source')?.differs).toBe(true);
  });

  test('lists the files that have changed since the baseline', () => {
    const files = section?.rows.find(({ key }) => key === 'Changed files');
    expect(files?.cells[2]).toEqual({ text: '2 files', full: 'model.py\ntrain.py' });
    expect(files?.cells[0]).toEqual({ text: undefined });
  });

  test('of one commit has no diff, and none is told where nothing is known', () => {
    const same = compareRuns(runs.slice(0, 2)).sections.find(({ title }) => title === 'Code');
    expect(same?.diff).toBeUndefined();
    expect(compareRuns([run(), made('e', {})]).sections.map(({ title }) => title)).not.toContain('Code');
  });
});

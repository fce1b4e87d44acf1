import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userName } from '../../src/runner/runTags.ts';
import { type RunStart, startRun } from '../../src/runner/startRun.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

let folder: TemporaryFolder;
let store: FileTrackingStore;

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openFileTrackingStore({ root: folder.join('store') });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await store.close();
  folder[Symbol.dispose]();
});

const START: RunStart = {
  experiment: {},
  runName: 'mine',
  runId: undefined,
  sourceTags: new Map([['mlflow.source.type', 'PROJECT']]),
  environmentTags: new Map([['mlflow.project.env', 'conda']]),
  params: new Map([['a', '1']]),
};

describe('a run', () => {
  test('is made with its tags and params, in the name of the user', async () => {
    vi.stubEnv('LOGNAME', 'ada');
    const { info } = await startRun(store, START);
    const run = await store.getRun(info.runId);
    expect(run.info).toMatchObject({ runName: 'mine', status: 'RUNNING', userId: 'ada', experimentId: '0' });
    expect(Object.fromEntries(run.data.tags)).toMatchObject({
      'mlflow.source.type': 'PROJECT',
      'mlflow.project.env': 'conda',
    });
    expect(run.data.params).toEqual(new Map([['a', '1']]));
  });

  test('that is there is continued: its params stay, and no experiment is made for it', async () => {
    const { info } = await startRun(store, START);
    const environmentTags = new Map([['mlflow.project.env', 'uv']]);
    const again = { ...START, runId: info.runId, runName: 'renamed', environmentTags, experiment: { name: 'new' } };
    await startRun(store, { ...again, params: new Map([['a', '2']]) });
    const run = await store.getRun(info.runId);
    expect(run.info.runName).toBe('renamed');
    expect(run.data.params.get('a')).toBe('1');
    expect(run.data.tags.get('mlflow.project.env')).toBe('uv');
    expect(await store.getExperimentByName('new')).toBeUndefined();
  });

  test('whose params are refused has failed', async () => {
    await expect(startRun(store, { ...START, params: new Map([['a;b', '1']]) })).rejects.toThrow('a;b');
    const { items } = await store.searchRuns({ experimentIds: ['0'] });
    expect(items.map(({ info }) => info.status)).toEqual(['FAILED']);
  });
});

test.each([
  [{ LOGNAME: 'a', USER: 'b' }, 'a'],
  [{ LOGNAME: '', USER: 'b' }, 'b'],
  [{ LOGNAME: undefined, USER: undefined, LNAME: undefined, USERNAME: 'd' }, 'd'],
])('the user of %j is %s, as for Python', (variables, expected) => {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  expect(userName()).toBe(expected);
});

import { expect, test } from 'vitest';
import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { childFilter, parentRunId, runLink } from '../../../src/views/runDetails/family.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { metric, run } from '../sampleRun.ts';

test('children are found by the id of their parent', async () => {
  using folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: folder.path });
  const experimentId = await store.createExperiment({ name: 'wine' });
  const create = (runName: string, parent: string) =>
    store.createRun({ experimentId, runName, tags: new Map([['mlflow.parentRunId', parent]]) });
  await create('child', 'abc');
  await create('other', 'abd');
  const found = await store.searchRuns({ experimentIds: [experimentId], filter: childFilter('abc') });
  expect(found.items.map(({ info }) => info.runName)).toEqual(['child']);
  await store.close();
});

test('a link tells the main metric of its run', () => {
  expect(runLink(run({ metrics: [metric('rmse', 0.71349)] }))).toMatchObject({
    name: 'bold-wolf-312',
    metric: 'rmse 0.7135',
  });
  expect(runLink(run({ info: { runName: '' } }))).toMatchObject({ name: '01234567', metric: undefined });
});

test('an empty tag is no parent', () => {
  expect(parentRunId(run({ tags: { 'mlflow.parentRunId': '' } }))).toBeUndefined();
  expect(parentRunId(run({ tags: { 'mlflow.parentRunId': 'x' } }))).toBe('x');
});

import fs from 'node:fs';
import { expect, test } from 'vitest';
import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { describeTrackingStore } from '../../conformance/trackingStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describeTrackingStore('the file store', async () => {
  const folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: folder.join('mlruns') });
  return {
    store,
    async close() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
});

test('a new run has all that MLflow looks for, also where its artifacts lie elsewhere', async () => {
  using folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: folder.join('mlruns') });
  const experimentId = await store.createExperiment({ name: 'far', artifactLocation: 'mlflow-artifacts:/far' });
  const { info } = await store.createRun({ experimentId, tags: new Map([['team', 'red']]) });
  const names = fs.readdirSync(folder.join('mlruns', experimentId, info.runId));
  expect(names.sort()).toEqual(['artifacts', 'meta.yaml', 'metrics', 'params', 'tags']);
  await store.close();
});

test('a run that another program has just moved away does not come back with a new metric', async () => {
  using folder = temporaryFolder();
  const store = await openFileTrackingStore({ root: folder.join('mlruns') });
  const { runId } = (await store.createRun({ experimentId: '0' })).info;
  const log = (key: string) => store.logBatch(runId, { metrics: [{ key, value: 0.5, timestamp: 1, step: 0 }] });
  await log('loss');
  fs.renameSync(folder.join('mlruns', '0', runId), folder.join('moved'));
  await expect(log('accuracy')).rejects.toThrow(`Run '${runId}' not found`);
  expect(fs.existsSync(folder.join('mlruns', '0', runId))).toBe(false);
  await store.close();
});

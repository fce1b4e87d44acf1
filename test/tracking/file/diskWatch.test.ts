import { expect, test } from 'vitest';
import type { Change } from '../../../src/entities/change.ts';
import { openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

/** Two stores on one folder, as two processes have them; the first one listens. */
async function watched() {
  const folder = temporaryFolder();
  const [own, other] = await Promise.all([
    openFileTrackingStore({ root: folder.path }),
    openFileTrackingStore({ root: folder.path }),
  ]);
  const heard: Change[] = [];
  own.onDidChange((changes) => heard.push(...changes));
  return {
    folder,
    own,
    other,
    heard,
    async [Symbol.asyncDispose]() {
      await Promise.all([own.close(), other.close()]);
      folder[Symbol.dispose]();
    },
  };
}

test('runs of another process, their points and their end are heard of within moments', async () => {
  await using stores = await watched();
  const { other, heard } = stores;
  const { info } = await other.createRun({ experimentId: '0' });
  const isTold = () => heard.some((change) => change.kind === 'run' && change.runId === info.runId);
  await until(isTold, 'the new run', 4_000);

  heard.length = 0;
  await other.logBatch(info.runId, { metrics: [{ key: 'rmse', value: 1, timestamp: 1, step: 0 }] });
  await until(isTold, 'its first point', 4_000);

  heard.length = 0;
  await other.updateRun(info.runId, { status: 'FINISHED', endTime: 2 });
  await until(isTold, 'its end', 4_000);
});

test('a new experiment of another process is heard of', async () => {
  await using stores = await watched();
  const experimentId = await stores.other.createExperiment({ name: 'wine' });
  await until(() => stores.heard.some((c) => c.kind === 'experiment' && c.experimentId === experimentId), 'it', 4_000);
});

test('own changes come at once and in one batch', async () => {
  await using stores = await watched();
  await until(() => stores.heard.length > 0, 'word of how changes are found', 500);
  const batches: (readonly Change[])[] = [];
  stores.own.onDidChange((changes) => batches.push(changes));
  const { info } = await stores.own.createRun({ experimentId: '0' });
  for (let step = 0; step < 20; step++) {
    await stores.own.logBatch(info.runId, { metrics: [{ key: 'a', value: step, timestamp: step, step }] });
  }
  await until(() => batches.length > 0, 'the batch', 500);
  expect(batches[0]).toEqual([{ kind: 'run', experimentId: '0', runId: info.runId }]);
});

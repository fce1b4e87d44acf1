import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { copyRun } from '../../src/transfer/copyRun.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { WINE_DATASET } from '../support/wineDataset.ts';
import { type RealServer, startRealServer } from './differential/realServer.ts';
import { hasPython, MLFLOW_VERSIONS } from './environments.ts';

/** Runs are copied from our server to MLflow's own, and back. */
describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('a server of MLflow %s', (version) => {
  let folder: TemporaryFolder;
  let real: RealServer;
  let theirs: MlflowClient;
  let server: FileServer;
  let ours: MlflowClient;

  beforeAll(async () => {
    folder = temporaryFolder();
    real = await startRealServer(version, folder.path);
    theirs = connect(real.url);
    server = await openFileServer();
    ours = connect('http://localhost', { fetch: server.fetch });
  }, 180_000);
  afterAll(async () => {
    theirs?.dispose();
    await real?.stop();
    await server?.[Symbol.asyncDispose]();
    folder?.[Symbol.dispose]();
  });

  async function* bytes(text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }

  async function makeRun({ tracking, artifacts }: MlflowClient): Promise<string> {
    const { info } = await tracking.createRun({ experimentId: '0', runName: 'größe 1', userId: 'ada', startTime: 5 });
    const metrics = Array.from({ length: 1_000 }, (_, step) => ({
      key: 'a/loss',
      value: 1 / (step + 1),
      step,
      timestamp: 7 + step,
    }));
    await tracking.logBatch(info.runId, { params: [{ key: 'lr', value: '0.1' }] });
    await tracking.logBatch(info.runId, { metrics });
    await tracking.logBatch(info.runId, {
      metrics: metrics.map((it) => ({ ...it, step: Number(it.step) + 1_000, timestamp: 2_000 + Number(it.step) })),
    });
    await tracking.logInputs(info.runId, [WINE_DATASET], []);
    await artifacts.open(info.artifactUri).write('plots/größe.txt', bytes('plot'));
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 9 });
    return info.runId;
  }

  async function describeRun({ tracking, artifacts }: MlflowClient, runId: string) {
    const { info, data, datasetInputs } = await tracking.getRun(runId);
    const history = (await tracking.getMetricHistory(runId, 'a/loss')).items;
    const file = await artifacts.open(`runs:/${runId}`).read('plots/größe.txt');
    const pieces: Uint8Array[] = [];
    for await (const piece of file.stream) pieces.push(piece);
    return {
      info: [info.runName, info.userId, info.status, info.startTime, info.endTime],
      params: [...data.params],
      points: history
        .map(({ step, timestamp, value }) => [Number(step), Number(timestamp), value])
        .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
      datasets: datasetInputs.map(({ dataset }) => [dataset.name, dataset.digest]),
      file: Buffer.concat(pieces).toString(),
    };
  }

  test('takes copies of our runs', async () => {
    const runId = await makeRun(ours);
    const copied = await copyRun(ours, runId, theirs, '0');
    expect(copied.missing).toEqual([]);
    expect(await describeRun(theirs, copied.runId)).toEqual(await describeRun(ours, runId));
  });

  test('gives copies of its runs', async () => {
    const runId = await makeRun(theirs);
    const copied = await copyRun(theirs, runId, ours, '0');
    expect(copied.missing).toEqual([]);
    expect(await describeRun(ours, copied.runId)).toEqual(await describeRun(theirs, runId));
  });

  test('cannot be asked to look after its disk', async () => {
    const runId = await makeRun(theirs);
    await theirs.tracking.deleteRun(runId);
    await expect(theirs.tracking.measureRuns([runId])).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED' });
    await expect(theirs.tracking.purgeRun(runId)).rejects.toMatchObject({ code: 'NOT_IMPLEMENTED' });
    expect((await theirs.tracking.getRun(runId)).info.lifecycleStage).toBe('deleted');
  });

  test('takes small files where it keeps them in folders', async () => {
    const experimentId = await theirs.tracking.createExperiment({
      name: 'local',
      artifactLocation: folder.join('local'),
    });
    const runId = await makeRun(ours);
    const copied = await copyRun(ours, runId, theirs, experimentId);
    expect(copied.missing).toEqual([]);
    expect(folder.read(`local/${copied.runId}/artifacts/plots/größe.txt`)).toBe('plot');
  });
});

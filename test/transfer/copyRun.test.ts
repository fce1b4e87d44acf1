import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ArtifactRepository } from '../../src/artifacts/repository.ts';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import { invalidParameter } from '../../src/entities/error.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { copyRun } from '../../src/transfer/copyRun.ts';
import type { TransferProgress } from '../../src/transfer/place.ts';
import { withNestedRuns } from '../../src/transfer/runTree.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { WINE_DATASET } from '../support/wineDataset.ts';

const local = temporaryFolder();

interface Place {
  readonly server: FileServer;
  readonly client: MlflowClient;
}

/** Where artifacts go through the server, and where they lie in folders of its machine. */
const ROOTS = [
  ['mlflow-artifacts:/', local.join('roots', 'a')],
  [local.join('roots', 'b'), 'mlflow-artifacts:/'],
] as const;

async function open(artifactRoot: string, url: string): Promise<Place> {
  const server = await openFileServer({ artifactRoot });
  return { server, client: connect(url, { fetch: server.fetch }) };
}

async function* bytes(text: string, times = 1): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < times; at++) yield Buffer.from(text);
}

async function read(repository: ArtifactRepository, file: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await repository.read(file)).stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe.each(ROOTS)('from artifacts at %s to %s', (sourceRoot, targetRoot) => {
  let source: Place;
  let target: Place;
  let experimentId: string;
  let runId: string;

  beforeEach(async () => {
    source = await open(sourceRoot, 'http://source.example');
    target = await open(targetRoot, 'http://target.example');
    experimentId = await target.client.tracking.createExperiment({ name: 'copies' });
    const tags = new Map([
      ['team', 'red'],
      ['mlflow.note.content', '# A note'],
    ]);
    const { tracking, artifacts } = source.client;
    const { info } = await tracking.createRun({
      experimentId: '0',
      userId: 'ada',
      runName: 'größe <b>',
      startTime: 7,
      tags,
    });
    runId = info.runId;
    const params = Array.from({ length: 250 }, (_, at) => ({ key: `p${at}`, value: 'x'.repeat(at) }));
    for (let at = 0; at < 250; at += 100) await tracking.logBatch(runId, { params: params.slice(at, at + 100) });
    for (let at = 0; at < 3; at++) {
      const metrics = Array.from({ length: 900 }, (_, step) => ({
        key: 'loss',
        value: 1 / (step + 1),
        step: at * 900 + step,
        timestamp: step,
      }));
      await tracking.logBatch(runId, { metrics });
    }
    const odd = [Number.NaN, Infinity, -Infinity].map((value, step) => ({
      key: 'val/odd',
      value,
      step: -step,
      timestamp: 5,
    }));
    await tracking.logBatch(runId, { metrics: odd });
    await tracking.logInputs(runId, [WINE_DATASET], []);
    await artifacts.open(info.artifactUri).write('plots/größe 1.txt', bytes('plot'));
    await artifacts.open(info.artifactUri).write('large.bin', bytes('x'.repeat(100_000), 30));
    await artifacts.open(info.artifactUri).write('empty', bytes('', 0));
    const old = { artifact_path: 'old', run_id: runId, flavors: { sklearn: {} }, utc_time_created: 'now' };
    await tracking.recordModel(runId, JSON.stringify(old));
    const model = await tracking.createLoggedModel({
      experimentId: '0',
      name: 'model',
      sourceRunId: runId,
      params: new Map([['a', '1']]),
    });
    await artifacts.open(model.artifactUri).write('MLmodel', bytes('flavors: {}'));
    await tracking.finalizeLoggedModel(model.modelId, 'LOGGED_MODEL_READY');
    await tracking.logOutputs(runId, [{ modelId: model.modelId, step: 3 }]);
    await tracking.updateRun(runId, { status: 'FAILED', endTime: 99 });
  });
  afterEach(async () => {
    expect([...source.server.defects, ...target.server.defects]).toEqual([]);
    await source.server[Symbol.asyncDispose]();
    await target.server[Symbol.asyncDispose]();
  });

  test('a copy has all that the run has, and says where it comes from', async () => {
    const [before, told] = [await source.client.tracking.getRun(runId), [] as TransferProgress[]];
    const from = { ...source.client, url: 'http://ada:secret@source.example/' };
    const copied = await copyRun(from, runId, target.client, experimentId, {
      onProgress: (it) => told.push(it),
    });
    expect(copied.missing).toEqual([]);
    const { tracking, artifacts } = target.client;
    const copy = await tracking.getRun(copied.runId);
    const { runName, userId, startTime, endTime, status } = before.info;
    expect(copy.info).toMatchObject({ runName, userId, startTime, endTime, status, experimentId });
    expect(copy.data.params).toEqual(before.data.params);
    expect(copy.data.metrics).toEqual(before.data.metrics);
    expect(copy.datasetInputs).toEqual(before.datasetInputs);
    for (const key of before.data.metrics.keys()) {
      const [of, as] = [
        await source.client.tracking.getMetricHistory(runId, key),
        await tracking.getMetricHistory(copied.runId, key),
      ];
      expect(as.items).toEqual(of.items);
    }
    expect(copy.data.tags.get('team')).toBe('red');
    expect(copy.data.tags.get('mlflow_workbench.copiedFrom.runId')).toBe(runId);
    expect(copy.data.tags.get('mlflow_workbench.copiedFrom.server')).toBe('http://source.example');
    expect(JSON.parse(copy.data.tags.get('mlflow.log-model.history') ?? '')).toMatchObject([
      { artifact_path: 'old', run_id: copied.runId },
    ]);
    const files = artifacts.open(copy.info.artifactUri);
    expect((await files.list('')).map((file) => [file.path, file.fileSize])).toEqual([
      ['empty', 0],
      ['large.bin', 3_000_000],
      ['plots', undefined],
    ]);
    expect(await read(files, 'plots/größe 1.txt')).toBe('plot');
    const [output] = copy.modelOutputs;
    expect(output?.step).toBe(3);
    const model = await tracking.getLoggedModel(output?.modelId ?? '');
    expect(model).toMatchObject({
      name: 'model',
      sourceRunId: copied.runId,
      status: 'LOGGED_MODEL_READY',
      params: new Map([['a', '1']]),
    });
    expect(await read(artifacts.open(model.artifactUri), 'MLmodel')).toBe('flavors: {}');
    expect(told.at(-1)).toEqual({ points: 2_703, bytes: 3_000_000 + 4 + 11 });
  });

  test('a copy that is stopped is not there', async () => {
    const stop = new AbortController();
    const onProgress = ({ bytes: done }: TransferProgress) => done > 0 && stop.abort();
    const copying = copyRun(source.client, runId, target.client, experimentId, { signal: stop.signal, onProgress });
    await expect(copying).rejects.toMatchObject({ name: 'AbortError' });
    // In process there is no connection whose end would tell the server why the file ends.
    for (const defect of target.server.defects.splice(0)) expect(defect).toMatchObject({ name: 'AbortError' });
    expect((await target.client.tracking.searchRuns({ experimentIds: [experimentId] })).items).toEqual([]);
  });

  test('a copy that fails is not there', async () => {
    const failing = {
      ...target.client,
      tracking: { ...target.client.tracking, logInputs: () => Promise.reject(new TypeError('fetch failed')) },
    };
    await expect(copyRun(source.client, runId, failing, experimentId)).rejects.toThrow('fetch failed');
    expect((await target.client.tracking.searchRuns({ experimentIds: [experimentId] })).items).toEqual([]);
  });

  test('files that are not there do not keep the rest from being copied', async () => {
    const { info } = await source.client.tracking.getRun(runId);
    const [model] = (await source.client.tracking.getRun(runId)).modelOutputs;
    await source.client.tracking.deleteLoggedModel(model?.modelId ?? '');
    const { folder, store } = source.server;
    for (const place of [
      info.artifactUri,
      path.join(folder, 'artifacts', '0', runId),
      path.join(store, '0', runId, 'artifacts'),
    ]) {
      fs.rmSync(place, { recursive: true, force: true });
    }
    const { missing, runId: copyId } = await copyRun(source.client, runId, target.client, experimentId);
    expect(missing).toEqual([expect.stringMatching(/^m-\w+: .*not found/)]);
    expect((await target.client.tracking.getRun(copyId)).data.params.size).toBe(250);
  });

  test('points from before 1970 are copied, without their times', async () => {
    const metrics = path.join(source.server.store, '0', runId, 'metrics');
    fs.writeFileSync(path.join(metrics, 'early'), '-5 0.5 0\n7 0.25 -1\n');
    const copied = await copyRun(source.client, runId, target.client, experimentId);
    expect(copied.missing).toEqual(['early: the times of 1 points, which are before 1970']);
    const { items } = await target.client.tracking.getMetricHistory(copied.runId, 'early');
    expect(items.map(({ timestamp, value, step }) => [timestamp, value, step])).toEqual([
      [0, 0.5, 0],
      [7, 0.25, -1],
    ]);
  });

  test('what the other server does not take is left out, and named', async () => {
    const { tracking } = target.client;
    const strict: TrackingStore = {
      ...tracking,
      async logBatch(id, batch) {
        const keys = [...(batch.params ?? []), ...(batch.metrics ?? [])].map(({ key }) => key);
        const bad = keys.find((key) => key === 'p7' || key === 'val/odd');
        if (bad) throw invalidParameter(`no ${bad} here`);
        await tracking.logBatch(id, batch);
      },
    };
    const copied = await copyRun(source.client, runId, { ...target.client, tracking: strict }, experimentId);
    expect(copied.missing).toEqual(['p7: no p7 here', 'val/odd: no val/odd here']);
    const { data } = await tracking.getRun(copied.runId);
    expect([data.params.size, [...data.metrics.keys()]]).toEqual([249, ['loss']]);
  });

  test('a run that goes on is copied as one that was killed', async () => {
    const { info } = await source.client.tracking.createRun({ experimentId: '0' });
    const { runId: copyId } = await copyRun(source.client, info.runId, target.client, experimentId);
    expect((await target.client.tracking.getRun(copyId)).info).toMatchObject({ status: 'KILLED' });
  });

  test('runs are copied with those that are nested in them', async () => {
    const { tracking } = source.client;
    const nested = async (parent: string) =>
      (await tracking.createRun({ experimentId: '0', tags: new Map([['mlflow.parentRunId', parent]]) })).info.runId;
    const child = await nested(runId);
    const grandchild = await nested(child);
    const all = await withNestedRuns(tracking, [await tracking.getRun(child), await tracking.getRun(runId)]);
    expect(all.map(({ info }) => info.runId)).toEqual([runId, child, grandchild]);
    const copies = new Map<string, string>();
    for (const { info } of all) {
      copies.set(info.runId, (await copyRun(source.client, info.runId, target.client, experimentId, { copies })).runId);
    }
    const copyOf = async (id: string) => (await target.client.tracking.getRun(copies.get(id) ?? '')).data.tags;
    expect((await copyOf(grandchild)).get('mlflow.parentRunId')).toBe(copies.get(child));
    expect((await copyOf(runId)).has('mlflow.parentRunId')).toBe(false);
  });

  test('a run is copied within its server', async () => {
    const { runId: copyId } = await copyRun(source.client, runId, source.client, '0');
    expect((await source.client.tracking.getMetricHistory(copyId, 'loss')).items.length).toBe(2_700);
  });
});

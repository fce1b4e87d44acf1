import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../src/entities/change.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

let folder: TemporaryFolder;
let store: FileTrackingStore;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await open();
});
afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

const root = () => folder.join('store');
const destination = () => folder.join('artifacts');

function open(isReadOnly = false): Promise<FileTrackingStore> {
  const places = { artifactRoot: 'mlflow-artifacts:/', artifactsDestination: destination() };
  return openFileTrackingStore({ root: root(), ...places, isReadOnly });
}

function write(file: string, size = 10): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, 'x'.repeat(size));
  return file;
}

async function deletedRun(experimentId = '0'): Promise<string> {
  const { info } = await store.createRun({ experimentId });
  await store.deleteRun(info.runId);
  return info.runId;
}

const artifact = (runId: string, experimentId = '0', size = 10) =>
  write(path.join(destination(), experimentId, runId, 'artifacts', 'model', 'weights.bin'), size);

describe('artifacts', () => {
  test('those behind mlflow-artifacts: are measured and go with their run', async () => {
    const [gone, stays] = [await deletedRun(), await deletedRun()];
    const [weights, others] = [artifact(gone, '0', 100_000), artifact(stays)];
    const [large, small] = await store.measureRuns([gone, stays]);
    expect((large?.bytes ?? 0) - (small?.bytes ?? 0)).toBeGreaterThan(80_000);
    expect(await store.purgeRun(gone)).toEqual({ leftBehind: [] });
    expect(fs.existsSync(path.dirname(path.dirname(path.dirname(weights))))).toBe(false);
    expect(fs.existsSync(others)).toBe(true);
    expect(fs.readdirSync(root()).sort()).toEqual(['0']);
  });

  test('all of an experiment go with it', async () => {
    const experimentId = await store.createExperiment({ name: 'e' });
    const runId = await deletedRun(experimentId);
    const { artifactUri, modelId } = await store.createLoggedModel({ experimentId, name: 'm' });
    expect(artifactUri).toBe(`mlflow-artifacts:/${experimentId}/models/${modelId}/artifacts`);
    artifact(runId, experimentId, 100_000);
    write(path.join(destination(), experimentId, 'models', modelId, 'artifacts', 'MLmodel'), 50_000);
    await store.deleteExperiment(experimentId);
    expect((await store.measureExperiment(experimentId)).bytes).toBeGreaterThan(150_000);
    expect(await store.purgeExperiment(experimentId)).toEqual({ leftBehind: [] });
    expect(fs.readdirSync(destination())).toEqual([]);
  });

  test('those that lie elsewhere stay, and are named', async () => {
    const elsewhere = folder.join('elsewhere');
    const far = await store.createExperiment({ name: 'far', artifactLocation: elsewhere });
    const cloud = await store.createExperiment({ name: 'cloud', artifactLocation: 's3://bucket/e' });
    const [near, none, distant] = [await deletedRun(far), await deletedRun(far), await deletedRun(cloud)];
    const file = write(path.join(elsewhere, near, 'artifacts', 'a.txt'));
    expect(await store.purgeRun(near)).toEqual({ leftBehind: [`${elsewhere}/${near}/artifacts`] });
    expect(await store.purgeRun(none)).toEqual({ leftBehind: [] });
    expect(await store.purgeRun(distant)).toEqual({ leftBehind: [`s3://bucket/e/${distant}/artifacts`] });
    expect(fs.existsSync(file)).toBe(true);
    await store.deleteExperiment(far);
    expect(await store.purgeExperiment(far)).toEqual({ leftBehind: [elsewhere] });
  });

  test('an experiment names one place, not one for each of its runs', async () => {
    const cloud = await store.createExperiment({ name: 'cloud', artifactLocation: 's3://bucket/e' });
    for (let at = 0; at < 3; at++) await store.createRun({ experimentId: cloud });
    await store.deleteExperiment(cloud);
    expect(await store.purgeExperiment(cloud)).toEqual({ leftBehind: ['s3://bucket/e'] });
  });

  test.each([
    ['another run’s', (other: string) => `mlflow-artifacts:/0/${other}/artifacts`],
    ['all', () => 'mlflow-artifacts:/'],
    ['all of the experiment', () => 'mlflow-artifacts:/0'],
    ['those above', () => 'mlflow-artifacts:/../store'],
    ['the store', () => root()],
    ['another run’s folder', (other: string) => path.join(root(), '0', other)],
  ])('a run whose meta file claims %s takes them not with it', async (_, uri) => {
    const [runId, other] = [await deletedRun(), await deletedRun()];
    const file = artifact(other);
    const meta = path.join(root(), '0', runId, 'meta.yaml');
    const text = fs.readFileSync(meta, 'utf8').replace(/artifact_uri: .*/, `artifact_uri: ${uri(other)}`);
    fs.writeFileSync(meta, text);
    const { leftBehind } = await store.purgeRun(runId);
    expect(leftBehind).toEqual([uri(other)]);
    expect(fs.existsSync(file)).toBe(true);
    expect((await store.getRun(other)).info.runId).toBe(other);
  });
});

describe.skipIf(process.platform === 'win32')('links', () => {
  test('a link in a run is removed, not what it leads to', async () => {
    const runId = await deletedRun();
    const secret = write(folder.join('secret', 'file.txt'), 500_000);
    fs.symlinkSync(path.dirname(secret), path.join(root(), '0', runId, 'artifacts', 'link'));
    const [usage] = await store.measureRuns([runId]);
    expect(usage?.bytes).toBeLessThan(400_000);
    expect(await store.purgeRun(runId)).toEqual({ leftBehind: [] });
    expect(fs.existsSync(secret)).toBe(true);
  });

  test('artifacts behind a link are not the store’s own', async () => {
    const runId = await deletedRun();
    const real = folder.join('real');
    write(path.join(real, runId, 'artifacts', 'a.txt'));
    fs.mkdirSync(destination(), { recursive: true });
    fs.symlinkSync(real, path.join(destination(), '0'));
    expect(await store.purgeRun(runId)).toEqual({ leftBehind: [`mlflow-artifacts:/0/${runId}/artifacts`] });
    expect(fs.existsSync(path.join(real, runId, 'artifacts', 'a.txt'))).toBe(true);
  });

  test('a run that is a link itself leaves its folder where it is, and names it', async () => {
    const runId = await deletedRun();
    const [place, real] = [path.join(root(), '0', runId), folder.join('real', runId)];
    fs.mkdirSync(path.dirname(real));
    fs.renameSync(place, real);
    fs.symlinkSync(real, place);
    expect(await store.purgeRun(runId)).toEqual({ leftBehind: [real] });
    expect(fs.existsSync(path.join(real, 'meta.yaml'))).toBe(true);
    expect((await store.searchRuns({ experimentIds: ['0'], viewType: 'ALL' })).items).toEqual([]);
  });

  test('a link where removed folders wait is not followed', async () => {
    const precious = write(folder.join('precious', 'run-1', 'a', 'file.txt'));
    await store.close();
    fs.symlinkSync(folder.join('precious'), path.join(root(), '.purged.trash'));
    store = await open();
    await store.purgeRun(await deletedRun()).catch(() => undefined);
    expect(fs.existsSync(precious)).toBe(true);
  });
});

test('who listens is told', async () => {
  const experimentId = await store.createExperiment({ name: 'e' });
  const runId = await deletedRun();
  await store.deleteExperiment(experimentId);
  const changes: Change[] = [];
  const subscription = store.onDidChange((more) => changes.push(...more));
  await store.purgeRun(runId);
  await store.purgeExperiment(experimentId);
  // How changes of others are found is told, too.
  await until(() => changes.filter(({ kind }) => kind !== 'watching').length >= 2, 'two changes');
  subscription.dispose();
  expect(changes).toContainEqual({ kind: 'run', experimentId: '0', runId });
  expect(changes).toContainEqual({ kind: 'experiment', experimentId });
});

describe('what a killed process has left', () => {
  /** As it is right after the rename. */
  async function leaveGraves(): Promise<string[]> {
    const [runId, experimentId] = [await deletedRun(), await store.createExperiment({ name: 'e' })];
    const inner = await deletedRun(experimentId);
    const files = [artifact(runId), artifact(inner, experimentId)];
    await store.deleteExperiment(experimentId);
    await store.close();
    const graves = path.join(root(), '.purged.trash');
    for (const plot of ['run-1', 'experiment-1', 'run-empty']) {
      fs.mkdirSync(path.join(graves, plot), { recursive: true });
    }
    fs.renameSync(path.join(root(), '0', runId), path.join(graves, 'run-1', runId));
    fs.renameSync(path.join(root(), '.trash', experimentId), path.join(graves, 'experiment-1', experimentId));
    return files;
  }

  test('is removed at the next start, with its artifacts', async () => {
    const files = await leaveGraves();
    store = await open();
    expect((await store.searchExperiments({ viewType: 'ALL' })).items.map(({ name }) => name)).toEqual(['Default']);
    await until(() => !fs.existsSync(path.join(root(), '.purged.trash')), 'the end of the purge');
    expect(files.filter((file) => fs.existsSync(file))).toEqual([]);
  });

  test('stays where a store is only read, and is not shown', async () => {
    const files = await leaveGraves();
    store = await open(true);
    expect((await store.searchRuns({ experimentIds: ['0'], viewType: 'ALL' })).items).toEqual([]);
    expect((await store.problems()).length).toBe(0);
    expect(files.filter((file) => !fs.existsSync(file))).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { writePlainExperiment, writePlainRuns } from '../support/plainRuns.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';
import { hasPython, MLFLOW_VERSIONS, runProgram } from './environments.ts';

/** What `programs/write_slowly.py` did. */
interface Step {
  readonly what: string;
  readonly experiment: string;
  readonly run: string | null;
  /** ms since the epoch. */
  readonly at: number;
}

/** s between two steps, and ms after which each has to be heard of: the promise is one second, the rest is for busy machines. */
const [PAUSE, LIMIT] = [1.5, 1_500];
/** ms before its end at which a step may be heard of: it takes some time itself. */
const EARLY = 500;

let folder: TemporaryFolder;
let store: FileTrackingStore;

beforeEach(() => {
  folder = temporaryFolder();
  writePlainExperiment(folder.join('store'), '0', 'Default');
  writePlainRuns(folder.join('store'), '1', 'old', 100);
});
afterEach(async () => {
  await store.close();
  folder[Symbol.dispose]();
});

describe.runIf(hasPython())('what Python writes into the store of a running server', () => {
  test.each(
    MLFLOW_VERSIONS.flatMap((version) => (['events', 'polling'] as const).map((mode) => [version, mode] as const)),
  )('is seen within a second: MLflow %s, by %s', async (version, mode) => {
    store = await openFileTrackingStore({
      root: folder.join('store'),
      silence: mode === 'polling' ? 'this is a test' : undefined,
    });
    const heard: { readonly kind: string; readonly id: string; readonly at: number }[] = [];
    store.onDidChange((changes) => {
      for (const change of changes) {
        if (change.kind === 'experiment') heard.push({ kind: 'experiment', id: change.experimentId, at: Date.now() });
        if (change.kind === 'run') heard.push({ kind: 'run', id: change.runId, at: Date.now() });
      }
    });
    await store.searchRuns({ experimentIds: ['1'] });
    const steps = (await runProgram(version, 'write_slowly.py', [folder.join('store'), String(PAUSE)], {
      environment: { MLFLOW_ALLOW_FILE_STORE: 'true' },
    })) as Step[];
    const missed = steps.filter(
      ({ run, experiment, at }) =>
        !heard.some(
          (it) =>
            it.kind === (run === null ? 'experiment' : 'run') &&
            it.id === (run ?? experiment) &&
            it.at >= at - EARLY &&
            it.at <= at + LIMIT,
        ),
    );
    expect(steps).toHaveLength(15);
    expect(missed.map(({ what }) => what)).toEqual([]);
  });
});

import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileRegistryStore, openFileRegistryStore } from '../../src/registry/file/fileRegistryStore.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { hasPython, MLFLOW_VERSIONS, type MlflowVersion, mlflowPython, runProgram } from './environments.ts';
import { byJson, readState } from './readState.ts';
import { writeEverything, writeNewerTrace } from './writeEverything.ts';

const environment = { MLFLOW_ALLOW_FILE_STORE: 'true' };
const majorOf = (version: MlflowVersion) => Number(version.split('.')[0]);

interface Opened {
  readonly tracking: FileTrackingStore;
  readonly registry: FileRegistryStore;
}

async function open(root: string): Promise<Opened> {
  const tracking = await openFileTrackingStore({ root });
  return { tracking, registry: await openFileRegistryStore({ root, lookup: tracking }) };
}

interface State {
  readonly experiments: Record<string, { traces: unknown[]; models?: unknown[] }>;
}

/** Python orders what has no order by its own JSON. */
function reordered(state: State): State {
  for (const experiment of Object.values(state.experiments)) {
    experiment.traces = byJson(experiment.traces.map((trace) => withSorted(trace, 'assessments')));
    if (experiment.models) experiment.models = byJson(experiment.models.map((model) => withSorted(model, 'metrics')));
  }
  return state;
}

function withSorted(value: unknown, name: string): unknown {
  const fields = value as Record<string, unknown[]>;
  return { ...fields, [name]: byJson(fields[name] ?? []) };
}

async function asPythonSees(version: MlflowVersion, store: string): Promise<State> {
  return reordered((await runProgram(version, 'read_state.py', [store], { environment })) as State);
}

async function asWeSee({ tracking, registry }: Opened, version: MlflowVersion): Promise<State> {
  const state = await readState(tracking, registry, majorOf(version));
  return reordered(JSON.parse(JSON.stringify(state)) as State);
}

/** Databases know neither infinities nor a minus zero, and tell the aliases of a version only with its model. */
function asDatabasesHaveIt(state: State): unknown {
  const text = JSON.stringify(state)
    .replaceAll('"inf"', '"1.7976931348623157e+308"')
    .replaceAll('"-inf"', '"-1.7976931348623157e+308"')
    .replaceAll('"-0.0"', '"0.0"')
    .replaceAll(/"aliases":\[[^\]]*\]/g, '"aliases":[]');
  return JSON.parse(text);
}

let folder: string;
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-golden-')));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasPython())('a store that MLflow has written', () => {
  describe.each(MLFLOW_VERSIONS)('(%s)', (version) => {
    test.each(['plain path', 'file URI'])('is read whole and alike (%s)', async (kind) => {
      const root = path.join(folder, `${version} ${kind}`);
      const uri = kind === 'plain path' ? root : pathToFileURL(root).href;
      await runProgram(version, 'golden_store.py', [uri], { environment, cwd: folder }).catch((error: Error) => {
        // It prints nothing, which is no JSON.
        if (!(error instanceof SyntaxError)) throw error;
      });
      const stores = await open(root);
      expect(await asWeSee(stores, version)).toEqual(await asPythonSees(version, root));
      expect(await stores.tracking.problems()).toEqual([]);
      await stores.tracking.close();
    });

    test('goes on to be read by both after we have written into it', async () => {
      const root = path.join(folder, `${version} plain path`);
      const stores = await open(root);
      await writeEverything(stores.tracking, stores.registry);
      const readers = version === '2.22.5' ? MLFLOW_VERSIONS : (['3.17.2'] as const);
      for (const reader of readers) {
        expect(await asWeSee(stores, reader)).toEqual(await asPythonSees(reader, root));
      }
      await stores.tracking.close();
    });
  });
});

describe.runIf(hasPython())('a store of our own', () => {
  test('moves into a database with `mlflow migrate-filestore`', async () => {
    const root = path.join(folder, 'to move');
    const stores = await open(root);
    await writeEverything(stores.tracking, stores.registry);
    await writeNewerTrace(stores.tracking);
    const database = `sqlite:///${path.join(folder, 'moved.db')}`;
    const python = mlflowPython('3.17.2');
    const args = ['-m', 'mlflow', 'migrate-filestore', '--source', root, '--target', database, '--no-progress'];
    const { stdout } = await promisify(execFile)(python, args, { env: { ...process.env, ...environment } });
    expect(stdout).toMatch(/runs +6 +6/);
    const moved = await asPythonSees('3.17.2', database);
    expect(await asWeSee(stores, '3.17.2')).toEqual(await asPythonSees('3.17.2', root));
    expect(asDatabasesHaveIt(moved)).toEqual(asDatabasesHaveIt(await asPythonSees('3.17.2', root)));
    await stores.tracking.close();
  });

  test('is read alike by MLflow of both versions', async () => {
    const root = path.join(folder, 'ours');
    const stores = await open(root);
    await writeEverything(stores.tracking, stores.registry);
    for (const version of MLFLOW_VERSIONS) {
      expect(await asWeSee(stores, version)).toEqual(await asPythonSees(version, root));
    }
    await stores.tracking.close();
  });
});

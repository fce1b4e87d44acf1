import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../src/entities/change.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../../src/tracking/file/fileTrackingStore.ts';
import { writePlainExperiment, writePlainRun, writePlainRuns } from '../../support/plainRuns.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

/** More than are looked at with each search. */
const RUNS = 80;
/** ms; a machine that is busy with other tests gets three more. Looking at everything takes a minute in large stores. */
const SECOND = 4_000;

const isWindows = process.platform === 'win32';
const has = (program: string) => !isWindows && spawnSync(program, ['--version']).status === 0;

describe.each(['events', 'polling'] as const)('by %s', (mode) => {
  let folder: TemporaryFolder;
  let store: FileTrackingStore;
  let runIds: readonly string[];
  const heard: Change[] = [];

  const experiment = (...names: string[]) => folder.join('store', '1', ...names);
  const meta = (...names: string[]) => experiment(...names, 'meta.yaml');

  beforeEach(async () => {
    folder = temporaryFolder();
    writePlainExperiment(folder.join('store'), '0', 'Default');
    writePlainRuns(folder.join('store'), '1', 'wine', RUNS);
    store = await openFileTrackingStore({
      root: folder.join('store'),
      silence: mode === 'polling' ? 'this is a test' : undefined,
    });
    store.onDidChange((changes) => heard.push(...changes));
    const { items } = await store.searchRuns({ experimentIds: ['1'], orderBy: ['start_time'] });
    runIds = items.map(({ info }) => info.runId);
    expect(runIds).toHaveLength(RUNS);
    heard.length = 0;
  });
  afterEach(async () => {
    await store.close();
    folder[Symbol.dispose]();
  });

  /** Whether a run is told to have changed, by itself or among many. */
  const isTold = (runId: string) =>
    heard.some((change) =>
      change.kind === 'run' ? change.runId === runId : change.kind === 'runs' && change.experimentId === '1',
    );
  const tells = (runId: string | undefined) => until(() => isTold(runId ?? ''), `word of the run ${runId}`, SECOND);
  const tellsOfExperiment = (experimentId: string) =>
    until(
      () => heard.some((change) => change.kind === 'experiment' && change.experimentId === experimentId),
      `word of the experiment ${experimentId}`,
      SECOND,
    );
  const finds = (filter: string, ...expected: readonly string[]) =>
    until(
      async () => {
        const { items } = await store.searchRuns({ experimentIds: ['1'], filter });
        return items.map(({ info }) => info.runId).join() === expected.join();
      },
      `${expected.length} runs with ${filter}`,
      SECOND,
    );

  test('the mode is told, and why', async () => {
    expect(await store.watching()).toEqual(
      mode === 'events' ? { mode: 'events' } : { mode: 'polling', reason: 'this is a test' },
    );
  });

  test('a new run, its points and its end', async () => {
    const runId = writePlainRun(experiment(), { name: 'live', startTime: Date.now(), status: 'RUNNING' });
    await tells(runId);
    await finds("run_name = 'live'", runId);
    for (let step = 5; step < 8; step++) {
      await sleep(300);
      heard.length = 0;
      fs.appendFileSync(experiment(runId, 'metrics', 'loss'), `${Date.now()} ${step} ${step}\n`);
      await tells(runId);
      await finds(`metrics.loss = ${step}`, runId);
    }
    heard.length = 0;
    fs.writeFileSync(experiment(runId, 'params', 'late'), '1');
    await tells(runId);
    await sleep(300);
    heard.length = 0;
    // As MLflow does it: truncated and written again.
    fs.writeFileSync(meta(runId), fs.readFileSync(meta(runId), 'utf8').replace('status: 1', 'status: 3'));
    await tells(runId);
    await finds("status = 'FINISHED' and run_name = 'live'", runId);
  });

  test('a finished run that is renamed, deleted, or gets a tag', async () => {
    const [first = '', second = ''] = runIds;
    const text = fs.readFileSync(meta(first), 'utf8');
    fs.writeFileSync(meta(first), text.replace('run_name: run 1', 'run_name: other'));
    await tells(first);
    await finds("run_name = 'other'", first);
    heard.length = 0;
    fs.writeFileSync(meta(first), text.replace('lifecycle_stage: active', 'lifecycle_stage: deleted'));
    await tells(first);
    await finds("run_name = 'run 1'");
    // No folder and no meta file tells of this one: it is found on the rounds, which are short here.
    fs.appendFileSync(experiment(second, 'metrics', 'loss'), '1 77 99\n');
    heard.length = 0;
    await tells(second);
    await finds('metrics.loss = 77', second);
  });

  test('experiments that come, are renamed, tagged, and go', async () => {
    const made = writePlainExperiment(folder.join('store'), '2', 'new');
    await tellsOfExperiment('2');
    heard.length = 0;
    fs.writeFileSync(folder.join('store', '2', 'meta.yaml'), folder.read('store/2/meta.yaml').replace('new', 'old'));
    await tellsOfExperiment('2');
    expect((await store.getExperiment('2')).name).toBe('old');
    heard.length = 0;
    folder.write('store/2/tags/team', 'blue');
    await tellsOfExperiment('2');
    heard.length = 0;
    fs.writeFileSync(folder.join('store', '2', 'tags', 'team'), 'pink');
    await tellsOfExperiment('2');
    heard.length = 0;
    fs.renameSync(made, folder.join('elsewhere'));
    await tellsOfExperiment('2');
    // As a deleted one comes back.
    heard.length = 0;
    fs.renameSync(folder.join('elsewhere'), made);
    await tellsOfExperiment('2');
  });

  describe.skipIf(isWindows)('programs that copy', () => {
    test('mv: a run out of the store, and back under another id', async () => {
      const [runId = ''] = runIds;
      execFileSync('mv', [experiment(runId), folder.join('moved')]);
      await tells(runId);
      await finds("run_name = 'run 1'");
      const other = 'f'.repeat(32);
      fs.writeFileSync(folder.join('moved', 'meta.yaml'), folder.read('moved/meta.yaml').replaceAll(runId, other));
      execFileSync('mv', [folder.join('moved'), experiment(other)]);
      await tells(other);
      await finds("run_name = 'run 1'", other);
    });

    test('cp -p: over a run, with an older time', async () => {
      const [first = '', second = ''] = runIds;
      const copy = folder.write(
        'copy',
        fs.readFileSync(meta(first), 'utf8').replace('run_name: run 1', 'run_name: run X'),
      );
      fs.utimesSync(copy, 1_000_000_000, 1_000_000_000);
      execFileSync('cp', ['-p', copy, meta(first)]);
      await tells(first);
      await finds("run_name = 'run X'", first);
      execFileSync('cp', ['-rp', experiment(second), folder.join('second')]);
      execFileSync('rm', ['-r', experiment(second)]);
      await tells(second);
      heard.length = 0;
      execFileSync('cp', ['-rp', folder.join('second'), experiment(second)]);
      await tells(second);
      await finds(`metrics.loss = 0.2 and run_name = 'run 2'`, second);
    });

    test.skipIf(!has('rsync'))('rsync -a: new, changed, equally long and older, and removed runs', async () => {
      const copy = folder.join('copy/');
      const sync = () => execFileSync('rsync', ['-a', '--delete', copy, folder.join('store/')]);
      execFileSync('rsync', ['-a', folder.join('store/'), copy]);
      const [first = '', second = '', third = ''] = runIds;
      const inCopy = (...names: string[]) => folder.join('copy', '1', ...names);
      const file = inCopy(first, 'meta.yaml');
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('run_name: run 1', 'run_name: run Y'));
      fs.utimesSync(file, 1_000_000_000, 1_000_000_000);
      fs.rmSync(inCopy(second), { recursive: true });
      fs.writeFileSync(inCopy(third, 'metrics', 'loss'), '1 55 0\n');
      fs.utimesSync(inCopy(third, 'metrics', 'loss'), 1_000_000_000, 1_000_000_000);
      const added = writePlainRun(inCopy(), { name: 'added', startTime: 1_700_000_000_000 });
      sync();
      await Promise.all([first, second, added].map((runId) => tells(runId)));
      await finds("run_name = 'run Y'", first);
      await finds("run_name = 'run 2'");
      await finds("run_name = 'added' and metrics.loss = 0.2", added);
      await finds('metrics.loss = 55', third);
    });

    test.skipIf(!has('git'))('git checkout: another branch has other runs', async () => {
      const git = (...args: string[]) =>
        execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
          cwd: folder.join('store'),
          stdio: 'pipe',
        });
      git('init', '-q', '-b', 'main');
      git('add', '.');
      git('commit', '-qm', 'one');
      git('checkout', '-qb', 'other');
      const [first = '', second = ''] = runIds;
      fs.writeFileSync(meta(first), fs.readFileSync(meta(first), 'utf8').replace('run 1', 'run Z'));
      fs.rmSync(experiment(second), { recursive: true });
      const added = writePlainRun(experiment(), { name: 'added', startTime: 1_700_000_000_000 });
      git('add', '.');
      git('commit', '-qm', 'two');
      await Promise.all([first, second, added].map((runId) => tells(runId)));

      heard.length = 0;
      git('checkout', '-q', 'main');
      await Promise.all([first, second, added].map((runId) => tells(runId)));
      await finds("run_name = 'added'");
      await finds("run_name = 'run 1'", first);
      await finds("run_name = 'run 2'", second);

      heard.length = 0;
      git('checkout', '-q', 'other');
      await Promise.all([first, second, added].map((runId) => tells(runId)));
      await finds("run_name = 'run Z'", first);
    });
  });

  test('what this process does itself comes at once, in one batch, and once', async () => {
    await sleep(50);
    heard.length = 0;
    const batches: (readonly Change[])[] = [];
    store.onDidChange((changes) => batches.push(changes));
    const { info } = await store.createRun({ experimentId: '1' });
    for (let step = 0; step < 20; step++) {
      await store.logBatch(info.runId, { metrics: [{ key: 'a', value: step, timestamp: step, step }] });
    }
    await until(() => batches.length > 0, 'the batch', 500);
    expect(batches[0]).toEqual([{ kind: 'run', experimentId: '1', runId: info.runId }]);
    await sleep(1_000);
    expect(batches).toHaveLength(1);
  });
});

describe.runIf(process.platform === 'linux')('listening to the system', () => {
  /** Watches of inotify that this process has (proc(5), `fdinfo`). */
  function countWatches(): number {
    const folder = '/proc/self/fdinfo';
    const infos = fs.readdirSync(folder).map((name) => {
      try {
        return fs.readFileSync(path.join(folder, name), 'utf8');
      } catch {
        return ''; // of the handle that read the folder
      }
    });
    return infos.join('').split('inotify wd:').length - 1;
  }

  async function watched(active: number) {
    const folder = temporaryFolder();
    const experiment = writePlainExperiment(folder.join('store'), '1', 'wine');
    const runIds = Array.from({ length: active }, (_, n) =>
      writePlainRun(experiment, { name: `live ${n}`, startTime: Date.now(), status: 'RUNNING' }),
    );
    const store = await openFileTrackingStore({ root: folder.join('store') });
    return {
      folder,
      store,
      runIds,
      async [Symbol.asyncDispose]() {
        await store.close();
        folder[Symbol.dispose]();
      },
    };
  }

  test('shows a point of another program in a fraction of what looking takes', async () => {
    await using world = await watched(1);
    const { folder, store, runIds } = world;
    const times: number[] = [];
    let start = 0;
    store.onDidChange((changes) => {
      if (start > 0 && changes.some(({ kind }) => kind === 'run')) times.push(performance.now() - start);
    });
    await store.searchRuns({ experimentIds: ['1'] });
    await until(() => countWatches() >= 5, 'the watches', 8_000);
    for (let step = 5; step < 16; step++) {
      await sleep(250 + 40 * step);
      start = performance.now();
      fs.appendFileSync(folder.join('store', '1', runIds[0] ?? '', 'metrics', 'loss'), `1 ${step} ${step}\n`);
      await until(() => times.length === step - 4, 'the point', SECOND);
    }
    expect(times.toSorted((a, b) => a - b)[5]).toBeLessThan(150);
  });

  test('takes few watches, also where many runs were never ended', async () => {
    const before = countWatches();
    await using world = await watched(200);
    world.store.onDidChange(() => {});
    await world.store.searchRuns({ experimentIds: ['1'] });
    await until(() => countWatches() - before > 400, 'the watches', 8_000);
    await sleep(500);
    expect(countWatches() - before).toBeLessThanOrEqual(500);
    await world.store.close();
    expect(countWatches()).toBe(before);
  });
});

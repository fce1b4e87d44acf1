import fs from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorResponse } from '../../src/server/response.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { differences, isBetween, isSame } from './compare.ts';
import { FAULTS, type FaultPlan, FaultyFiles } from './faultyFiles.ts';
import { makeWorld, OPERATIONS, type Operation, type World } from './operations.ts';
import type { FaultRow } from './row.ts';
import { findRubbish, openFileStores, type Shown, showAll } from './stores.ts';

export interface SweepOptions {
  readonly operations?: readonly Operation[];
  /** Takes only every so manyth of the points, beginning with another one for each operation. */
  readonly stride?: number;
}

/** Lets the n-th call of the system fail in each operation that writes, n from 1 to the last, by each fault. */
export async function sweepFaults({ operations = OPERATIONS, stride = 1 }: SweepOptions = {}): Promise<FaultRow> {
  // In memory, where there is such a disk: it is copied thousands of times.
  using folder = temporaryFolder(fs.existsSync('/dev/shm') ? '/dev/shm' : undefined);
  const template = folder.join('template');
  const stores = await openFileStores(template);
  const world = await makeWorld(stores);
  const before = await showAll(stores);
  await stores.close();
  const broken: string[] = [];
  let [points, skipped] = [0, 0];
  for (const operation of operations) {
    const bench = { folder: folder.path, template, world, operation, before };
    const { calls, after } = await measure(bench);
    for (const plan of plansFor(calls)) {
      skipped = (skipped + 1) % stride;
      if (skipped !== 0) continue;
      const found = await tryPoint({ ...bench, after }, plan);
      if (found === undefined) continue;
      points += 1;
      const { fault, at, lasts } = plan;
      broken.push(
        ...found.map((what) => `${operation.name}, ${fault} at call ${at}${lasts ? ' and after' : ''}: ${what}`),
      );
    }
  }
  return {
    fault: 'the n-th system call fails (ENOSPC, EACCES, EIO, EMFILE, EROFS, short), once or from there on',
    unit: `points of ${operations.length} operations`,
    done: points,
    lost: broken.filter((text) => text.includes('lost')),
    broken: broken.filter((text) => !text.includes('lost')),
    target: 'an error with a reason, before or after, 0 torn, 0 left over, goes on',
  };
}

interface Bench {
  readonly folder: string;
  readonly template: string;
  readonly world: World;
  readonly operation: Operation;
  readonly before: Shown;
}

function* plansFor(calls: number): Generator<FaultPlan> {
  for (let at = 1; at <= calls; at++) {
    for (const fault of FAULTS) yield { fault, at, lasts: false };
    for (const fault of ['ENOSPC', 'EROFS'] as const) yield { fault, at, lasts: true };
  }
}

let copies = 0;

async function openCopy({ folder, template }: Bench) {
  const copy = path.join(folder, `copy-${copies++}`);
  fs.cpSync(template, copy, { recursive: true });
  const stores = await openFileStores(copy);
  return {
    stores,
    copy,
    async [Symbol.asyncDispose]() {
      await stores.close();
      fs.rmSync(copy, { recursive: true });
    },
  };
}

/** How many calls the operation makes, and what is shown after it. */
async function measure(bench: Bench): Promise<{ calls: number; after: Shown }> {
  await using opened = await openCopy(bench);
  await warm(opened.stores, bench.world);
  const files = new FaultyFiles();
  files.arm();
  await bench.operation.run(opened.stores, bench.world);
  await settle();
  const { calls } = files.disarm();
  return { calls, after: normalize(await showAll(opened.stores), bench) };
}

/** What is remembered of runs and files must be right after faults, too: so let there be something. */
async function warm(stores: Awaited<ReturnType<typeof openCopy>>['stores'], { runId }: World): Promise<void> {
  await stores.tracking.logBatch(runId, { metrics: [{ key: 'loss', value: 0.5, timestamp: 1_001, step: 1 }] });
  await settle();
}

/** Files are closed a little after the answer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}

/** @returns what is wrong; `undefined` where the fault cannot meet this call. */
async function tryPoint(bench: Bench & { readonly after: Shown }, plan: FaultPlan): Promise<string[] | undefined> {
  const { world, operation } = bench;
  await using opened = await openCopy(bench);
  const { stores, copy } = opened;
  await warm(stores, world);
  const files = new FaultyFiles();
  files.arm(plan);
  const outcome = await operation.run(stores, world).then(
    () => 'done' as const,
    (error: unknown) => ({ error }),
  );
  await settle();
  const { hits } = files.disarm();
  if (hits.length === 0) return undefined;

  const wrong: string[] = [];
  if (outcome !== 'done') wrong.push(...judge(outcome.error));
  const shown = normalize(await showAll(stores), bench);
  const before = normalize(bench.before, bench);
  if (outcome === 'done' && !isSame(shown, bench.after))
    wrong.push(`acknowledged and lost: ${differences(shown, bench.after)}`);
  // Where the disk has become read-only in the middle, nothing can be undone.
  const isStuck = plan.lasts && plan.fault === 'EROFS';
  const isKept = isSame(shown, before) || isSame(shown, bench.after);
  if (!isKept && !isStuck && !(operation.inParts && isBetween(before, bench.after, shown))) {
    wrong.push(`between before and after: ${differences(shown, before)} | ${differences(shown, bench.after)}`);
  }
  wrong.push(...(await compareWithFresh(copy, shown, bench)));
  // What cannot be removed stays, unseen.
  const isLeft = isStuck || hits.includes('rmSync');
  wrong.push(...findRubbish(copy).filter((text) => !isLeft || text.includes('torn')));

  // The same stores go on: once more, or once again where it was done.
  if (outcome !== 'done' && !isSame(shown, bench.after) && (isKept || !isStuck)) {
    const again = await operation.run(stores, world).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    await settle();
    const shownAgain = normalize(await showAll(stores), bench);
    if (!isSame(shownAgain, bench.after))
      wrong.push(`cannot go on (${again}): ${differences(shownAgain, bench.after)}`);
    wrong.push(...(await compareWithFresh(copy, shownAgain, bench)));
  }
  return wrong;
}

function judge(error: unknown): string[] {
  const { status, body } = errorResponse(error);
  const { error_code, message } = JSON.parse(String(body)) as { error_code: string; message: string };
  const isClear = /full|may not|read-only|too many|reports an error/.test(message) && status >= 400;
  return isClear ? [] : [`answered ${status} ${error_code} ${message} for ${error}`];
}

/** What was not remembered, but read from the disk, must be the same. */
async function compareWithFresh(copy: string, shown: Shown, bench: Bench): Promise<string[]> {
  const fresh = await openFileStores(copy, { isReadOnly: true });
  const read = normalize(await showAll(fresh), bench);
  const problems = await fresh.problems();
  await fresh.close();
  return [
    ...(isSame(read, shown) ? [] : [`the disk has something else: ${differences(shown, read)}`]),
    ...problems.map((problem) => `${problem.path}: ${problem.message}`),
  ];
}

/** With one name for all ids that were made since the world was. */
function normalize(shown: Shown, { world }: Pick<Bench, 'world'>): Shown {
  const known = new Set<string>(Object.values(world));
  const text = JSON.stringify(shown).replace(/\b(?:[am]-)?[0-9a-f]{32}\b|\b\d{18}\b/g, (id) =>
    known.has(id) ? id : 'ID',
  );
  return JSON.parse(text) as Shown;
}

import fs from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { datesOf } from '../../../../src/tracking/file/index/dating.ts';
import { ReadingOrder } from '../../../../src/tracking/file/index/readingOrder.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

/** Takes everything, in portions of these sizes. */
function takeAll(order: ReadingOrder, sizes: readonly number[]): string[][] {
  const portions: string[][] = [];
  for (let at = 0; ; at++) {
    const portion = order.take(sizes[at % sizes.length] ?? 1);
    if (portion.length === 0) return portions;
    portions.push(portion);
  }
}

test('the newest folders come first, in portions of any size, each once', async () => {
  using folder = temporaryFolder();
  const times = [5, 3, 9, 1, 7, 2, 8];
  const names = times.map((time) => {
    fs.mkdirSync(folder.join(`t${time}`));
    fs.utimesSync(folder.join(`t${time}`), 1_700_000_000 + time, 1_700_000_000 + time);
    return `t${time}`;
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
      const order = new ReadingOrder(folder.path, names);
      await order.date();
      expect(takeAll(order, sizes).flat()).toEqual(['t9', 't8', 't7', 't5', 't3', 't2', 't1']);
    }),
    { numRuns: 30 },
  );
});

test('what is not dated in time comes as it was listed, and nothing twice when it is dated later', async () => {
  using folder = temporaryFolder();
  const names = ['old', 'new', 'gone'];
  for (const [at, name] of ['old', 'new'].entries()) {
    fs.mkdirSync(folder.join(name));
    fs.utimesSync(folder.join(name), 1_700_000_000 + at, 1_700_000_000 + at);
  }
  const order = new ReadingOrder(folder.path, names);
  await order.date(0);
  expect(order.take(1)).toEqual(['old']);
  await order.date();
  expect(takeAll(order, [5])).toEqual([['new', 'gone']]);
});

test('what threads date in parts is in the same order', async () => {
  using folder = temporaryFolder();
  const names = [4, 6, 1, 5, 2, 3].map((time) => {
    fs.mkdirSync(folder.join(`t${time}`));
    fs.utimesSync(folder.join(`t${time}`), 1_700_000_000 + time, 1_700_000_000 + time);
    return `t${time}`;
  });
  const order = new ReadingOrder(folder.path, names);
  await order.date(0);
  expect(order.take(1)).toEqual(['t4']);
  const { names: undated } = order.undated();
  expect(undated).toEqual(names);
  for (const part of [undated.slice(0, 4), undated.slice(4)]) {
    order.enter(datesOf({ folder: folder.path, names: part }));
  }
  expect(order.undated().names).toEqual([]);
  expect(takeAll(order, [2]).flat()).toEqual(['t6', 't5', 't3', 't2', 't1']);
});

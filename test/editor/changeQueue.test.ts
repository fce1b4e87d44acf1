import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChangeQueue } from '../../src/vscode/trees/changeQueue.ts';

/** A queue that keeps its rounds and when they came, in ms since the start. */
function recorded(work = async () => {}) {
  const start = performance.now();
  const rounds: { readonly items: readonly number[]; readonly at: number }[] = [];
  const errors: unknown[] = [];
  const queue = new ChangeQueue<number>(
    async (items) => {
      rounds.push({ items, at: performance.now() - start });
      await work();
    },
    (error) => errors.push(error),
  );
  return { queue, rounds, errors };
}

test('a single change is handed on at once', async () => {
  const { queue, rounds } = recorded();
  queue.push([1]);
  await wait(50);
  expect(rounds.map(({ items }) => items)).toEqual([[1]]);
  queue.dispose();
});

test('a stream of changes becomes at most four rounds a second, and none is lost', async () => {
  const { queue, rounds } = recorded();
  for (let i = 0; i < 60; i++) {
    queue.push([i]);
    await wait(10);
  }
  await wait(300);
  queue.dispose();
  expect(rounds.flatMap(({ items }) => items)).toEqual(Array.from({ length: 60 }, (_, i) => i));
  const gaps = rounds.slice(1).map(({ at }, i) => at - (rounds[i]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(240);
});

test('rounds do not overlap', async () => {
  let busy = 0;
  let most = 0;
  const { queue, rounds } = recorded(async () => {
    most = Math.max(most, ++busy);
    await wait(300);
    busy--;
  });
  queue.push([1]);
  await wait(20);
  queue.push([2]);
  await wait(700);
  queue.dispose();
  expect(most).toBe(1);
  expect(rounds).toHaveLength(2);
});

test('a round that fails is told and the next one comes', async () => {
  let fails = true;
  const { queue, rounds, errors } = recorded(async () => {
    if (fails) throw new Error('gone');
  });
  queue.push([1]);
  await wait(20);
  fails = false;
  queue.push([2]);
  await wait(300);
  queue.dispose();
  expect(errors).toHaveLength(1);
  expect(rounds).toHaveLength(2);
});

test('nothing comes after the end', async () => {
  const { queue, rounds } = recorded();
  queue.push([1]);
  queue.dispose();
  await wait(30);
  expect(rounds).toEqual([]);
});

test('the same change is handed on once, and many of them without a long block', async () => {
  const rounds: (readonly { readonly runId: string }[])[] = [];
  const queue = new ChangeQueue<{ readonly runId: string }>(
    async (items) => void rounds.push(items),
    () => {},
    (change) => JSON.stringify(change),
  );
  const start = performance.now();
  for (let at = 0; at < 100_000; at++) queue.push([{ runId: String(at % 10_000) }]);
  queue.push(Array.from({ length: 200_000 }, (_, at) => ({ runId: String(at % 10_000) })));
  expect(performance.now() - start).toBeLessThan(1_500); // 300,000 of them: 10,000 take a thirtieth
  await wait(50);
  queue.dispose();
  expect(rounds.map((items) => items.length)).toEqual([10_000]);
});

import { expect, test } from 'vitest';
import { Rounds } from '../../../../src/tracking/file/index/rounds.ts';

/** Takes up a millisecond, as a look at some files does. */
function work(): void {
  for (const end = performance.now() + 1; performance.now() < end; );
}

test('short turns go through everything in order, and then from the start', async () => {
  const rounds = new Rounds(() => [1, 2, 3, 4, 5, 6]);
  const seen: number[] = [];
  const turns: number[] = [];
  while (turns.length < 100 && seen.length < 12) {
    const before = seen.length;
    await rounds.goOn(2, (item) => {
      seen.push(item);
      work();
    });
    turns.push(seen.length - before);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  expect(Math.max(...turns)).toBeLessThanOrEqual(2);
});

test('a long turn ends with the round, and says so', async () => {
  const rounds = new Rounds(() => [1, 2, 3]);
  const seen: number[] = [];
  expect(await rounds.goOn(1_000, (item) => seen.push(item))).toBe(true);
  expect(seen).toEqual([1, 2, 3]);
  expect(await rounds.goOn(0, (item) => seen.push(item))).toBe(false);
  expect(seen).toEqual([1, 2, 3]);
});

test('what is new is visited in the next round', async () => {
  const items = [1];
  const rounds = new Rounds(() => items.slice());
  const seen: number[] = [];
  await rounds.goOn(1_000, (item) => seen.push(item));
  items.push(2);
  await rounds.goOn(1_000, (item) => seen.push(item));
  expect(seen).toEqual([1, 1, 2]);
});

import { expect, test } from 'vitest';
import { Rounds } from '../../../../src/tracking/file/index/rounds.ts';
import { othersWorking, work } from '../../../support/othersWorking.ts';

test('short turns go through everything in order, and then from the start', async () => {
  const rounds = new Rounds(() => [1, 2, 3, 4, 5, 6]);
  const seen: number[] = [];
  const turns: number[] = [];
  while (turns.length < 100 && seen.length < 12) {
    const before = seen.length;
    await rounds.goOn({ most: 2, least: 2 }, (item) => {
      seen.push(item);
      work(1);
    });
    turns.push(seen.length - before);
  }
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6]);
  expect(Math.max(...turns)).toBeLessThanOrEqual(2);
});

test('a long turn ends with the round, and says so', async () => {
  const rounds = new Rounds(() => [1, 2, 3]);
  const seen: number[] = [];
  expect(await rounds.goOn({ most: 1_000, least: 1_000 }, (item) => seen.push(item))).toBe(true);
  expect(seen).toEqual([1, 2, 3]);
  expect(await rounds.goOn({ most: 0, least: 0 }, (item) => seen.push(item))).toBe(false);
  expect(seen).toEqual([1, 2, 3]);
});

test('what is new is visited in the next round', async () => {
  const items = [1];
  const rounds = new Rounds(() => items.slice());
  const seen: number[] = [];
  await rounds.goOn({ most: 1_000, least: 1_000 }, (item) => seen.push(item));
  items.push(2);
  await rounds.goOn({ most: 1_000, least: 1_000 }, (item) => seen.push(item));
  expect(seen).toEqual([1, 1, 2]);
});

test('a turn ends early where others have much to do', async () => {
  using _ = othersWorking(2);
  const rounds = new Rounds(() => Array.from({ length: 200 }, (_, at) => at));
  let seen = 0;
  const visit = () => {
    seen += 1;
    work(1);
  };
  expect(await rounds.goOn({ most: 100, least: 1 }, visit)).toBe(false);
  expect(seen).toBeLessThan(20);
  seen = 0;
  expect(await rounds.goOn({ most: 40, least: 40 }, visit)).toBe(false);
  expect(seen).toBeGreaterThan(20);
});

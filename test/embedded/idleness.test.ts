import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Idleness } from '../../src/embedded/idleness.ts';

const LIMIT = 60;
const idle = (isNeeded = false) => new Idleness({ limit: LIMIT, isNeeded: async () => isNeeded });

test('nobody came: it is over after a while, not before', async () => {
  const idleness = idle();
  expect(await idleness.isOver()).toBe(false);
  await sleep(LIMIT + 20);
  expect(await idleness.isOver()).toBe(true);
});

test('every request puts it off', async () => {
  const idleness = idle();
  await sleep(LIMIT + 20);
  idleness.note('began');
  idleness.note('ended');
  expect(await idleness.isOver()).toBe(false);
  await sleep(LIMIT + 20);
  expect(await idleness.isOver()).toBe(true);
});

test('it is not over while a window listens or an upload lasts', async () => {
  const idleness = idle();
  idleness.note('began');
  idleness.note('began');
  idleness.note('ended');
  await sleep(LIMIT + 20);
  expect(await idleness.isOver()).toBe(false);
});

test('it is not over while runs log', async () => {
  const idleness = idle(true);
  await sleep(LIMIT + 20);
  expect(await idleness.isOver()).toBe(false);
});

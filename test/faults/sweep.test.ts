import { expect, test } from 'vitest';
import { sweepFaults } from './sweep.ts';

/** `npm run faults` takes every point. */
const STRIDE = 12;

test('a system call that fails leaves things as before or after, tells why, and everything goes on', async () => {
  const { done, lost, broken } = await sweepFaults({ stride: STRIDE });
  expect([...lost, ...broken]).toEqual([]);
  expect(done).toBeGreaterThan(300);
}, 120_000);

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withPatience } from '../../../src/tracking/file/patience.ts';

test('quick work gives what it gives', async () => {
  expect(await withPatience(Promise.resolve('done'), 1_000, 'later')).toBe('done');
  await expect(withPatience(Promise.reject(new Error('broken')), 1_000, 'later')).rejects.toThrow('broken');
});

test('slow work goes on by itself, and nobody hears of its failure', async () => {
  let isDone = false;
  const work = sleep(60).then(() => {
    isDone = true;
    throw new Error('broken');
  });
  expect(await withPatience<string>(work, 5, 'later')).toBe('later');
  expect(isDone).toBe(false);
  await sleep(120);
  expect(isDone).toBe(true);
});

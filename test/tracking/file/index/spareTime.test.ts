import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SpareTime } from '../../../../src/tracking/file/index/spareTime.ts';

function work(time: number): void {
  for (const end = performance.now() + time; performance.now() < end; );
}

test('spare time is a part of the time in which nothing was done', async () => {
  const spare = new SpareTime();
  await sleep(200);
  expect(spare.take()).toBeGreaterThan(20);
  const start = performance.now();
  while (performance.now() - start < 200) {
    work(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(spare.take()).toBeLessThan(10);
});

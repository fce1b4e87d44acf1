import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Courtesy } from '../../../../src/tracking/file/index/courtesy.ts';

/** Keeps this thread busy. */
async function work(ms: number): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    for (const slice = performance.now() + 10; performance.now() < slice; );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('threads rest while the main thread is busy, and only then', async () => {
  const courtesy = new Courtesy();
  expect(courtesy.pause(20)).toBe(0);
  await work(300);
  expect(courtesy.pause(20)).toBe(0); // what is over soon is no reason
  await work(300);
  expect(courtesy.pause(20)).toBe(120);
  expect(courtesy.pause(10_000)).toBe(1_000);
  await sleep(300);
  expect(courtesy.pause(20)).toBe(0);
});

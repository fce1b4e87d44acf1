import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Courtesy } from '../../../../src/tracking/file/index/courtesy.ts';

/** Keeps this thread busy. @param doOne something each 10 ms */
async function work(ms: number, doOne?: () => void): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    doOne?.();
    for (const slice = performance.now() + 10; performance.now() < slice; );
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('threads rest while requests keep the main thread busy, and only then', async () => {
  const courtesy = new Courtesy();
  expect(courtesy.pause(20)).toBe(0);
  await work(300);
  expect(courtesy.pause(20)).toBe(0);
  await work(300, () => courtesy.note());
  expect(courtesy.pause(20)).toBe(240);
  expect(courtesy.pause(10_000)).toBe(1_000);
  await sleep(300);
  expect(courtesy.pause(20)).toBe(0);
});

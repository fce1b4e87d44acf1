import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Slices } from '../../../src/tracking/file/slices.ts';

function work(time: number): void {
  for (const end = performance.now() + time; performance.now() < end; );
}

/** Work of somebody else at each turn of the event loop (ms), until it is disposed of. */
function othersWorking(time: number): Disposable {
  let isOver = false;
  const go = () => {
    if (isOver) return;
    work(time);
    setImmediate(go);
  };
  setImmediate(go);
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

describe('work in slices', () => {
  test('gives way for a moment where nobody else works', async () => {
    const slices = new Slices();
    const start = performance.now();
    for (let slice = 0; slice < 50; slice++) await slices.giveWay();
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('gives way for several turns where others work, and goes on all the same', async () => {
    using _ = othersWorking(2);
    const slices = new Slices();
    const start = performance.now();
    await slices.giveWay();
    const time = performance.now() - start;
    expect(time).toBeGreaterThan(8);
    expect(time).toBeLessThan(200);
  });

  test('counts its own time alone', async () => {
    const slices = new Slices();
    work(5);
    expect(slices.isOver).toBe(true);
    await sleep(0);
    await slices.giveWay();
    expect(slices.isOver).toBe(false);
    expect(slices.spent).toBeGreaterThanOrEqual(5);
  });
});

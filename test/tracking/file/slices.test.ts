import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Slices } from '../../../src/tracking/file/slices.ts';
import { othersWorking, work } from '../../support/othersWorking.ts';

describe('work in slices', () => {
  test('gives way for a moment where nobody else works', async () => {
    const slices = new Slices();
    const start = performance.now();
    let busy = 0;
    for (let slice = 0; slice < 50; slice++) busy += (await slices.giveWay()) ? 1 : 0;
    expect(busy).toBeLessThan(5);
    expect(performance.now() - start).toBeLessThan(100);
  });

  test('gives way for several turns where others work, and goes on all the same', async () => {
    using _ = othersWorking(2);
    const slices = new Slices();
    const start = performance.now();
    expect(await slices.giveWay()).toBe(true);
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

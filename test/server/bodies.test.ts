import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Bodies } from '../../src/server/bodies.ts';

/** A body as it comes over a socket. */
class Incoming extends PassThrough {
  complete = false;

  override end(...args: unknown[]): this {
    this.complete = true;
    return super.end(...(args as []));
  }
}

const LIMIT = 1_000;
let bodies: Bodies | undefined;
afterEach(() => {
  bodies?.close();
  vi.useRealTimers();
});

const open = (memory?: number): Bodies => (bodies = new Bodies(1_000, memory));

test('a body is what came, in whichever pieces', async () => {
  for (const pieces of [[], ['{}'], ['{', '"a"', ':1}']]) {
    const incoming = new Incoming();
    const read = open().read(incoming, LIMIT);
    for (const piece of pieces) {
      incoming.write(piece);
      await sleep(1);
    }
    incoming.end();
    expect(String(await read)).toBe(pieces.join(''));
  }
});

test('a body as long as it may be is read, a longer one is left where it is too long', async () => {
  const [whole, longer] = [new Incoming(), new Incoming()];
  whole.end('x'.repeat(LIMIT));
  longer.write('x'.repeat(LIMIT + 1));
  expect((await open().read(whole, LIMIT))?.length).toBe(LIMIT);
  expect(await open().read(longer, LIMIT)).toBeUndefined();
  longer.write('more');
  expect([longer.isPaused(), longer.readableLength]).toEqual([true, 4]);
});

test('one that breaks off fails, also after it was refused', async () => {
  const [half, longer] = [new Incoming(), new Incoming()];
  const reading = open().read(half, LIMIT);
  half.destroy(new Error('aborted'));
  await expect(reading).rejects.toThrow('aborted');
  longer.write('x'.repeat(LIMIT + 1));
  expect(await open().read(longer, LIMIT)).toBeUndefined();
  longer.destroy(new Error('aborted'));
  await sleep(1);
});

test('one that comes more slowly than 1 KB/s is given up, others are waited for', async () => {
  vi.useFakeTimers();
  const all = open();
  const [slow, steady] = [new Incoming(), new Incoming()];
  const ends = [all.read(slow, 1e6), all.read(steady, 1e6)].map((read) =>
    read.then(
      (bytes) => bytes?.length,
      (error) => [error.status, error.message],
    ),
  );
  for (let second = 0; second < 30; second++) {
    slow.write('x');
    steady.write('x'.repeat(1_100));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(await ends[0]).toEqual([408, 'The body of the request came too slowly.']);
  steady.end();
  expect(await ends[1]).toBe(33_000);
});

test('many at once do not take all memory, and give back what they took', async () => {
  const all = open(5 * LIMIT);
  for (let round = 0; round < 3; round++) {
    const many = Array.from({ length: 10 }, () => new Incoming());
    const reads = many.map((incoming) => all.read(incoming, LIMIT).catch((error) => error.status));
    for (const incoming of many) incoming.write('x'.repeat(LIMIT - 1));
    await sleep(1);
    for (const incoming of many) incoming.end();
    const ends = await Promise.all(reads);
    expect(ends.filter((end) => end === 503)).toHaveLength(5);
    expect(ends.filter((end) => end instanceof Buffer)).toHaveLength(5);
  }
});

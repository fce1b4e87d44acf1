import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { collectGarbageAtRest } from '../../src/embedded/collectGarbage.ts';

test('garbage is collected when there is nothing to do any more, without anybody asking for memory', async () => {
  const collected: string[] = [];
  const registry = new FinalizationRegistry<string>((name) => collected.push(name));
  const end = collectGarbageAtRest();
  (() => registry.register({ large: new Array(1_000).fill(0) }, 'garbage'))();
  for (const stop = performance.now() + 150; performance.now() < stop; );
  await sleep(10_500);
  end();
  expect(collected).toEqual(['garbage']);
});

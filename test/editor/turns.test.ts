import { expect, test } from 'vitest';
import { Turns } from '../../src/vscode/trees/turns.ts';

test('many pieces that are asked for at once are done in slices, and other work comes in between', async () => {
  const turns = new Turns();
  const done: string[] = [];
  const pieces = Array.from({ length: 250 }, async (_, at) => {
    await turns.next();
    done.push(String(at));
  });
  setImmediate(() => done.push('other'));
  await Promise.all(pieces);
  const others = done.indexOf('other');
  expect(others).toBeGreaterThanOrEqual(100);
  expect(others).toBeLessThan(250);
  expect(done.filter((name) => name !== 'other')).toEqual(Array.from({ length: 250 }, (_, at) => String(at)));
});

test('few pieces wait for nothing, also after many', async () => {
  const turns = new Turns();
  expect(turns.next()).toBeUndefined();
  await Promise.all(Array.from({ length: 500 }, () => turns.next()));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(turns.next()).toBeUndefined();
});

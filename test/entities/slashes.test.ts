import { expect, test } from 'vitest';
import { withoutSlashesAtEnd } from '../../src/entities/slashes.ts';

test.each([
  ['a/', 'a'],
  ['a/b//', 'a/b'],
  ['/a', '/a'],
  ['///', ''],
  ['', ''],
])('%j is %j', (text, expected) => expect(withoutSlashesAtEnd(text)).toBe(expected));

test('a long row of slashes takes no time', () => {
  const start = performance.now();
  withoutSlashesAtEnd(`${'/'.repeat(1_000_000)}x${'/'.repeat(1_000_000)}`);
  expect(performance.now() - start).toBeLessThan(200);
});

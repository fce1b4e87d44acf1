import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileLike } from '../../src/search/like.ts';

const like = (text: string, pattern: string) => compileLike(pattern)(text);
const letters = (...all: string[]) => fc.array(fc.constantFrom(...all), { maxLength: 8 }).map((list) => list.join(''));

test('matches as a regular expression of its wildcards would', () => {
  fc.assert(
    fc.property(letters('a', 'b', '.'), letters('a', 'b', '.', '%', '_'), (text, pattern) => {
      const source = [...pattern].map((c) => (c === '%' ? '.*' : c === '_' ? '.' : c.replace('.', '\\.'))).join('');
      expect(like(text, pattern)).toBe(new RegExp(`^${source}$`, 's').test(text));
    }),
    { numRuns: 2_000 },
  );
});

test('an underscore is one character, whatever its width', () => {
  expect(like('😀', '_')).toBe(true);
});

test('a pattern that would hang a regular expression is answered at once', () => {
  const started = Date.now();
  expect(like('a'.repeat(5_000), `${'%a'.repeat(50)}%b`)).toBe(false);
  expect(Date.now() - started).toBeLessThan(1_000);
});

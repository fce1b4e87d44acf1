import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paginate } from '../../src/search/paging.ts';

const SIZE = { default: 10, limit: 100 };

test('pages follow each other without gap or overlap, and the last has no token', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 20 }), (count, size) => {
      const items = Array.from({ length: count }, (_, at) => at);
      const seen: number[] = [];
      let token: string | undefined;
      do {
        const page = paginate(items, size, token, SIZE);
        expect(page.items.length).toBeLessThanOrEqual(size);
        seen.push(...page.items);
        token = page.nextPageToken;
      } while (token !== undefined);
      expect(seen).toEqual(items);
    }),
  );
});

test('tokens are those of MLflow', () => {
  expect(paginate([1, 2, 3], 2, undefined, SIZE).nextPageToken).toBe('eyJvZmZzZXQiOiAyfQ==');
});

test.each([
  [0, undefined, 'positive integer'],
  [-1, undefined, 'positive integer'],
  [1.5, undefined, 'positive integer'],
  [101, undefined, 'at most 100'],
  [1, '$$$', 'could not base64-decode'],
  [1, Buffer.from('{').toString('base64'), 'decoded value'],
  [1, Buffer.from('{"offset": 0}').toString('base64'), 'parsed value'],
  [1, Buffer.from('{"offset": "2"}').toString('base64'), 'parsed value'],
])('%d items after %s are refused: %s', (maxResults, token, message) => {
  expect(() => paginate([1, 2, 3], maxResults, token, SIZE)).toThrow(message);
});

import { expect, test } from 'vitest';
import { Recent } from '../../../src/tracking/file/recent.ts';

test('the entries that were set last are kept', () => {
  const recent = new Recent<string, number>(2);
  recent.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...recent]).toEqual([
    ['a', 3],
    ['c', 4],
  ]);
  recent.delete('a');
  recent.set('d', 5);
  expect([...recent.keys()]).toEqual(['c', 'd']);
});

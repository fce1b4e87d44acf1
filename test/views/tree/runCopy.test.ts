import { expect, test } from 'vitest';
import { copyResult, describeCopy } from '../../../src/views/tree/runCopy.ts';

test('progress says which run it is, and how much of it is there', () => {
  const state = { at: 2, total: 5, name: 'bold-wolf', points: 0, bytes: 0 };
  expect(describeCopy(state)).toBe('2 of 5: bold-wolf');
  expect(describeCopy({ ...state, points: 1_200_000, bytes: 1_288_490_189 })).toBe(
    '2 of 5: bold-wolf · 1,200,000 points · 1.2 GB',
  );
  expect(describeCopy({ ...state, at: 1, total: 1 })).toBe('bold-wolf');
});

test('the result names one run, counts several, and says what is missing', () => {
  expect(copyResult(['a'], 'wine', [])).toBe("Copied run 'a' to wine.");
  expect(copyResult(['a', 'b'], 'wine', ['x'])).toBe('Copied 2 runs to wine. 1 thing could not be copied.');
});

import { expect, test } from 'vitest';
import { stepNumber } from '../../../webview/runForm/stepNumber.ts';

test.each([
  ['3', 1, '4'],
  ['0', -1, '-1'],
  ['-1', 1, '0'],
  ['0.05', 1, '0.06'],
  ['0.10', -1, '0.09'],
  [' 0.3 ', -1, '0.2'],
  ['9.9', 1, '10.0'],
  ['1e-3', 1, undefined],
  ['much', 1, undefined],
  ['', 1, undefined],
] as const)('%j goes by %i to %j', (text, direction, next) => {
  expect(stepNumber(text, direction)).toBe(next);
});

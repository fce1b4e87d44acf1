import { expect, test } from 'vitest';
import { statusOf } from '../../src/runner/runStatus.ts';

test.each([
  [0, false, 'FINISHED'],
  [1, false, 'FAILED'],
  [139, false, 'FAILED'],
  [137, false, 'KILLED'],
  [143, false, 'KILLED'],
  [130, false, 'KILLED'],
  [0, true, 'KILLED'],
] as const)('exit code %i, stopped: %s → %s', (code, stopped, status) => {
  expect(statusOf({ code, stopped })).toBe(status);
});

import { expect, test } from 'vitest';
import { quoteKey } from '../../../src/views/runsTable/columnIds.ts';

test('keys are quoted where MLflow’s search language asks for it', () => {
  expect(quoteKey('metrics.rmse')).toBe('metrics.rmse');
  expect(quoteKey('metrics.val/rmse')).toBe('metrics.`val/rmse`');
  expect(quoteKey('params.a `b`')).toBe('params."a `b`"');
});

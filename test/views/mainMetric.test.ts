import { expect, test } from 'vitest';
import { mainMetric } from '../../src/views/mainMetric.ts';
import { metric, run } from './sampleRun.ts';

test.each([
  [['rmse'], 'rmse'],
  [['epoch_time', 'rmse'], 'rmse'],
  [['loss', 'val_loss'], 'val_loss'],
  [['train/loss', 'val/loss'], 'val/loss'],
  [['b', 'a'], 'a'],
  [['mae', 'rmse'], 'rmse'],
  [['rmse', 'val_accuracy'], 'val_accuracy'],
  [['system/cpu_utilization', 'zeta'], 'zeta'],
  [['latest_build', 'mae'], 'mae'],
])('of %j the main metric is %s', (keys, main) => {
  expect(mainMetric(run({ metrics: keys.map((key) => metric(key, 1)) }).data.metrics)?.key).toBe(main);
});

test('a run with system metrics only has no main metric', () => {
  expect(mainMetric(run({ metrics: [metric('system/cpu', 1)] }).data.metrics)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { isSortable, orderBy } from '../../../src/views/runsTable/order.ts';

test('what a table is sorted by is MLflow’s order, the newest runs first after it', () => {
  expect(orderBy([{ id: 'metrics.val/rmse', descending: true }])).toEqual([
    'metrics.`val/rmse` DESC',
    'attributes.start_time DESC',
  ]);
});

test('a server orders by what it knows', () => {
  expect(isSortable('attributes.duration')).toBe(false);
  expect(isSortable('attributes.start_time')).toBe(true);
  expect(isSortable('tags.team')).toBe(true);
});

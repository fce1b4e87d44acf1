import { describe, expect, test } from 'vitest';
import {
  ALL_RUNS,
  describeListing,
  isAllRuns,
  listingSearch,
  readListing,
} from '../../../src/views/tree/runListing.ts';

describe('which runs are listed', () => {
  test('all of them, the newest first, unless somebody chose', () => {
    expect(isAllRuns(ALL_RUNS)).toBe(true);
    expect(listingSearch(ALL_RUNS)).toEqual({ orderBy: ['attributes.start_time DESC'], viewType: 'ACTIVE_ONLY' });
    expect(describeListing(ALL_RUNS)).toBe('');
  });

  test('by filter, user, order and stage', () => {
    const listing = {
      filter: ' metrics.rmse < 1 ',
      user: "o'hara",
      order: { by: 'metrics.`val/rmse`', ascending: true },
      deleted: true,
    };
    expect(isAllRuns(listing)).toBe(false);
    expect(listingSearch(listing)).toEqual({
      filter: `metrics.rmse < 1 and attributes.user_id = "o'hara"`,
      orderBy: ['metrics.`val/rmse` ASC', 'attributes.start_time DESC'],
      viewType: 'DELETED_ONLY',
    });
    expect(describeListing(listing)).toBe('deleted · mine · metrics.rmse < 1 · by metrics.val/rmse ↑');
  });

  test('what was kept is read as far as it is a listing', () => {
    const grouped = { ...ALL_RUNS, group: 'params.`alpha`' };
    expect(readListing(JSON.parse(JSON.stringify(grouped)))).toEqual(grouped);
    expect(isAllRuns(grouped)).toBe(true);
    expect(describeListing(grouped)).toBe('grouped by params.alpha');
    const listing = { filter: 'a', order: { by: 'b', ascending: false }, user: 'c', deleted: true };
    expect(readListing(JSON.parse(JSON.stringify(listing)))).toEqual(listing);
    expect(readListing(undefined)).toEqual(ALL_RUNS);
    expect(readListing({ filter: 1, order: 'x', user: null, deleted: 'yes' })).toEqual(ALL_RUNS);
  });
});

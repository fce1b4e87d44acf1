import type { Run } from '../entities/run.ts';
import type { RunStore } from '../tracking/store.ts';

/** All runs of experiments, deleted ones too, page by page. */
export async function* allRuns(tracking: RunStore, experimentIds: readonly string[]): AsyncGenerator<Run> {
  let pageToken: string | undefined;
  do {
    const page = await tracking.searchRuns({ experimentIds, viewType: 'ALL', pageToken });
    yield* page.items;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

import fs from 'node:fs';
import path from 'node:path';
import { searchRuns } from './operations.ts';
import type { ServerPlace } from './serverProcess.ts';
import type { GeneratedStore } from './stores.ts';
import { timeToAnswer } from './timeToAnswer.ts';

/** A cache without any index. */
export function newCache(folder: string): string {
  return fs.mkdtempSync(path.join(folder, 'cache-'));
}

/** A store with the index that a server has made of it. */
export async function indexed({ root, experimentIds }: GeneratedStore, folder: string): Promise<ServerPlace> {
  const place = { store: root, cache: newCache(folder) };
  await timeToAnswer(place, searchRuns(experimentIds, { max_results: 1 }));
  return place;
}

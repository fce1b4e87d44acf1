import { MlflowError } from '../entities/error.ts';
import type { KnownRuns, RunSearch, RunStore, StoreInsight } from '../tracking/store.ts';
import { readPage, readRun, searchJson } from './json.ts';
import type { Rest } from './rest.ts';

const PATH = '/api/mlflow-workbench/runs/search';

/** Our own servers answer with what they know so far; others are asked to wait for all. */
export function knownRunSearch(rest: Rest, tracking: RunStore): StoreInsight['searchKnownRuns'] {
  let isOurs = true;
  return async (search) => {
    const known = isOurs ? await searchKnown(rest, search) : undefined;
    if (known) return known;
    const found = await tracking.searchRuns(search);
    isOurs = false; // it was not the search that it could not answer
    return found;
  };
}

/** @returns nothing where the server does not understand; some answer whatever they do not know with a page. */
async function searchKnown(rest: Rest, search: RunSearch): Promise<KnownRuns | undefined> {
  const { experimentIds, viewType, ...options } = search;
  const body = { experiment_ids: experimentIds, run_view_type: viewType, ...searchJson(options) };
  try {
    const reply = await rest.message('POST', PATH, { body });
    if (!reply.has('total')) return undefined;
    const reading = reply.message('reading');
    return {
      ...readPage(reply, 'runs', readRun),
      total: reply.number('total'),
      ...(reply.has('reading') && { reading: { done: reading.number('done'), total: reading.number('total') } }),
    };
  } catch (error) {
    if (error instanceof MlflowError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

import type { Run } from '../entities/run.ts';
import type { RunStore } from '../tracking/store.ts';

const PAGE = 1_000;

/** Runs with all that are nested in them, parents before children, each once. */
export async function withNestedRuns(tracking: RunStore, runs: readonly Run[]): Promise<readonly Run[]> {
  const all = new Map<string, Run>();
  let level = runs;
  while (level.length > 0) {
    const fresh = level.filter(({ info }) => !all.has(info.runId));
    for (const run of fresh) all.set(run.info.runId, run);
    level = (await Promise.all(fresh.map((run) => childrenOf(tracking, run)))).flat();
  }
  return parentsFirst([...all.values()]);
}

async function childrenOf(tracking: RunStore, { info }: Run): Promise<readonly Run[]> {
  const filter = `tags.\`mlflow.parentRunId\` = '${info.runId}'`;
  const children: Run[] = [];
  let pageToken: string | undefined;
  do {
    const search = { experimentIds: [info.experimentId], filter, maxResults: PAGE, pageToken };
    const page = await tracking.searchRuns(search);
    children.push(...page.items);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return children;
}

/** A child may have been named before its parent. */
function parentsFirst(runs: readonly Run[]): readonly Run[] {
  const left = new Map(runs.map((run) => [run.info.runId, run]));
  const ordered: Run[] = [];
  const take = (run: Run) => {
    if (!left.delete(run.info.runId)) return;
    const parent = left.get(run.data.tags.get('mlflow.parentRunId') ?? '');
    if (parent) take(parent);
    ordered.push(run);
  };
  for (const run of runs) take(run);
  return ordered;
}

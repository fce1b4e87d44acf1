import { MlflowError } from '../../../entities/error.ts';
import type { Run } from '../../../entities/run.ts';
import { childFilter, parentRunId, type RunFamily, runLink } from '../../../views/runDetails/family.ts';
import type { Connection } from '../../services/connections.ts';

/** Children that are listed: the newest ones. */
const LISTED = 100;

export async function readFamily(connection: Connection, run: Run): Promise<RunFamily> {
  const { runId, experimentId } = run.info;
  const [parent, children] = await Promise.all([
    readParent(connection, parentRunId(run)),
    connection.searchKnownRuns({
      experimentIds: [experimentId],
      filter: childFilter(runId),
      orderBy: ['attributes.start_time DESC'],
      maxResults: LISTED,
    }),
  ]);
  return {
    parent: parent && runLink(parent),
    children: children.items.map(runLink),
    hasMore: children.nextPageToken !== undefined,
  };
}

/** The tag may name a run that is not there any more. */
async function readParent(connection: Connection, runId: string | undefined): Promise<Run | undefined> {
  if (runId === undefined) return undefined;
  try {
    return await connection.tracking.getRun(runId);
  } catch (error) {
    if (error instanceof MlflowError) return undefined;
    throw error;
  }
}

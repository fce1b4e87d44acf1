import type { Run } from '../../entities/run.ts';
import type { Connection, Connections } from '../services/connections.ts';

/** A run and the server that it lives on. */
export interface FoundRun {
  readonly connection: Connection;
  readonly run: Run;
}

const EXPERIMENTS = 1_000;
const NEWEST = ['attributes.start_time DESC'];

export interface RunQuestion {
  /** MLflow's search language. */
  readonly filter?: string | undefined;
  /** Name of the experiment; all when absent. */
  readonly experiment?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly maxResults: number;
}

/** Searches the runs of all servers. @throws INVALID_PARAMETER_VALUE with MLflow's message for a wrong filter */
export async function findRuns(connections: Connections, question: RunQuestion): Promise<readonly FoundRun[]> {
  const { filter, experiment, orderBy, maxResults } = question;
  const found = connections.all().map(async (connection): Promise<FoundRun[]> => {
    const experimentIds = await experimentIdsOf(connection, experiment);
    if (experimentIds.length === 0) return [];
    const order = orderBy === undefined ? NEWEST : [orderBy, ...NEWEST];
    const { items } = await connection.tracking.searchRuns({ experimentIds, filter, orderBy: order, maxResults });
    return items.map((run) => ({ connection, run }));
  });
  return (await Promise.all(found)).flat().slice(0, maxResults);
}

/** A run by its id, the beginning of it, or its name: the newest of that name. @throws an Error where there is none */
export async function findRun(connections: Connections, name: string): Promise<FoundRun> {
  for (const connection of /^[0-9a-f]{32}$/.test(name) ? connections.all() : []) {
    const run = await connection.tracking.getRun(name).catch(() => undefined); // lives on another server
    if (run) return { connection, run };
  }
  // MLflow's strings have no escapes: a name with both quotes cannot be searched for.
  const quote = name.includes("'") ? '"' : "'";
  const [named] = name.includes(quote)
    ? []
    : await findRuns(connections, { filter: `attributes.run_name = ${quote}${name}${quote}`, maxResults: 1 });
  const [begun] =
    named || !/^[0-9a-f]{4,}$/.test(name)
      ? [named]
      : await findRuns(connections, { filter: `attributes.run_id LIKE '${name}%'`, maxResults: 1 });
  if (!begun) throw new Error(`There is no run '${name}'.`);
  return begun;
}

async function experimentIdsOf({ tracking }: Connection, name: string | undefined): Promise<readonly string[]> {
  if (name !== undefined) {
    const experiment = await tracking.getExperimentByName(name);
    return experiment?.lifecycleStage === 'active' ? [experiment.experimentId] : [];
  }
  const { items } = await tracking.searchExperiments({ maxResults: EXPERIMENTS });
  return items.map(({ experimentId }) => experimentId);
}

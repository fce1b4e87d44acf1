import { window } from 'vscode';
import type { Experiment } from '../../entities/experiment.ts';
import type { Page } from '../../entities/page.ts';
import type { Run } from '../../entities/run.ts';
import type { Connection } from '../services/connections.ts';
import { type DoomedOfConnection, purge } from '../services/purge.ts';
import { ExperimentNode } from '../trees/experimentNode.ts';
import { StoreNode } from '../trees/storeNode.ts';
import type { CommandContext } from './command.ts';

const PAGE = 1_000;

/** Deletes for good whatever is deleted: of an experiment, of a store, or of all that are open. */
export async function emptyDeleted(context: CommandContext, target: unknown): Promise<void> {
  const doomed = await window.withProgress({ location: { viewId: 'mlflow.experiments' } }, () =>
    Promise.all(wholes(context, target).map(collect)),
  );
  const some = doomed.filter(({ runs, experiments }) => runs.length + experiments.length > 0);
  if (some.length > 0) await purge(some);
  else void window.showInformationMessage('Nothing is deleted here.');
}

interface Whole {
  readonly connection: Connection;
  /** All of the server's when absent. */
  readonly experiment?: Experiment | undefined;
}

function wholes({ connections }: CommandContext, target: unknown): readonly Whole[] {
  if (target instanceof ExperimentNode) return [target];
  if (target instanceof StoreNode) return [{ connection: target.connection }];
  return connections.all().map((connection) => ({ connection }));
}

async function collect({ connection, experiment }: Whole): Promise<DoomedOfConnection> {
  const { tracking } = connection;
  const among = experiment
    ? [experiment]
    : await allPages((pageToken) => tracking.searchExperiments({ viewType: 'ALL', maxResults: PAGE, pageToken }));
  const isDeleted = ({ lifecycleStage }: Experiment) => lifecycleStage === 'deleted';
  const experimentIds = among.filter((it) => !isDeleted(it)).map((it) => it.experimentId);
  const search = { experimentIds, viewType: 'DELETED_ONLY', maxResults: PAGE } as const;
  const runs: readonly Run[] =
    experimentIds.length === 0 ? [] : await allPages((pageToken) => tracking.searchRuns({ ...search, pageToken }));
  return { connection, runs, experiments: among.filter(isDeleted) };
}

async function allPages<T>(read: (pageToken: string | undefined) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let pageToken: string | undefined;
  do {
    const page = await read(pageToken);
    for (const item of page.items) items.push(item);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return items;
}

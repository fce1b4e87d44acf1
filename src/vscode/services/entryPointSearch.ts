import path from 'node:path';
import type { Uri } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { projectSources } from '../../runner/project/projectSources.ts';
import { entryPointFilter } from '../../views/entryPointFilter.ts';
import type { Connection } from './connections.ts';

const EXPERIMENTS = 1_000;
/** Repositories do not come and go while a file is open: ms for which the names of a project count. */
const FRESH = 60_000;

export interface FoundRuns {
  /** The newest ones first. */
  readonly runs: readonly Run[];
  readonly total: number;
  /** There are more than `total`. */
  readonly isMore: boolean;
}

/** Finds the runs of the entry points of one MLproject file. */
export class EntryPointSearch {
  readonly #folder: string;
  #sources: { readonly at: number; readonly names: Promise<readonly string[]> } | undefined;

  /** @param file the MLproject file */
  constructor(file: Uri) {
    this.#folder = path.dirname(file.fsPath);
  }

  /** @param limit of the runs that are read; all are counted, where the server tells how many there are */
  async find(connection: Connection, entryPoints: readonly string[], limit: number): Promise<readonly FoundRuns[]> {
    const experiments = await connection.tracking.searchExperiments({ maxResults: EXPERIMENTS });
    const experimentIds = experiments.items.map(({ experimentId }) => experimentId);
    const sources = await this.#names();
    return Promise.all(
      entryPoints.map(async (entryPoint) => {
        if (experimentIds.length === 0) return { runs: [], total: 0, isMore: false };
        const pages = await Promise.all(
          sources.map((source) =>
            connection.searchKnownRuns({
              experimentIds,
              filter: entryPointFilter(source, entryPoint),
              maxResults: limit,
              orderBy: ['attributes.start_time DESC'],
            }),
          ),
        );
        const runs = pages.flatMap(({ items }) => items).sort((a, b) => startOf(b) - startOf(a));
        return {
          runs: runs.slice(0, limit),
          total: pages.reduce((sum, { total, items }) => sum + (total ?? items.length), 0),
          isMore: pages.some(({ total, nextPageToken }) => total === undefined && nextPageToken !== undefined),
        };
      }),
    );
  }

  #names(): Promise<readonly string[]> {
    if (!this.#sources || Date.now() - this.#sources.at > FRESH) {
      this.#sources = { at: Date.now(), names: projectSources(this.#folder) };
    }
    return this.#sources.names;
  }
}

function startOf({ info }: Run): number {
  return info.startTime ?? 0;
}

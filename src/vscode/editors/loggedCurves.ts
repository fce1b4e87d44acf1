import path from 'node:path';
import { type TextDocument, workspace } from 'vscode';
import type { Run } from '../../entities/run.ts';
import type { RunCurve } from '../../views/inlineChart.ts';
import { runsOfFile } from '../../views/loggedMetrics.ts';
import type { Connection, RunReference } from '../services/connections.ts';
import { readCurve } from '../services/runCurve.ts';
import type { Services } from '../services.ts';

/** Runs that are looked at for those of a file, and curves that are drawn of one metric. */
const [LOOKED_AT, DRAWN] = [100, 5];
/** Curves that are kept, so that only those that went on are read again. */
const KEPT = 500;
const EXPERIMENTS = 1_000;

/** A curve that leads to its run. */
export type LinkedCurve = RunCurve & { readonly reference: RunReference };

/** The runs that a document made, newest first, and where they are. */
export interface LoggedRuns {
  readonly connection: Connection;
  readonly runs: readonly Run[];
  /** Runs of the experiments that the document names, where it names one. */
  readonly total: number | undefined;
}

/** Reads what runs have logged from a document. */
export class LoggedCurves {
  readonly #services: Services;
  readonly #curves = new Map<string, Promise<LinkedCurve>>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** @param experiments names that stand in the document; none for all there are. @returns nothing without a server */
  async runsOf(document: TextDocument, experiments: readonly string[]): Promise<LoggedRuns | undefined> {
    const connection = this.#connectionOf(document);
    if (!connection) return undefined;
    const experimentIds = await experimentIdsOf(connection, experiments);
    if (experimentIds.length === 0) return { connection, runs: [], total: undefined };
    const orderBy = ['attributes.start_time DESC'];
    const known = await connection.searchKnownRuns({ experimentIds, orderBy, maxResults: LOOKED_AT });
    const isNotebook = document.uri.scheme === 'vscode-notebook-cell';
    const runs = runsOfFile(known.items, { path: document.uri.fsPath.split(path.sep).join('/'), isNotebook });
    return { connection, runs, total: experiments.length > 0 ? known.total : undefined };
  }

  /** The curves of the latest runs that have a metric, newest first. */
  curvesOf({ connection, runs }: LoggedRuns, key: string): Promise<readonly LinkedCurve[]> {
    const having = runs.filter(({ data }) => data.metrics.has(key)).slice(0, DRAWN);
    return Promise.all(having.map((run) => this.#curveOf(connection, run, key)));
  }

  #curveOf(connection: Connection, run: Run, key: string): Promise<LinkedCurve> {
    const { step, timestamp, value } = run.data.metrics.get(key) ?? {};
    const name = [connection.id, run.info.runId, key, step, timestamp, value].join('\n');
    const known = this.#curves.get(name);
    const reference = { connectionId: connection.id, experimentId: run.info.experimentId, runId: run.info.runId };
    const curve = known ?? readCurve(connection, run, key).then((read) => ({ ...read, reference }));
    // The last ones used stay.
    this.#curves.delete(name);
    this.#curves.set(name, curve);
    curve.catch(() => this.#curves.delete(name));
    for (const oldest of this.#curves.keys()) {
      if (this.#curves.size <= KEPT) break;
      this.#curves.delete(oldest);
    }
    return curve;
  }

  #connectionOf({ uri }: TextDocument): Connection | undefined {
    const { connections, servers } = this.#services;
    const file = uri.scheme === 'vscode-notebook-cell' ? uri.with({ scheme: 'file', fragment: '' }) : uri;
    const folder = workspace.getWorkspaceFolder(file);
    return (folder && servers.of(folder.uri)?.connection) ?? connections.all()[0];
  }
}

async function experimentIdsOf({ tracking }: Connection, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) {
    const all = await tracking.searchExperiments({ maxResults: EXPERIMENTS });
    return all.items.map(({ experimentId }) => experimentId);
  }
  const named = await Promise.all(names.map((name) => tracking.getExperimentByName(name)));
  return named.flatMap((experiment) => (experiment?.lifecycleStage === 'active' ? experiment.experimentId : []));
}

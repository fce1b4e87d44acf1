import { COPIED_FROM } from '../entities/copiedFrom.ts';
import type { Run } from '../entities/run.ts';
import { copyArtifacts } from './copyArtifacts.ts';
import { copyHistories } from './copyHistories.ts';
import { copyLoggedModels, copyRecordedModels } from './copyModels.ts';
import { logTolerantly } from './logTolerantly.ts';
import { Transfer, type TransferPlace, type TransferProgress } from './place.ts';

/** Params that MLflow takes at once. */
const PARAMS = 100;
const PARENT = 'mlflow.parentRunId';
/** Told to the copy in another way. */
const OWN_WAY = new Set([PARENT, 'mlflow.log-model.history']);

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
  /** The copies of runs that were copied before, by the ids of those: a copied child of one is a child of its copy. */
  readonly copies?: ReadonlyMap<string, string> | undefined;
}

export interface CopiedRun {
  readonly runId: string;
  /** What could not be copied, with the reason: files that are not there, models that the other server knows nothing of. */
  readonly missing: readonly string[];
}

/**
 * Copies a run into an experiment of any server, with all points of its metrics, datasets, models and artifacts. A copy
 * that fails or is stopped is deleted.
 */
export async function copyRun(
  from: TransferPlace,
  runId: string,
  to: TransferPlace,
  experimentId: string,
  options: CopyOptions = {},
): Promise<CopiedRun> {
  options.signal?.throwIfAborted();
  const run = await from.tracking.getRun(runId);
  const { runName, userId, startTime, status, endTime } = run.info;
  const tags = tagsOfCopy(from, run, options.copies ?? new Map());
  const copy = await to.tracking.createRun({ experimentId, userId, runName, startTime, tags });
  const copyId = copy.info.runId;
  const transfer = new Transfer(from, to, options);
  try {
    await copyParams(transfer, run, copyId);
    if (run.datasetInputs.length > 0) await to.tracking.logInputs(copyId, run.datasetInputs, []);
    await copyHistories(transfer, run, copyId);
    await copyArtifacts(transfer, from.artifacts.open(`runs:/${runId}`), to.artifacts.open(copy.info.artifactUri));
    await copyRecordedModels(transfer, run, copyId);
    await copyLoggedModels(transfer, run, copyId, experimentId);
    // Nobody goes on with the copy of a run that goes on.
    const isOver = status !== 'RUNNING' && status !== 'SCHEDULED';
    await to.tracking.updateRun(copyId, { status: isOver ? status : 'KILLED', endTime: endTime ?? Date.now() });
  } catch (error) {
    await to.tracking.deleteRun(copyId).catch(() => undefined); // nobody answers any more
    throw error;
  }
  return { runId: copyId, missing: transfer.missing };
}

function tagsOfCopy({ url }: TransferPlace, run: Run, copies: ReadonlyMap<string, string>): Map<string, string> {
  const kept = [...run.data.tags].filter(([key]) => !OWN_WAY.has(key));
  const parent = copies.get(run.data.tags.get(PARENT) ?? '');
  return new Map([
    ...kept,
    [COPIED_FROM.run, run.info.runId],
    [COPIED_FROM.server, withoutSecrets(url)],
    ...(parent === undefined ? [] : [[PARENT, parent] as const]),
  ]);
}

/** Names and passwords that stand in a URL are not for everybody who sees the copy. */
function withoutSecrets(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return '';
  return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
}

async function copyParams(transfer: Transfer, run: Run, copyId: string): Promise<void> {
  const all = [...run.data.params].map(([key, value]) => ({ key, value }));
  for (let at = 0; at < all.length; at += PARAMS) {
    transfer.signal?.throwIfAborted();
    const some = all.slice(at, at + PARAMS);
    await logTolerantly(transfer, some, (params) => transfer.to.tracking.logBatch(copyId, { params }));
  }
}

import { env, ProgressLocation, window } from 'vscode';
import { MlflowError } from '../../entities/error.ts';
import type { ModelVersion } from '../../entities/registeredModel.ts';
import {
  type Doomed,
  describeDoomed,
  gcCommand,
  purgeDetail,
  purgeResult,
  versionsOf,
} from '../../views/tree/purge.ts';
import type { Connection } from './connections.ts';

export interface DoomedOfConnection extends Doomed {
  readonly connection: Connection;
}

/** Runs that are measured with one request. */
const MEASURED = 200;
/** Registered versions that are looked through for those that come from what goes. */
const VERSIONS = { page: 1_000, pages: 10 };

interface Measured {
  readonly bytes: number;
  readonly runIds: ReadonlySet<string>;
}

/** Deletes runs and experiments for good, after a question that says what goes; can be stopped between two of them. */
export async function purge(doomed: readonly DoomedOfConnection[]): Promise<void> {
  const what = describeDoomed(doomed);
  const measured = await window.withProgress({ location: { viewId: 'mlflow.experiments' } }, () => measureAll(doomed));
  if (!measured) return;
  const { sizes, versions } = measured;
  const runs = sizes.reduce((sum, { runIds }) => sum + runIds.size, 0);
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  const outputs = doomed.flatMap((part) => part.runs.flatMap(({ modelOutputs }) => modelOutputs));
  const models = new Set(outputs.map(({ modelId }) => modelId)).size;
  const detail = purgeDetail({ runs, bytes, versions, models });
  const answer = 'Delete Permanently';
  const asked = await window.showWarningMessage(`Delete ${what} permanently?`, { modal: true, detail }, answer);
  if (asked === answer) await purgeAll(doomed, what, bytes);
}

/** @returns nothing where a server cannot be asked: then the user was told what to do instead. */
async function measureAll(doomed: readonly DoomedOfConnection[]) {
  const [sizes, versions]: [Measured[], ModelVersion[]] = [[], []];
  for (const part of doomed) {
    const size = await measure(part).catch((error: unknown) => {
      if (!(error instanceof MlflowError) || error.code !== 'NOT_IMPLEMENTED') throw error;
      void offerCommand(part);
    });
    if (!size) return undefined;
    sizes.push(size);
    versions.push(...versionsOf(await allVersions(part.connection), size.runIds));
  }
  return { sizes, versions };
}

async function measure({ connection: { tracking }, runs, experiments }: DoomedOfConnection): Promise<Measured> {
  let bytes = 0;
  const runIds = new Set(runs.map(({ info }) => info.runId));
  const ids = [...runIds];
  for (let at = 0; at < ids.length; at += MEASURED) {
    for (const usage of await tracking.measureRuns(ids.slice(at, at + MEASURED))) bytes += usage.bytes;
  }
  for (const { experimentId } of experiments) {
    const usage = await tracking.measureExperiment(experimentId);
    bytes += usage.bytes;
    for (const { runId } of usage.runs) runIds.add(runId);
  }
  return { bytes, runIds };
}

async function allVersions({ registry }: Connection): Promise<readonly ModelVersion[]> {
  const versions: ModelVersion[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < VERSIONS.pages; page++) {
    const found = await registry.searchModelVersions({ maxResults: VERSIONS.page, pageToken });
    versions.push(...found.items);
    pageToken = found.nextPageToken;
    if (pageToken === undefined) break;
  }
  return versions;
}

async function offerCommand(doomed: DoomedOfConnection): Promise<void> {
  const { label, url } = doomed.connection;
  const message = `${label} deletes permanently only by MLflow's own command, where its store can be reached: mlflow gc.`;
  const answer = await window.showInformationMessage(message, 'Copy Command');
  if (answer) await env.clipboard.writeText(gcCommand(url, doomed));
}

async function purgeAll(doomed: readonly DoomedOfConnection[], what: string, bytes: number): Promise<void> {
  const steps = doomed.flatMap(({ connection: { tracking }, runs, experiments }) => [
    ...experiments.map(({ name, experimentId }) => ({ name, run: () => tracking.purgeExperiment(experimentId) })),
    ...runs.map(({ info }) => ({ name: info.runName, run: () => tracking.purgeRun(info.runId) })),
  ]);
  const leftBehind: string[] = [];
  let done = 0;
  const options = { location: ProgressLocation.Notification, title: `Deleting ${what}`, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    for (const { name, run } of steps) {
      if (token.isCancellationRequested) return;
      progress.report({
        message: `${done + 1} of ${steps.length}: ${name}`,
        increment: done === 0 ? 0 : 100 / steps.length,
      });
      leftBehind.push(...(await run()).leftBehind);
      done += 1;
    }
  });
  if (done < steps.length) {
    void window.showInformationMessage(`Stopped: ${done} of ${steps.length} were deleted permanently.`);
    return;
  }
  void tellResult(purgeResult(what, bytes, leftBehind), leftBehind);
}

async function tellResult(message: string, leftBehind: readonly string[]): Promise<void> {
  if (leftBehind.length === 0) {
    await window.showInformationMessage(message);
    return;
  }
  const answer = await window.showWarningMessage(message, 'Copy Places');
  if (answer) await env.clipboard.writeText(leftBehind.join('\n'));
}

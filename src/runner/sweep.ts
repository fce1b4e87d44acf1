import { setTimeout as sleep } from 'node:timers/promises';
import type { Run, RunStatus } from '../entities/run.ts';
import type { TrackingStore } from '../tracking/store.ts';
import { quote } from './command/shellQuote.ts';
import type { Exit } from './process.ts';
import { projectTags } from './project/projectTags.ts';

/** ms between two looks whether the first run has begun. */
const LOOK = 200;

export interface SweepOptions {
  /** The project's folder, or what else `run` takes. */
  readonly uri: string;
  readonly entryPoint: string;
  /** Parameter → what the user wrote, such as `0.1, 0.2`: the params of the parent run. */
  readonly texts: ReadonlyMap<string, string>;
  /** The parameters of each run. */
  readonly combinations: readonly ReadonlyMap<string, string>[];
  /** Runs at a time. */
  readonly jobs: number;
  readonly tracking: TrackingStore;
  readonly experimentId: string;
  readonly runName?: string | undefined;
  /** Runs the entry point to its end. */
  readonly start: (child: SweptRun) => Promise<Exit>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** One run of a sweep. */
export interface SweptRun {
  readonly parentRunId: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Its number, from 0. */
  readonly at: number;
  /** Ends it and all that it started. */
  readonly signal: AbortSignal;
}

export interface SweepResult {
  readonly parent: Run;
  readonly status: RunStatus;
  /** Numbers of runs that ended so. */
  readonly finished: number;
  readonly failed: number;
}

/**
 * Runs an entry point once for each combination of values, as child runs of one parent, `jobs` at a time. A run that fails
 * does not stop the others; in the end the parent is FAILED if any failed, KILLED if the sweep was stopped, else FINISHED.
 * The first run begins alone, so that the environment is made once; where it cannot even begin, there is no sweep.
 * @throws an Error where the first run does not begin
 */
export async function runSweep(options: SweepOptions): Promise<SweepResult> {
  const { combinations, jobs, tracking, signal, say, start } = options;
  const parent = await createParent(options);
  const parentRunId = parent.info.runId;
  say(`Sweep ${parent.info.runName} (${parentRunId}): ${combinations.length} runs of ${options.entryPoint}`);
  const exits: Exit[] = [];
  const running = new Set<Promise<Exit>>();
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const run = async (at: number) => {
    const child = start({ parentRunId, parameters: combinations[at] ?? new Map(), at, signal: stop });
    running.add(child);
    exits.push(await child);
    running.delete(child);
  };
  try {
    let next = 1;
    const work = async (): Promise<void> => {
      for (let at = next++; at < combinations.length && !stop.aborted; at = next++) await run(at);
    };
    const first = run(0);
    if (!(await hasBegun(options, parentRunId, first)) && !signal.aborted) {
      await first;
      throw new Error('The first run did not begin, so the others were not tried. What is above says why.');
    }
    await Promise.all([first.then(work), ...Array.from({ length: jobs - 1 }, work)]);
  } catch (error) {
    // Nobody would be there to see the others through.
    failure.abort();
    await Promise.allSettled(running);
    await endRuns(options, parentRunId, 'FAILED');
    if ((await childRuns(options, parentRunId, 1)).length === 0) await tracking.deleteRun(parentRunId);
    throw error;
  }
  const failed = exits.filter(({ code }) => code !== 0).length;
  const status = signal.aborted ? 'KILLED' : failed > 0 ? 'FAILED' : 'FINISHED';
  await endRuns(options, parentRunId, status);
  return { parent, status, finished: exits.length - failed, failed };
}

/**
 * The parent has no tag `mlflow.project.entryPoint`: it is no run of the entry point, and is not counted as one. Its
 * params are what the user wrote, quoted as those of other runs of projects.
 */
async function createParent(options: SweepOptions): Promise<Run> {
  const { tracking, experimentId, runName, uri, entryPoint, texts, combinations } = options;
  const source = await projectTags(uri);
  const grandparent = process.env.MLFLOW_RUN_ID;
  const parent = await tracking.createRun({
    experimentId,
    userId: source.get('mlflow.user'),
    runName,
    startTime: Date.now(),
    tags: new Map([
      ...source,
      ...(grandparent ? [['mlflow.parentRunId', grandparent] as const] : []),
      ['mlflow.project.backend', 'local'],
      ['mlflow_workbench.sweep.entryPoint', entryPoint],
      ['mlflow_workbench.sweep.runs', String(combinations.length)],
    ]),
  });
  await tracking.logBatch(parent.info.runId, {
    params: [...texts].map(([key, value]) => ({ key, value: quote(value) })),
  });
  return parent;
}

/** A run is made when its environment is there. @returns whether there was one before the program ended */
async function hasBegun(options: SweepOptions, parentRunId: string, first: Promise<void>): Promise<boolean> {
  let hasEnded = false;
  const note = () => {
    hasEnded = true;
  };
  first.then(note, note);
  for (;;) {
    const ended = hasEnded;
    if ((await childRuns(options, parentRunId, 1)).length > 0) return true;
    if (ended) return false;
    await sleep(LOOK);
  }
}

/** Also ends runs whose program was killed before it could do so. */
async function endRuns(options: SweepOptions, parentRunId: string, status: RunStatus): Promise<void> {
  const left = await childRuns(options, parentRunId, undefined, " and attributes.status = 'RUNNING'");
  for (const { info } of left) await endRun(options, info.runId, status === 'KILLED' ? 'KILLED' : 'FAILED');
  await endRun(options, parentRunId, status);
}

async function endRun({ tracking }: SweepOptions, runId: string, status: RunStatus): Promise<void> {
  await tracking.updateRun(runId, { status, endTime: Date.now() });
}

async function childRuns(
  { tracking, experimentId }: SweepOptions,
  parentRunId: string,
  maxResults?: number,
  more = '',
): Promise<readonly Run[]> {
  const filter = `tags.mlflow.parentRunId = '${parentRunId}'${more}`;
  return (await tracking.searchRuns({ experimentIds: [experimentId], filter, maxResults })).items;
}

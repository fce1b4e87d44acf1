import type { RegistryStore } from '../../../src/registry/store.ts';
import type { TrackingStore } from '../../../src/tracking/store.ts';

/** Keys that are hard to write down in a filter, and values that are hard to compare. */
export const KEYS = ['acc', 'val/loss', 'a.b', 'my key', 'größe', 'order', 'K-1', 'Acc'];
export const TEXTS = [
  '0.1',
  '1',
  'Hello World',
  'hello',
  '50%',
  'a_b',
  '',
  "it's",
  'a"b',
  'x\ny',
  'É',
  'éa',
  '10',
  'None',
];
const NUMBERS = [0, 1, -1, 0.5, 1e-3, 1e300, Number.NaN, Infinity, -Infinity, 1, 2, 0.5];
export const NAMES = ['first', 'First', 'second run', "it's", 'größe', '50%', 'a_b', 'zz'];
export const DATASETS = ['iris', 'Iris', 'my set'];
const STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;

export interface Recorded {
  readonly experimentIds: readonly string[];
  readonly runIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly traceIds: readonly string[];
}

/** A generator of numbers below a limit that gives the same ones for the same seed (mulberry32). */
export type Random = (limit: number) => number;

export function seeded(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

export function pick<T>(random: Random, items: readonly T[]): T {
  if (items.length === 0) throw new Error('nothing to pick from');
  return items[random(items.length)] as T;
}

function some<T>(random: Random, items: readonly T[]): T[] {
  return items.filter(() => random(2) === 0);
}

function pairs(random: Random): Map<string, string> {
  return new Map(some(random, KEYS).map((key) => [key, pick(random, TEXTS)]));
}

/** Fills stores with what searches can find: gaps, ties, deleted ones, NaN and infinities. */
export async function recordData(tracking: TrackingStore, registry: RegistryStore, random: Random): Promise<Recorded> {
  const experimentIds: string[] = ['0'];
  for (const name of NAMES) {
    const experimentId = await tracking.createExperiment({ name: `${name} exp`, tags: pairs(random) });
    experimentIds.push(experimentId);
    // Times are told apart by MLflow in ms.
    await new Promise((resolve) => setTimeout(resolve, random(3)));
  }
  const runIds: string[] = [];
  const [first = '0', second = '0', deleted = '0'] = experimentIds;
  for (let at = 0; at < 24; at++) runIds.push(await recordRun(tracking, pick(random, [first, first, second]), random));
  const modelIds: string[] = [];
  for (let at = 0; at < 12; at++) {
    modelIds.push(await recordModel(tracking, pick(random, [first, second]), pick(random, runIds), random));
  }
  const traceIds: string[] = [];
  for (let at = 0; at < 14; at++) traceIds.push(await recordTrace(tracking, pick(random, [first, second]), at, random));
  for (const runId of runIds.filter(() => random(6) === 0)) await tracking.deleteRun(runId);
  await recordRegistry(registry, runIds, random);
  await tracking.deleteExperiment(deleted);
  return { experimentIds, runIds, modelIds, traceIds };
}

async function recordRun(tracking: TrackingStore, experimentId: string, random: Random): Promise<string> {
  const { info } = await tracking.createRun({
    experimentId,
    runName: pick(random, NAMES),
    userId: pick(random, ['me', 'you', '']),
    startTime: 1_000 * random(5),
    tags: pairs(random),
  });
  const metrics = some(random, KEYS).map((key) => ({
    key,
    value: pick(random, NUMBERS),
    timestamp: 1,
    step: random(3),
  }));
  await tracking.logBatch(info.runId, { metrics, params: [...pairs(random)].map(([key, value]) => ({ key, value })) });
  for (const name of some(random, DATASETS)) {
    const dataset = {
      name,
      digest: pick(random, ['abc', '12345e67']),
      sourceType: 'local',
      source: '{}',
      schema: undefined,
      profile: undefined,
    };
    const tags = new Map(random(2) ? [['mlflow.data.context', pick(random, ['training', 'eval'])]] : []);
    await tracking.logInputs(info.runId, [{ dataset, tags }], []);
  }
  const endTime = random(3) ? 1_000 * random(9) : undefined;
  await tracking.updateRun(info.runId, { status: pick(random, STATUSES), endTime });
  return info.runId;
}

async function recordModel(
  tracking: TrackingStore,
  experimentId: string,
  runId: string,
  random: Random,
): Promise<string> {
  const { modelId } = await tracking.createLoggedModel({
    experimentId,
    name: pick(random, ['one', 'One', 'größe', 'my model']),
    modelType: pick(random, ['agent', 'regressor', undefined]),
    sourceRunId: random(2) ? runId : undefined,
    params: pairs(random),
    tags: pairs(random),
  });
  if (random(2)) await tracking.finalizeLoggedModel(modelId, 'LOGGED_MODEL_READY');
  if (random(8) === 0) await tracking.deleteLoggedModel(modelId);
  return modelId;
}

async function recordTrace(tracking: TrackingStore, experimentId: string, at: number, random: Random): Promise<string> {
  const { traceId } = await tracking.startTrace({
    traceId: `tr-${String(at).padStart(32, '0')}`,
    experimentId,
    clientRequestId: random(2) ? pick(random, TEXTS.slice(0, 6)) : undefined,
    requestTime: 1_000 * random(6),
    executionDuration: random(4) ? 10 * random(5) : 7,
    state: pick(random, ['OK', 'ERROR', 'IN_PROGRESS', 'STATE_UNSPECIFIED'] as const),
    metadata: new Map([...pairs(random), ...(random(2) ? [['mlflow.sourceRun', pick(random, NAMES)] as const] : [])]),
    tags: new Map([...pairs(random), ...(random(2) ? [['mlflow.traceName', pick(random, NAMES)] as const] : [])]),
  });
  return traceId;
}

async function recordRegistry(registry: RegistryStore, runIds: readonly string[], random: Random): Promise<void> {
  for (const name of ['alpha', 'Alpha', 'beta gamma', 'größe', 'a_b']) {
    await registry.createRegisteredModel({ name, tags: pairs(random) });
    for (let at = random(4); at > 0; at--) {
      await registry.createModelVersion({
        name,
        source: pick(random, ['s3://bucket/a', 's3://bucket/b_c', 's3://bucket/50%25']),
        runId: random(2) ? pick(random, runIds) : undefined,
        tags: pairs(random),
      });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  await registry.createRegisteredModel({ name: 'a prompt', tags: new Map([['mlflow.prompt.is_prompt', 'true']]) });
}

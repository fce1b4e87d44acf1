import path from 'node:path';
import { openArtifactRepositories } from '../../src/artifacts/openArtifactRepositories.ts';
import type { ArtifactRepositories, ArtifactRepository } from '../../src/artifacts/repository.ts';
import type { StoreProblem } from '../../src/entities/change.ts';
import { isTemporary, readFolder, readText } from '../../src/files/read.ts';
import { openFileRegistryStore } from '../../src/registry/file/fileRegistryStore.ts';
import type { RegistryStore } from '../../src/registry/store.ts';
import { openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';

/** What a server serves, over files or over the network. */
export interface Stores {
  readonly tracking: TrackingStore;
  readonly registry: RegistryStore;
  readonly artifacts: ArtifactRepositories;
}

export interface FileStores extends Stores {
  problems(): Promise<readonly StoreProblem[]>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly isReadOnly?: boolean;
  readonly indexFile?: string;
}

/** The stores of a folder: `store/` and `artifacts/` below it. */
export async function openFileStores(folder: string, options: OpenOptions = {}): Promise<FileStores> {
  const root = path.join(folder, 'store');
  const artifactsDestination = path.join(folder, 'artifacts');
  const proxied = { artifactRoot: 'mlflow-artifacts:/', artifactsDestination };
  const tracking = await openFileTrackingStore({ root, ...proxied, ...options });
  const registry = await openFileRegistryStore({ root, lookup: tracking, isReadOnly: options.isReadOnly });
  const artifacts = openArtifactRepositories({ destination: artifactsDestination, storeRoot: root });
  return { tracking, registry, artifacts, problems: () => tracking.problems(), close: () => tracking.close() };
}

/** All that stores show, as plain data: by names, since what is made anew has new ids. Times of changes are left out. */
export async function showAll({ tracking, registry, artifacts }: Stores): Promise<Shown> {
  const { items: experiments } = await tracking.searchExperiments({ viewType: 'ALL' });
  const ids = experiments.map(({ experimentId }) => experimentId);
  const { items: runs } = await tracking.searchRuns({ experimentIds: ids, viewType: 'ALL', orderBy: ['run_id'] });
  const active = experiments.filter(({ lifecycleStage }) => lifecycleStage === 'active');
  const activeIds = active.map(({ experimentId }) => experimentId);
  const { items: models } = await tracking.searchLoggedModels({ experimentIds: activeIds, maxResults: 1_000 });
  const { items: traces } = await tracking.searchTraces({ experimentIds: ids, maxResults: 500 });
  const { items: registered } = await registry.searchRegisteredModels({ maxResults: 1_000 });
  const { items: versions } = await registry.searchModelVersions({});
  return {
    experiments: byName(experiments.map((item) => [item.name, item])),
    runs: byName(
      await Promise.all(
        runs.map(async (run) => {
          const { info, data } = run;
          const histories = await Promise.all(
            [...data.metrics.keys()].map(
              async (key) => [key, (await tracking.getMetricHistory(info.runId, key)).items] as const,
            ),
          );
          const one = await tracking.getRun(info.runId);
          const files = info.experimentId === '' ? [] : await filesOf(artifacts.open(info.artifactUri));
          return [info.runName, { run, one, histories: byName(histories), files }] as const;
        }),
      ),
    ),
    // A server tells the model with each of its metrics.
    models: byName(
      models.map((item) => [item.name, { ...item, metrics: item.metrics.map(({ modelId: _, ...metric }) => metric) }]),
    ),
    traces: byName(
      traces.map((item) => [
        item.traceId,
        { ...item, assessments: byName(item.assessments.map((assessment) => [assessment.name, assessment])) },
      ]),
    ),
    registered: byName(registered.map((item) => [item.name, item])),
    versions: byName(versions.map((item) => [`${item.name}/${item.version}`, item])),
  };
}

export type Shown = { readonly [key: string]: Shown } | readonly Shown[] | string | number | boolean | null;

async function filesOf(repository: ArtifactRepository, folder = ''): Promise<readonly (readonly string[])[]> {
  const files: (readonly string[])[] = [];
  for (const { path: file, isDir } of await repository.list(folder)) {
    if (isDir) {
      files.push(...(await filesOf(repository, file)));
      continue;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await repository.read(file)).stream) chunks.push(chunk);
    files.push([file, Buffer.concat(chunks).toString()]);
  }
  return files;
}

const TIMES = new Set(['lastUpdatedTimestamp', 'lastUpdateTime', 'createTime', 'creationTime', 'creationTimestamp']);

function byName(entries: readonly (readonly [string, unknown])[]): Shown {
  const named = entries.map(([name, value]) => [name, toShown(value)] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toShown(value: unknown): Shown {
  if (value instanceof Map) return byName([...value]);
  if (Array.isArray(value)) return value.map(toShown);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Shown;
  return byName(Object.entries(value).filter(([key, part]) => part !== undefined && !TIMES.has(key)));
}

/**
 * What must never be in the folder of a store: unfinished files, torn lines. Paths relative to it. What a server removes
 * meanwhile is not there.
 */
export function findRubbish(store: string): string[] {
  const below = (folder: string): string[] =>
    readFolder(folder).flatMap((entry) => {
      const file = path.join(folder, entry.name);
      const name = path.relative(store, file);
      if (isTemporary(entry.name)) return [`${name} is unfinished`, ...below(file)];
      if (entry.isDirectory()) return below(file);
      if (!entry.isFile() || !/\/metrics\//.test(file)) return [];
      const text = readText(file);
      const isWhole = text === undefined || /^(?:-?\d+ \S+ -?\d+(?: \S+)*\n)+$/.test(text);
      return isWhole ? [] : [`${name} is torn: ${JSON.stringify(text.slice(-80))}`];
    });
  return below(store);
}

import type { ArtifactRepositories } from '../artifacts/repository.ts';
import { MlflowError } from '../entities/error.ts';
import type { RegistryStore } from '../registry/store.ts';
import type { StoreInsight, TrackingStore } from '../tracking/store.ts';
import { artifactRepositories } from './artifacts.ts';
import { Changes } from './changes.ts';
import { experimentStore } from './experiments.ts';
import { readProblem, readWatching } from './json.ts';
import { knownRunSearch } from './knownRuns.ts';
import { loggedModelStore } from './loggedModels.ts';
import { metricSeriesReader } from './metricSeries.ts';
import { registryStore } from './registry.ts';
import { type ConnectOptions, Rest } from './rest.ts';
import { runStore } from './runs.ts';
import { traceStore } from './traces.ts';
import { upkeepStore } from './upkeep.ts';

/** What a server tells about itself. */
interface ServerInfo {
  /** The level of MLflow's API, such as `3.17.2`. */
  readonly apiVersion: string | undefined;
  /** Only our own servers have a process, a folder and a version to tell. */
  readonly pid: number | undefined;
  readonly storeRoot: string | undefined;
  readonly version: string | undefined;
}

/**
 * One MLflow server: ours or any other. Nothing is sent before something is asked. Servers that are not ours tell of
 * changes some seconds later, know of no problems, and have their whole histories read.
 */
export interface MlflowClient extends StoreInsight {
  readonly url: string;
  readonly tracking: TrackingStore;
  readonly registry: RegistryStore;
  readonly artifacts: ArtifactRepositories;
  serverInfo(): Promise<ServerInfo>;
  /** Ends all subscriptions. */
  dispose(): void;
}

/** ms */
const POLL_INTERVAL = 5_000;

const WORKBENCH = '/api/mlflow-workbench';

export function connect(url: string, options: ConnectOptions = {}): MlflowClient {
  const rest = new Rest(url, options);
  const tracking = {
    ...experimentStore(rest),
    ...runStore(rest),
    ...loggedModelStore(rest),
    ...traceStore(rest),
    ...upkeepStore(rest),
  };
  const registry = registryStore(rest);
  const changes = new Changes({ rest, tracking, registry, pollInterval: options.pollInterval ?? POLL_INTERVAL });
  return {
    url: rest.url,
    tracking,
    registry,
    artifacts: artifactRepositories(rest),
    onDidChange: (listener) => changes.listen(listener),
    async problems() {
      const reply = await unlessUnknown(rest.message('GET', `${WORKBENCH}/problems`, {}));
      return reply?.messages('problems').map(readProblem) ?? [];
    },
    getMetricSeries: metricSeriesReader(rest, tracking),
    searchKnownRuns: knownRunSearch(rest, tracking),
    async watching() {
      return readWatching((await unlessUnknown(rest.message('GET', `${WORKBENCH}/server`, {})))?.message('watching'));
    },
    async serverInfo() {
      const own = await unlessUnknown(rest.message('GET', `${WORKBENCH}/server`, {}));
      const version = await unlessUnknown(rest.send('GET', '/version').then((response) => response.text()));
      return {
        apiVersion: version?.trim(),
        pid: own?.optionalNumber('pid'),
        storeRoot: own?.optionalText('store_root'),
        version: own?.optionalText('version'),
      };
    },
    dispose: () => changes.stop(),
  };
}

/** What other servers do not have is a 404 of some kind, or a page. */
async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof MlflowError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

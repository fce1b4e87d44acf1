import { setTimeout as sleep } from 'node:timers/promises';
import { openArtifactRepositories } from '../artifacts/openArtifactRepositories.ts';
import { type Attached, attach, stop } from '../embedded/attach.ts';
import { cacheFolder } from '../embedded/cacheFolder.ts';
import { Idleness } from '../embedded/idleness.ts';
import { lockFile } from '../embedded/lock.ts';
import { acquireLock, type StoreLock } from '../embedded/storeLock.ts';
import { openFileRegistryStore } from '../registry/file/fileRegistryStore.ts';
import { createApp } from '../server/app.ts';
import { type Listening, listen } from '../server/listen.ts';
import type { Activity } from '../server/parts.ts';
import { openFileTrackingStore } from '../tracking/file/fileTrackingStore.ts';
import { prepareStore } from './prepareStore.ts';
import { RunningRuns } from './runningRuns.ts';
import { parseServerOptions, type ServerOptions } from './serverOptions.ts';
import { VERSION } from './version.ts';

export const SERVER_HELP = `mlflow-workbench server: MLflow's tracking server and model registry, kept in a folder

  --backend-store-uri DIR       folder of the store, as a path or file: URI; made if missing
                                (default: ./mlruns if there is one, else ./.mlflow)
  --default-artifact-root URI   where new experiments put their artifacts (default: mlflow-artifacts:/)
  --artifacts-destination DIR   folder behind mlflow-artifacts:/ (default: mlartifacts beside the store)
  --host, -h HOST               127.0.0.1 (default), localhost or ::1
  --port, -p PORT               the next free one when it is taken; 0 for any (default: 5000)
  --end-when-idle SECONDS       end when nobody used the server for so long and no run logs to it
  --attach                      find the server of the store or start one in the background;
                                print {"url", "port", "pid", "store", "started"} as JSON
  --stop                        end the server of the store
`;

/** Ends of an unused server in the background, in seconds. */
const IDLE_LIMIT = 300;
/** ms between two looks at whether the server is still needed. */
const LOOK_INTERVAL = 2_000;

export async function serverCommand(args: readonly string[]): Promise<number> {
  const options = parseServerOptions(args);
  switch (options.action) {
    case 'serve':
      return serve(options);
    case 'attach':
      console.log(JSON.stringify(await attachTo(options)));
      return 0;
    case 'stop':
      console.log((await stop(cacheFolder(), options.store)) ? 'The server has ended.' : 'No server was running.');
      return 0;
  }
}

function attachTo(options: ServerOptions): Promise<Attached> {
  const { store, artifactRoot, artifactsDestination, host, port, endWhenIdle = IDLE_LIMIT } = options;
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  const command: [string, ...string[]] = [
    process.execPath,
    ...flags,
    ...[process.argv[1] ?? '', 'server'],
    ...['--backend-store-uri', store, '--default-artifact-root', artifactRoot],
    ...['--artifacts-destination', artifactsDestination, '--host', host, '--port', String(port)],
    ...['--end-when-idle', String(endWhenIdle)],
  ];
  return attach({ cache: cacheFolder(), store, version: VERSION, command });
}

async function serve(options: ServerOptions): Promise<number> {
  const { store } = options;
  const ended = untilSignal();
  const file = lockFile(cacheFolder(), store);
  const acquired = await acquireLock(file, { store, version: VERSION });
  if ('holder' in acquired) {
    const { url, pid } = acquired.holder;
    console.error(`${store} is served already, at ${url} by process ${pid}.`);
    return 1;
  }
  const { lock } = acquired;
  try {
    const { listening, idleness, close } = await open(options);
    await lock.publish(listening.url, listening.port);
    console.log(`Tracking server at ${listening.url} (store: ${store}, artifacts: ${options.artifactRoot})`);
    await Promise.race([ended, untilUseless(lock, idleness)]);
    await close();
    return 0;
  } finally {
    await lock.release();
  }
}

interface Opened {
  readonly listening: Listening;
  readonly idleness: Idleness | undefined;
  close(): Promise<void>;
}

async function open(options: ServerOptions): Promise<Opened> {
  const { store, artifactRoot, artifactsDestination, host, port, endWhenIdle } = options;
  prepareStore(store);
  const tracking = await openFileTrackingStore({ root: store, artifactRoot });
  const registry = await openFileRegistryStore({ root: store, lookup: tracking });
  const running = new RunningRuns(tracking);
  const idleness =
    endWhenIdle === undefined
      ? undefined
      : new Idleness({ limit: 1000 * endWhenIdle, isNeeded: async () => (await running.count()) > 0 });
  const app = createApp({
    tracking: running.watch(tracking),
    registry,
    artifacts: openArtifactRepositories({ destination: artifactsDestination, storeRoot: store }),
    storeName: 'FileStore',
    storeRoot: store,
    version: VERSION,
    countRunningRuns: () => running.count(),
    onActivity: (activity: Activity) => idleness?.note(activity),
    onDefect: (error, request) => console.error(new Date().toISOString(), request, error),
  });
  const listening = await listen(app, { host, port });
  return {
    listening,
    idleness,
    async close() {
      await listening.close();
      await tracking.close();
    },
  };
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Until nobody needs the server, or another process has taken over the store. */
async function untilUseless(lock: StoreLock, idleness: Idleness | undefined): Promise<void> {
  for (;;) {
    await sleep(LOOK_INTERVAL, undefined, { ref: false });
    if (!(await lock.renew()) || (await idleness?.isOver())) return;
  }
}

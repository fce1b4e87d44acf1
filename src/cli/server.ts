import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { localArtifactRepository } from '../artifacts/localArtifactRepository.ts';
import { openArtifactRepositories } from '../artifacts/openArtifactRepositories.ts';
import { type Attached, attach, stop } from '../embedded/attach.ts';
import { cacheFolder, storeFile } from '../embedded/cacheFolder.ts';
import { collectGarbageAtRest } from '../embedded/collectGarbage.ts';
import { Idleness } from '../embedded/idleness.ts';
import { lockFile, readLock } from '../embedded/lock.ts';
import { acquireLock, type StoreLock } from '../embedded/storeLock.ts';
import { isSystemError } from '../files/missing.ts';
import { isFolder } from '../files/read.ts';
import { makePrivateFolder } from '../files/write.ts';
import { openFileRegistryStore } from '../registry/file/fileRegistryStore.ts';
import { createApp } from '../server/app.ts';
import { type Listening, listen } from '../server/listen.ts';
import type { Activity } from '../server/parts.ts';
import { openFileTrackingStore } from '../tracking/file/fileTrackingStore.ts';
import { prepareStore } from './prepareStore.ts';
import { RunningRuns } from './runningRuns.ts';
import { parseServerOptions, type ServerOptions } from './serverOptions.ts';
import { makeToken, wantsToken } from './serverToken.ts';
import { findUi } from './serverUi.ts';
import { withoutServerVariables } from './serverValues.ts';
import { UsageError } from './usage.ts';
import { VERSION } from './version.ts';

export const SERVER_HELP = `mlflow-workbench server: MLflow's tracking server and model registry, kept in a folder

  --backend-store-uri DIR       folder of the store, as a path or file: URI; made if missing
                                (default: ./mlruns if there is one, else ./.mlflow)
  --registry-store-uri DIR      folder of the model registry (default: the store's)
  --default-artifact-root URI   where new experiments put their artifacts (default: mlflow-artifacts:/)
  --artifacts-destination DIR   folder behind mlflow-artifacts:/ (default: mlartifacts beside the store)
  --no-serve-artifacts          do not serve mlflow-artifacts:/; artifacts are in the store's folder by default
  --host, -h HOST               address to listen at (default: 127.0.0.1); others than those of this
                                machine alone need a token
  --allowed-hosts NAMES         more names of the server, with commas between them
  --port, -p PORT               the next free one when it is taken; 0 for any (default: 5000)
  --token TOKEN                 ask for it: MLFLOW_TRACKING_TOKEN or MLFLOW_TRACKING_PASSWORD of clients
                                (better in MLFLOW_WORKBENCH_TOKEN, which others cannot see)
  --token-mode auto|token|none  without a TOKEN, make one: where other people use this machine, always or
                                never (default: auto); --attach prints it to its owner
  --allow-unauthenticated       let anybody in at such a HOST
  --read-only                   refuse what would change anything
  --ui auto|DIR                 serve MLflow's web UI: of the MLflow that is installed for Python, or from DIR
  --end-when-idle SECONDS       end when nobody used the server for so long and no run logs to it
  --attach                      find the server of the store or start one in the background;
                                print {"url", "port", "pid", "store", "token", "started"} as JSON
  --stop                        end the server of the store

  mlflow-workbench ui [options] is the same with --ui auto.
  The variables of \`mlflow server\` stand for its options here too: MLFLOW_BACKEND_STORE_URI, MLFLOW_HOST, ….
`;

/** `1` for file systems that do not tell of changes and cannot be recognized, such as folders of some containers. */
const POLL = 'MLFLOW_WORKBENCH_POLL';
/** Ends of an unused server in the background, in seconds. */
const IDLE_LIMIT = 300;
/** ms between two looks at whether the server is still needed. */
const LOOK_INTERVAL = 2_000;

export async function serverCommand(args: readonly string[]): Promise<number> {
  const options = parseServerOptions(args, process.env);
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
  const { store, artifactRoot, artifactsDestination, host, port, tokenMode, endWhenIdle = IDLE_LIMIT } = options;
  const needsToken = wantsToken(tokenMode);
  const flags = process.execArgv.filter((flag) => !flag.startsWith('--inspect'));
  const command: [string, ...string[]] = [
    process.execPath,
    ...flags,
    ...[process.argv[1] ?? '', 'server'],
    ...['--backend-store-uri', store, '--default-artifact-root', artifactRoot],
    ...(artifactsDestination === undefined
      ? ['--no-serve-artifacts']
      : ['--serve-artifacts', '--artifacts-destination', artifactsDestination]),
    ...['--host', host, '--port', String(port), '--end-when-idle', String(endWhenIdle)],
    ...['--token-mode', needsToken ? 'token' : 'none'],
  ];
  const environment = withoutServerVariables(process.env);
  return attach({ cache: cacheFolder(), store, version: VERSION, needsToken, command, environment });
}

async function serve(given: ServerOptions): Promise<number> {
  const ended = untilSignal();
  collectGarbageAtRest();
  const made = given.token === undefined ? madeToken(given) : undefined;
  const options = { ...given, token: given.token ?? made };
  const ui = options.ui === undefined ? undefined : await findUi(options.ui);
  const locked = await lockStores(options);
  if (typeof locked === 'string') {
    console.error(locked);
    return 1;
  }
  try {
    const { listening, idleness, close } = await open(options, ui);
    for (const lock of locked) await withoutDisk(lock.publish(listening.url, listening.port));
    console.log(describe(options, listening.url, ui));
    if (made !== undefined)
      console.log(`\`mlflow-workbench server --backend-store-uri ${given.store} --attach\` prints it.`);
    await Promise.race([ended, untilUseless(options, locked, idleness)]);
    await close();
    return 0;
  } finally {
    for (const lock of locked) await withoutDisk(lock.release());
  }
}

/** Waits for a change of a lock. Where its disk refuses, serving goes on: clients are there. */
async function withoutDisk(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    console.error(new Date().toISOString(), 'the lock of the store:', error);
  }
}

/** The index holds what the store does, which others may not be able to read. Where its disk refuses, there is no index. */
function keepFromOthers(folder: string): void {
  try {
    makePrivateFolder(folder);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** @throws UsageError where nobody would learn it: a server that only reads has no lock file. */
function madeToken({ store, tokenMode, isReadOnly }: ServerOptions): string | undefined {
  if (!wantsToken(tokenMode)) return undefined;
  if (isReadOnly) {
    throw new UsageError(
      '--read-only: give a token in MLFLOW_WORKBENCH_TOKEN, or let in everybody with --token-mode none.',
    );
  }
  return makeToken(readLock(lockFile(cacheFolder(), store))?.token);
}

/** A store is written by one server at a time; any number may read it. @returns the locks, or who has one already */
async function lockStores(options: ServerOptions): Promise<readonly StoreLock[] | string> {
  const { store, token } = options;
  if (options.isReadOnly) return [];
  // A registry beside another store has a lock of its own, which is not that of a tracking store in the same folder.
  const registry = registryRoot(options);
  const names = registry === undefined ? [store] : [store, registry];
  const locks: StoreLock[] = [];
  for (const name of names) {
    const acquired = await acquire(name, token);
    if (!acquired) continue;
    if ('lock' in acquired) {
      locks.push(acquired.lock);
      continue;
    }
    for (const lock of locks) await lock.release();
    const { url, pid } = acquired.holder;
    return `${name} is served already, at ${url} by process ${pid}.`;
  }
  return locks;
}

/** `undefined` where the cache cannot hold a lock: then nobody finds this server, and nothing keeps another one away. */
async function acquire(store: string, token: string | undefined) {
  try {
    return await acquireLock(lockFile(cacheFolder(), store), { store, version: VERSION, token });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `${store} is served without a lock, since the cache folder cannot be written (${reason}). Serve it once only, or name another folder in MLFLOW_WORKBENCH_CACHE.`,
    );
    return undefined;
  }
}

/** What the lock of a registry names that does not lie with the store. */
function registryRoot({ store, registryStore }: ServerOptions): string | undefined {
  return registryStore === store ? undefined : path.join(registryStore, 'models');
}

function describe(options: ServerOptions, url: string, ui: string | undefined): string {
  const { store, registryStore, artifactRoot, isReadOnly, token, host } = options;
  const registry = registryStore === store ? '' : `, registry: ${registryStore}`;
  const notes = [
    ...(isReadOnly ? ['It only reads.'] : []),
    ...(ui === undefined ? [] : [`MLflow's web UI: ${url}/ (from ${ui})`]),
    ...(token === undefined ? [] : ['Clients need the token: MLFLOW_TRACKING_TOKEN.']),
    ...(isLocal(host) ? [] : [`Other machines can reach it${token === undefined ? ' and change everything' : ''}.`]),
  ];
  return [`Tracking server at ${url} (store: ${store}${registry}, artifacts: ${artifactRoot})`, ...notes].join('\n');
}

function isLocal(host: string): boolean {
  return host === '127.0.0.1' || host === '::1';
}

interface Opened {
  readonly listening: Listening;
  readonly idleness: Idleness | undefined;
  close(): Promise<void>;
}

async function open(options: ServerOptions, ui: string | undefined): Promise<Opened> {
  const { store, registryStore, artifactRoot, artifactsDestination, host, port, endWhenIdle, isReadOnly } = options;
  if (!isReadOnly) prepareStore(store);
  const indexFile = storeFile(cacheFolder(), 'indexes/*.index', store);
  keepFromOthers(path.dirname(indexFile));
  const tracking = await openFileTrackingStore({
    ...{ root: store, artifactRoot, artifactsDestination, isReadOnly, indexFile },
    silence: process.env[POLL] === '1' ? `${POLL} is set` : undefined,
    onError: (error) => console.error(new Date().toISOString(), error),
  });
  const registry = await openFileRegistryStore({ root: registryStore, lookup: tracking, isReadOnly });
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
    registryRoot: registryRoot(options),
    version: VERSION,
    pages: ui === undefined ? undefined : localArtifactRepository(ui),
    token: options.token,
    isReadOnly,
    countRunningRuns: () => running.count(),
    onActivity: (activity: Activity) => idleness?.note(activity),
    onDefect: (error, request) => console.error(new Date().toISOString(), request, error),
  });
  const listening = await listen(app, { host, port, hosts: hostNames(options) });
  return {
    listening,
    idleness,
    async close() {
      await listening.close();
      await tracking.close();
    },
  };
}

/** The names by which other machines call this one, where they can. */
function hostNames({ host, allowedHosts }: ServerOptions): readonly string[] {
  if (isLocal(host)) return allowedHosts;
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const own = isAnywhere ? [os.hostname(), ...Object.values(os.networkInterfaces()).flatMap(addressesOf)] : [host];
  return [...allowedHosts, ...own.map((name) => (name.includes(':') ? `[${name}]` : name))];
}

function addressesOf(infos: readonly os.NetworkInterfaceInfo[] | undefined): string[] {
  return (infos ?? []).map(({ address }) => address);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

/** Until nobody needs the server, another process has taken over a store, or the store of a background server is gone. */
async function untilUseless(
  { store }: ServerOptions,
  locks: readonly StoreLock[],
  idleness: Idleness | undefined,
): Promise<void> {
  for (;;) {
    await sleep(LOOK_INTERVAL, undefined, { ref: false });
    for (const lock of locks) if (await isLost(lock)) return;
    if (idleness && ((await idleness.isOver()) || isGone(store))) return;
  }
}

async function isLost(lock: StoreLock): Promise<boolean> {
  try {
    return !(await lock.renew());
  } catch (error) {
    // A full disk or an unreadable cache says nothing about who has the store.
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** Who uses the folder next gets a server that makes it again. */
function isGone(folder: string): boolean {
  try {
    return !isFolder(folder);
  } catch {
    return false; // It is there, and cannot be looked at now.
  }
}

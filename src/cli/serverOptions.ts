import path from 'node:path';
import { pathOfUri } from '../files/fileUri.ts';
import { isFile, isFolder } from '../files/read.ts';
import { realPath } from '../files/realPath.ts';
import { isTokenMode, TOKEN_MODES, type TokenMode } from './serverToken.ts';
import { readServerValues, type ServerValues } from './serverValues.ts';
import { UsageError } from './usage.ts';

export interface ServerOptions {
  /** Real path of the store's folder. */
  readonly store: string;
  /** Real path of the folder that holds the registry's `models/`. */
  readonly registryStore: string;
  /** URI below which new experiments put their artifacts. */
  readonly artifactRoot: string;
  /** Folder that `mlflow-artifacts:/` stands for; none is served when absent. */
  readonly artifactsDestination: string | undefined;
  readonly host: string;
  /** More names by which the server may be called. */
  readonly allowedHosts: readonly string[];
  readonly port: number;
  readonly isReadOnly: boolean;
  readonly token: string | undefined;
  /** Whether to make one where none is given. */
  readonly tokenMode: TokenMode;
  /** `auto`, or the folder of MLflow's web UI; none is served when absent. */
  readonly ui: string | undefined;
  /** seconds without any user after which the server ends; never when absent. */
  readonly endWhenIdle: number | undefined;
  readonly action: 'serve' | 'attach' | 'stop';
}

const LOOPBACK = new Map([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['::1', '::1'],
]);

/**
 * @param environment variables that stand for options which are not given, by MLflow's names.
 * @throws UsageError
 */
export function parseServerOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): ServerOptions {
  const values = readServerValues(args, environment);
  const store = storeFolder('--backend-store-uri', values.backendStoreUri ?? defaultStore());
  const registryStore =
    values.registryStoreUri === undefined ? store : storeFolder('--registry-store-uri', values.registryStoreUri);
  const options: ServerOptions = {
    store,
    registryStore,
    artifactRoot: artifactRoot(values.defaultArtifactRoot ?? (values.serveArtifacts ? 'mlflow-artifacts:/' : store)),
    artifactsDestination: values.serveArtifacts ? destination(values, store) : undefined,
    host: LOOPBACK.get(values.host.toLowerCase()) ?? values.host,
    allowedHosts: values.allowedHosts,
    port: wholeNumber('--port', values.port, 65_535),
    isReadOnly: values.readOnly,
    token: values.token,
    tokenMode: tokenMode(values),
    ui: values.ui,
    endWhenIdle:
      values.endWhenIdle === undefined ? undefined : wholeNumber('--end-when-idle', values.endWhenIdle, 1_000_000),
    action: values.stop ? 'stop' : values.attach ? 'attach' : 'serve',
  };
  check(options, values);
  return options;
}

function check(
  { host, token, tokenMode, isReadOnly, ui, action, store, registryStore }: ServerOptions,
  values: ServerValues,
): void {
  if (token === '') throw new UsageError('--token: an empty token keeps nobody out.');
  if (!LOOPBACK.has(host)) {
    if (!/^[\w.:-]+$/.test(host)) throw new UsageError(`--host ${host}: this is no address or name.`);
    if (token === undefined && tokenMode !== 'token' && !values.allowUnauthenticated) {
      throw new UsageError(
        `--host ${host}: other machines could read and change everything. Give a --token or --token-mode token, or --allow-unauthenticated if that is meant.`,
      );
    }
  }
  const isPlain = token === undefined && !isReadOnly && ui === undefined && registryStore === store;
  if (action !== 'serve' && !isPlain) {
    throw new UsageError('--attach and --stop go with the store, its artifacts, --host and --port only.');
  }
  if (!isReadOnly) return;
  for (const folder of [store, registryStore]) {
    if (!isFolder(folder)) throw new UsageError(`--read-only: there is no folder ${folder} to read.`);
  }
}

/** Who lets anybody in from elsewhere lets in those who are here, too. */
function tokenMode(values: ServerValues): TokenMode {
  const mode = values.tokenMode ?? (values.allowUnauthenticated ? 'none' : 'auto');
  if (isTokenMode(mode)) return mode;
  throw new UsageError(`--token-mode ${mode}: must be ${TOKEN_MODES.join(', ')}.`);
}

function defaultStore(): string {
  return isFolder('mlruns') ? 'mlruns' : '.mlflow';
}

function storeFolder(option: string, uri: string): string {
  const folder = localFolder(option, uri);
  if (isFile(folder)) throw new UsageError(`${option} ${folder}: this is a file, not the folder of a store.`);
  return realPath(folder);
}

function destination(values: ServerValues, store: string): string {
  const beside = path.join(path.dirname(store), 'mlartifacts');
  return localFolder('--artifacts-destination', values.artifactsDestination ?? beside);
}

function localFolder(option: string, uri: string): string {
  const folder = pathOfUri(uri);
  if (folder !== undefined) return folder;
  const isDatabase = /^(?:sqlite|postgres|mysql|mssql)/i.test(uri);
  const hint = isDatabase ? ' A database is served by `mlflow server`.' : '';
  throw new UsageError(
    `${option} ${uri}: only folders of this machine can be served, as a path or a file: URI.${hint}`,
  );
}

/** A relative path would mean something else to each program that reads it. */
function artifactRoot(uri: string): string {
  const isUri = /^[a-zA-Z][\w+.-]+:/.test(uri);
  return (isUri ? uri : path.resolve(uri)).replace(/(?<=[^/:])\/+$/, '');
}

function wholeNumber(option: string, text: string, limit: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= limit) return value;
  throw new UsageError(`${option} ${text}: must be a whole number from 0 to ${limit}.`);
}

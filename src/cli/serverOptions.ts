import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathOfUri } from '../files/fileUri.ts';
import { isFile, isFolder } from '../files/read.ts';
import { realPath } from '../files/realPath.ts';
import { UsageError } from './usage.ts';

export interface ServerOptions {
  /** Real path of the store's folder. */
  readonly store: string;
  /** URI below which new experiments put their artifacts. */
  readonly artifactRoot: string;
  /** Folder that `mlflow-artifacts:/` stands for. */
  readonly artifactsDestination: string;
  readonly host: string;
  readonly port: number;
  /** seconds without any user after which the server ends; never when absent. */
  readonly endWhenIdle: number | undefined;
  readonly action: 'serve' | 'attach' | 'stop';
}

const LOOPBACK = new Map([
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', '127.0.0.1'],
  ['::1', '::1'],
]);

/** @throws UsageError */
export function parseServerOptions(args: readonly string[]): ServerOptions {
  const values = parse(args);
  const store = storeFolder(values['backend-store-uri']);
  const host = LOOPBACK.get(values.host.toLowerCase());
  if (host === undefined) {
    throw new UsageError(
      `--host ${values.host}: the server listens on this machine only (127.0.0.1, localhost or ::1).`,
    );
  }
  return {
    store,
    artifactRoot: artifactRoot(values['default-artifact-root']),
    artifactsDestination: localFolder(
      '--artifacts-destination',
      values['artifacts-destination'] ?? path.join(path.dirname(store), 'mlartifacts'),
    ),
    host,
    port: wholeNumber('--port', values.port, 65_535),
    endWhenIdle:
      values['end-when-idle'] === undefined
        ? undefined
        : wholeNumber('--end-when-idle', values['end-when-idle'], 1_000_000),
    action: values.stop ? 'stop' : values.attach ? 'attach' : 'serve',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'backend-store-uri': { type: 'string' },
        'default-artifact-root': { type: 'string', default: 'mlflow-artifacts:/' },
        'artifacts-destination': { type: 'string' },
        host: { type: 'string', short: 'h', default: '127.0.0.1' },
        port: { type: 'string', short: 'p', default: '5000' },
        'end-when-idle': { type: 'string' },
        attach: { type: 'boolean', default: false },
        stop: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function storeFolder(uri: string | undefined): string {
  const folder = localFolder('--backend-store-uri', uri ?? (isFolder('mlruns') ? 'mlruns' : '.mlflow'));
  if (isFile(folder)) throw new UsageError(`--backend-store-uri ${folder}: this is a file, not the folder of a store.`);
  return realPath(folder);
}

function localFolder(option: string, uri: string): string {
  const folder = pathOfUri(uri);
  if (folder === undefined) {
    throw new UsageError(`${option} ${uri}: only folders of this machine can be served, as a path or a file: URI.`);
  }
  return folder;
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

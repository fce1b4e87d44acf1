import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { localPathOf, schemeOf } from '../command/pathValue.ts';

/** What of this machine a container is given. */
export interface DockerArguments {
  /** `host:container`, absolute and literal. */
  readonly mounts: readonly string[];
  /** A variable without a value is passed by its name: docker takes what it is here, and nobody sees it in the process list. */
  readonly variables: ReadonlyMap<string, string | undefined>;
}

/** Where a container finds the store that lies in a folder or file of this machine. */
const STORE = '/mlflow/tmp/mlruns';

/** What a container needs to reach the tracking store, as MLflow gives it. @param uri `MLFLOW_TRACKING_URI` */
export function trackingArguments(uri: string): DockerArguments {
  const database = /^sqlite:\/{3}(.*)$/.exec(uri)?.[1];
  if (database !== undefined) {
    return {
      mounts: [`${database.startsWith('/') ? database : `/${database}`}:${STORE}`],
      variables: new Map([['MLFLOW_TRACKING_URI', `sqlite:///${STORE}`]]),
    };
  }
  const folder = uri === 'databricks' ? undefined : localPathOf(uri);
  if (folder !== undefined) {
    return { mounts: [`${folder}:${STORE}`], variables: new Map([['MLFLOW_TRACKING_URI', `file://${STORE}`]]) };
  }
  return {
    mounts: [],
    variables: copied(['MLFLOW_TRACKING_TOKEN', 'MLFLOW_TRACKING_USERNAME', 'MLFLOW_TRACKING_PASSWORD']),
  };
}

const S3 = ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'MLFLOW_S3_ENDPOINT_URL', 'MLFLOW_S3_IGNORE_TLS'];
const AZURE = ['AZURE_STORAGE_CONNECTION_STRING', 'AZURE_STORAGE_ACCESS_KEY'];
const HDFS = ['MLFLOW_KERBEROS_TICKET_CACHE', 'MLFLOW_KERBEROS_USER', 'MLFLOW_PYARROW_EXTRA_CONF'];

/** What a container needs to reach the artifacts of its run, as MLflow gives it. @param uri the run's artifact root */
export function artifactArguments(uri: string): DockerArguments {
  const folder = localPathOf(uri);
  if (folder !== undefined) {
    const inside = path.posix.isAbsolute(folder) ? folder : path.posix.join('/mlflow/projects/code/', folder);
    return { mounts: [`${path.resolve(folder)}:${inside}`], variables: new Map() };
  }
  switch (schemeOf(uri)) {
    case 's3': {
      const credentials = path.join(os.homedir(), '.aws');
      return { mounts: fs.existsSync(credentials) ? [`${credentials}:/.aws`] : [], variables: copied(S3) };
    }
    case 'wasb':
    case 'wasbs':
      return { mounts: [], variables: copied(AZURE) };
    case 'gs': {
      const credentials = process.env.GOOGLE_APPLICATION_CREDENTIALS;
      if (credentials === undefined) break;
      return { mounts: [`${credentials}:/.gcs`], variables: new Map([['GOOGLE_APPLICATION_CREDENTIALS', '/.gcs']]) };
    }
    case 'hdfs':
    case 'viewfs': {
      const tickets = process.env.MLFLOW_KERBEROS_TICKET_CACHE;
      return { mounts: tickets === undefined ? [] : [`${tickets}:${tickets}`], variables: copied(HDFS) };
    }
  }
  return { mounts: [], variables: new Map() };
}

/**
 * The variables that a project wants in its container.
 * @throws INVALID_PARAMETER_VALUE, in MLflow's words, where this machine has no such variable
 */
export function projectVariables(
  entries: readonly (readonly [name: string, value: string | undefined])[],
): ReadonlyMap<string, string | undefined> {
  const missing = entries.find(([name, value]) => value === undefined && process.env[name] === undefined);
  if (!missing) return new Map(entries);
  const names = entries.filter(([, value]) => value === undefined).map(([name]) => name);
  throw invalidParameter(
    `This project expects the ${names.join(', ')} environment variables to be set on the machine running the project, but ${missing[0]} was not set. Please ensure all expected environment variables are set`,
  );
}

function copied(names: readonly string[]): ReadonlyMap<string, undefined> {
  return new Map(names.filter((name) => process.env[name] !== undefined).map((name) => [name, undefined]));
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ArtifactRepositories } from '../../artifacts/repository.ts';
import { invalidParameter } from '../../entities/error.ts';
import type { EntryPoint } from '../../mlproject/project.ts';
import { mlflowCommand } from '../backend/mlflowProgram.ts';
import { givenValue } from '../command/commandLine.ts';
import { localPathOf, schemeOf } from '../command/pathValue.ts';
import { runTool } from '../process.ts';
import { saveArtifact, saveArtifactFolder } from '../saveArtifact.ts';

/** A root that the tracking server answers for, and the path below it. */
const OF_SERVER = /^((?:runs:\/+[\w-]+|models:\/+m-[\w-]+|mlflow-artifacts:(?:\/\/[^/]+)?\/))(?:\/*(.*))$/;

export interface DownloadOptions {
  /** Folder in which a new one is made for the downloads; the system's for temporary files when absent. */
  readonly storageFolder: string | undefined;
  /** What the tracking server has: `runs:`, `models:` and `mlflow-artifacts:` URIs. */
  readonly artifacts: ArtifactRepositories | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Downloads what the `path` parameters of an entry point name that is not of this machine, each to a folder
 * `param_<place>` as in MLflow.
 * @returns the downloaded file or folder by parameter
 * @throws INVALID_PARAMETER_VALUE for a URI that nobody here can download, an Error where downloading fails
 */
export async function downloadParameters(
  { parameters }: EntryPoint,
  values: ReadonlyMap<string, string>,
  options: DownloadOptions,
): Promise<ReadonlyMap<string, string>> {
  const remote = parameters
    .map((parameter, place) => ({ parameter, place, uri: givenValue(parameter, values) }))
    .filter(({ parameter, uri }) => parameter.type === 'path' && localPathOf(uri) === undefined);
  if (remote.length === 0) return new Map();
  // The command runs in another folder.
  const parent = path.resolve(options.storageFolder ?? os.tmpdir());
  fs.mkdirSync(parent, { recursive: true });
  const folder = fs.mkdtempSync(path.join(parent, 'mlflow-'));
  options.say(`Created directory ${folder} for downloading remote URIs passed to arguments of type 'path'`);
  const downloads = new Map<string, string>();
  for (const { parameter, place, uri } of remote) {
    const target = path.join(folder, `param_${place}`);
    fs.mkdirSync(target);
    try {
      downloads.set(parameter.name, await download(uri, target, options));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw invalidParameter(`Parameter ${parameter.name}: ${uri} cannot be downloaded. ${reason}`);
    }
  }
  return downloads;
}

async function download(uri: string, target: string, options: DownloadOptions): Promise<string> {
  if (/^https?:/i.test(uri)) return downloadFile(uri, target, options.signal);
  if (options.artifacts && OF_SERVER.test(uri)) return downloadArtifact(options.artifacts, uri, target, options.signal);
  return downloadWithMlflow(uri, target, options);
}

async function downloadFile(uri: string, target: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(uri, { signal });
  if (!response.ok || !response.body) throw new Error(`The server answers ${response.status} ${response.statusText}.`);
  const file = path.join(target, nameOf(uri));
  await pipeline(response.body, fs.createWriteStream(file));
  return file;
}

/** Whether it is a file or a folder stands in the folder that it lies in; the root of something is a folder. */
async function downloadArtifact(
  artifacts: ArtifactRepositories,
  uri: string,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  const place = path.join(target, nameOf(uri));
  const [, root = '', below = ''] = OF_SERVER.exec(uri) ?? [];
  const segments = below.split('/').filter((segment) => segment !== '');
  const artifact = segments.join('/');
  const repository = artifacts.open(root);
  const siblings = artifact === '' ? [] : await repository.list(segments.slice(0, -1).join('/'));
  const isFile = siblings.some(({ path: sibling, isDir }) => sibling === artifact && !isDir);
  if (isFile) await saveArtifact(repository, artifact, place, { signal });
  else await saveArtifactFolder(repository, artifact, place, { signal });
  return place;
}

/** Other stores are MLflow's affair, with the SDKs and the credentials that the user has set up for it. */
async function downloadWithMlflow(uri: string, target: string, { say, signal }: DownloadOptions): Promise<string> {
  const mlflow = await mlflowCommand();
  if (!mlflow) {
    throw new Error(
      `Download it yourself and give the path, or install mlflow (and what it needs for ${schemeOf(uri)}:) for the Python on the PATH, which is then asked to do so.`,
    );
  }
  say(`Downloading ${uri} with ${mlflow.join(' ')}`);
  await runTool([...mlflow, 'artifacts', 'download', '--artifact-uri', uri, '--dst-path', target], {
    cwd: target,
    signal,
  });
  const [name] = fs.readdirSync(target);
  return name === undefined ? target : path.join(target, name);
}

function nameOf(uri: string): string {
  const name = decodeURIComponent(/([^/]*)\/*$/.exec(uri.replace(/[?#].*$/, ''))?.[1] ?? '');
  return name === '' || name === '.' || name === '..' || /[/\\\0:]/.test(name) ? 'artifact' : name;
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { answerOf } from '../environment/python.ts';
import { remoteUrl, sourceName, withoutCredentials } from './git.ts';
import { fetchGitProject } from './gitProject.ts';
import { type ProjectUri, parseProjectUri } from './projectUri.ts';
import { readArchive, unzip } from './unzip.ts';

export interface FetchOptions {
  /** Branch, tag or commit of a git project. */
  readonly version?: string | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface FetchedProject {
  /** Absolute. */
  readonly folder: string;
  /** How MLflow names where it came from, without credentials. */
  readonly source: string;
}

/**
 * Gets a project to this machine: one in a folder stays where it is, everything else goes to a new folder, which is left
 * there with what the run makes of it, as MLflow leaves it.
 * @throws INVALID_PARAMETER_VALUE for a wrong URI, version or subdirectory; an Error where fetching fails
 */
export async function fetchProject(uri: string, options: FetchOptions): Promise<FetchedProject> {
  const parsed = parseProjectUri(uri);
  const isPlain = parsed.kind === 'folder' && options.version === undefined;
  const root = isPlain ? parsed.location : await fetchCopy(parsed, options);
  const folder = path.resolve(root, parsed.subdirectory);
  const isInside = isPlain || parsed.subdirectory === '' || isBelow(root, folder);
  if (!isInside || !fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    if (parsed.subdirectory !== '')
      throw invalidParameter(`Could not find subdirectory ${parsed.subdirectory} of ${root}`);
    throw invalidParameter(`Could not find the project folder ${folder}`);
  }
  const isWhole = parsed.subdirectory === '' && parsed.kind !== 'git';
  return {
    folder,
    source: isWhole ? await sourceName(parsed.location) : withoutCredentials(uri.replace(/^['"]+|['"]+$/g, '')),
  };
}

async function fetchCopy(parsed: ProjectUri, { version, say, signal }: FetchOptions): Promise<string> {
  const { kind, location } = parsed;
  if (version !== undefined && (kind === 'zip' || (kind === 'folder' && !(await isRepository(location))))) {
    throw invalidParameter('Setting a version is only supported for Git project URIs');
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-project-'));
  say(`Fetching project from ${withoutCredentials(location)} into ${folder}`);
  try {
    if (kind === 'zip') unzip(await readArchive(location, signal), folder);
    else {
      const remote = kind === 'folder' ? await remoteUrl(location) : undefined;
      await fetchGitProject({ url: location, version, folder, signal, remote });
    }
    return folder;
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function isRepository(folder: string): Promise<boolean> {
  return (
    fs.existsSync(path.join(folder, '.git')) && (await answerOf('git', ['rev-parse', 'HEAD'], folder)) !== undefined
  );
}

/** Also where the subdirectory is a link of the repository. */
function isBelow(root: string, folder: string): boolean {
  if (!fs.existsSync(folder)) return false;
  const relative = path.relative(fs.realpathSync(root), fs.realpathSync(folder));
  return relative === '' || !(relative.startsWith('..') || path.isAbsolute(relative));
}

import fs from 'node:fs';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { localPathOf, schemeOf } from '../command/pathValue.ts';
import { withoutCredentials } from './git.ts';

/** Where a project is to be had. */
export interface ProjectUri {
  readonly kind: 'folder' | 'zip' | 'git';
  /** An absolute path, or what git or HTTP understands. */
  readonly location: string;
  /** Folder in it; empty for the whole. */
  readonly subdirectory: string;
}

/** Transports of git that fetch something; others, such as `ext:`, run what is written in the URL. */
const TRANSPORTS = new Set(['https', 'http', 'ssh', 'git', 'git+ssh', 'ssh+git', 'file']);

/**
 * What a project's URI means to MLflow: a folder of this machine where there is one, else a git repository; `*.zip` is an
 * archive, and a folder of the project follows `#`.
 * @throws INVALID_PARAMETER_VALUE for what cannot be one, or would make git do something else than fetching
 */
export function parseProjectUri(uri: string): ProjectUri {
  const unquoted = uri.replace(/^['"]+|['"]+$/g, '');
  const at = unquoted.indexOf('#');
  const location = at < 0 ? unquoted : unquoted.slice(0, at);
  const subdirectory = at < 0 ? '' : unquoted.slice(at + 1);
  if (subdirectory.includes('.')) throw invalidParameter("'.' is not allowed in project subdirectory paths.");
  if (path.isAbsolute(subdirectory) || path.win32.isAbsolute(subdirectory)) {
    throw invalidParameter(
      `The subdirectory '${subdirectory}' must lie in the project: leave out what it begins with.`,
    );
  }
  if (location === '' || location.includes('\0')) throw invalidParameter('Give the folder or URI of a project.');
  const local = localFile(location);
  if (/\.zip$/.test(location)) {
    if (local !== undefined) return { kind: 'zip', location: local, subdirectory };
    if (/^https?:/i.test(location)) return { kind: 'zip', location, subdirectory };
    throw invalidParameter(
      `Could not find the archive ${location}. It must be a file of this machine, or at an http(s) URL.`,
    );
  }
  if (local !== undefined) return { kind: isBareRepository(local) ? 'git' : 'folder', location: local, subdirectory };
  checkGitUrl(location);
  return { kind: 'git', location, subdirectory };
}

function localFile(location: string): string | undefined {
  const local = localPathOf(location);
  const absolute = local === undefined ? undefined : path.resolve(local);
  return absolute !== undefined && fs.existsSync(absolute) ? absolute : undefined;
}

/** What `git clone --bare` makes: there is no project to be seen in it. */
function isBareRepository(folder: string): boolean {
  const has = (name: string) => fs.existsSync(path.join(folder, name));
  return has('HEAD') && has('objects') && has('refs') && !has('.git');
}

/** CVE-2017-1000117 and its like: what begins with a dash is an option, and `ext::` runs a command. */
function checkGitUrl(url: string): void {
  const shown = withoutCredentials(url);
  const scheme = schemeOf(url);
  const isDrive = process.platform === 'win32' && /^[a-zA-Z]:[\\/]/.test(url);
  const isScp = !isDrive && /^(?:[\w.-]+@)?[\w.-]+:(?!:)/.test(url) && !/^\w+:\/\//.test(url);
  const host = /^(?:[a-zA-Z][\w+.-]*:\/\/)?(?:[^@/]*@)?([^/:]*)/.exec(url)?.[1] ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in it.
  if (url.startsWith('-') || host.startsWith('-') || /[\x00-\x20]/.test(url)) {
    throw invalidParameter(`'${shown}' is no URI of a project.`);
  }
  if (url.includes('::'))
    throw invalidParameter(`'${shown}': projects are fetched over https, ssh, git and file only.`);
  if (scheme !== undefined && url.includes('://')) {
    if (TRANSPORTS.has(scheme)) return;
    throw invalidParameter(`'${shown}': projects are fetched over https, ssh, git and file only.`);
  }
  if (!isScp) throw invalidParameter(`Could not find the project folder ${path.resolve(url)}`);
}

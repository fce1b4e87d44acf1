import { invalidParameter } from '../../entities/error.ts';
import { answerOf } from '../environment/python.ts';
import { askTool, runTool, type ToolOptions } from '../process.ts';
import { withoutCredentials } from './git.ts';

export interface GitFetch {
  /** What git understands, checked by `parseProjectUri`. */
  readonly url: string;
  /** Branch, tag or commit; the main branch when absent. */
  readonly version: string | undefined;
  /** What is noted as the remote, where it is another than `url`. */
  readonly remote?: string | undefined;
  /** Empty. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

const NO_GIT = 'Projects at git URIs need git, which was not found: install it (https://git-scm.com) and run again.';

/**
 * Fetches one version of a repository, without its history, and its submodules. Passwords are git's affair: its credential
 * helpers, ssh's agent.
 * @throws an Error that says what git said, INVALID_PARAMETER_VALUE for a version that is none
 */
export async function fetchGitProject({ url, version, remote, folder, signal }: GitFetch): Promise<void> {
  if ((await answerOf('git', ['--version'])) === undefined) throw new Error(NO_GIT);
  if (version !== undefined) checkVersion(version);
  const tool = { cwd: folder, signal, environment: environment() };
  await git(['init', '--quiet'], tool);
  await git(['remote', 'add', '--', 'origin', url], tool);
  if (version !== undefined) await checkOutVersion(url, version, tool);
  else await checkOutHead(url, tool);
  if (remote !== undefined) await git(['remote', 'set-url', '--', 'origin', remote], tool);
  // Submodules of this machine's own folders are refused by git itself (CVE-2022-39253).
  await git(['submodule', '--quiet', 'update', '--init', '--recursive'], tool);
}

/** Not a name that git would take for an option or for several. */
function checkVersion(version: string): void {
  if (/^[\w][\w./@+-]*$/.test(version) && !version.includes('..')) return;
  throw invalidParameter(`'${version}' is no branch, tag or commit.`);
}

async function checkOutVersion(url: string, version: string, tool: ToolOptions): Promise<void> {
  try {
    await fetchVersion(version, tool);
    await git(['checkout', '--quiet', version, '--'], tool);
  } catch (error) {
    if (tool.signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParameter(
      `Unable to checkout version '${version}' of git repo ${withoutCredentials(url)} - please ensure that the version exists in the repo. Error: ${reason}`,
    );
  }
}

/** Servers give away single commits by their whole names only: for a part of one, all is fetched. */
async function fetchVersion(version: string, tool: ToolOptions): Promise<void> {
  try {
    await git(['fetch', '--quiet', '--depth', '1', '--tags', '--', 'origin', version], tool);
  } catch (error) {
    if (!/^[0-9a-f]{4,40}$/.test(version) || tool.signal.aborted) throw error;
    await git(['fetch', '--quiet', '--tags', '--', 'origin'], tool);
  }
}

async function checkOutHead(url: string, tool: ToolOptions): Promise<void> {
  const answer = await askTool(['git', ...GUARDS, 'ls-remote', '--symref', '--', 'origin', 'HEAD'], tool);
  const branch = /^ref: refs\/heads\/(\S+)\s+HEAD$/m.exec(answer)?.[1];
  if (branch === undefined) throw new Error(`Failed to find HEAD branch of ${withoutCredentials(url)}`);
  await git(['fetch', '--quiet', '--depth', '1', '--', 'origin', branch], tool);
  await git(['checkout', '--quiet', '-B', branch, 'FETCH_HEAD', '--'], tool);
}

/** Whatever the user's configuration admits: commands in URLs are not run. */
const GUARDS = ['-c', 'protocol.ext.allow=never'];

async function git(args: readonly string[], tool: ToolOptions): Promise<void> {
  await runTool(['git', ...GUARDS, ...args], tool);
}

/** Where nobody can answer, git must not ask. */
function environment(): Record<string, string> {
  return process.stdin.isTTY ? {} : { GIT_TERMINAL_PROMPT: '0' };
}

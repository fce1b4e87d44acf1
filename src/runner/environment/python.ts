import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

export interface Python {
  /** How it is called: a program and its first arguments. */
  readonly command: readonly [string, ...string[]];
  /** Such as `3.11.7`. */
  readonly version: string;
}

const NO_PYTHON = `No Python was found. Install Python 3.10 or later (from python.org, your system's packages, or with uv), make sure that \`python3\` is on the PATH, and run again. MLFLOW_WORKBENCH_PYTHON can name one that is elsewhere.`;

/**
 * Finds a Python: the one that `MLFLOW_WORKBENCH_PYTHON` names, else one of the wanted version (on the PATH, of pyenv or
 * of uv), else any.
 * @param wanted a version such as `3.11` or `3.11.4`
 * @throws an Error that says what to install
 */
export async function findPython(wanted?: string): Promise<Python> {
  const chosen = process.env.MLFLOW_WORKBENCH_PYTHON;
  const minor = wanted === undefined ? undefined : /^\d+\.\d+/.exec(wanted)?.[0];
  const found: Python[] = [];
  for await (const command of chosen ? [[chosen] as const] : candidates(minor)) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    const python = { command, version };
    if (wanted === undefined || isVersion(version, wanted)) return python;
    found.push(python);
  }
  const [any] = found;
  if (any) return any;
  throw new Error(chosen ? `MLFLOW_WORKBENCH_PYTHON names '${chosen}', which does not run.` : NO_PYTHON);
}

/** Whether a version is of the wanted minor version: `3.11.7` is a `3.11`, and does for `3.11.4`. */
export function isVersion(version: string, wanted: string): boolean {
  const [major, minor] = wanted.split('.');
  return version.startsWith(minor === undefined ? `${major}.` : `${major}.${minor}.`);
}

async function* candidates(minor: string | undefined): AsyncGenerator<readonly [string, ...string[]]> {
  if (minor !== undefined) yield [`python${minor}`];
  yield ['python3'];
  yield ['python'];
  if (process.platform === 'win32') yield minor === undefined ? ['py', '-3'] : ['py', `-${minor}`];
  if (minor === undefined) return;
  yield* pyenvPythons(minor);
  const managed = await answerOf('uv', ['python', 'find', '--no-python-downloads', minor]);
  if (managed !== undefined) yield [managed];
}

/** pyenv's own programs on the PATH refuse versions that are not chosen for the folder, so that they are called directly. */
function pyenvPythons(minor: string): [string][] {
  const root = process.env.PYENV_ROOT ?? path.join(os.homedir(), '.pyenv');
  const versions = path.join(root, 'versions');
  const program = process.platform === 'win32' ? 'python.exe' : path.join('bin', 'python');
  const names = fs.existsSync(versions) ? fs.readdirSync(versions) : [];
  return names
    .filter((name) => name.startsWith(`${minor}.`))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
    .map((name) => [path.join(versions, name, program)]);
}

/** `undefined` where there is no such Python 3: the stub of Windows' shop ends with an error, too. */
async function versionOf([program, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  const version = await answerOf(program, [...args, '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']);
  return version !== undefined && /^3\.\d+\.\d+$/.test(version) ? version : undefined;
}

export async function hasUv(): Promise<boolean> {
  return (await answerOf('uv', ['--version'])) !== undefined;
}

/** What a program prints, without the white space around; `undefined` where it is missing, fails or says nothing. */
export async function answerOf(program: string, args: readonly string[], cwd?: string): Promise<string | undefined> {
  try {
    const running = execute(program, [...args], { cwd });
    // Nobody will answer what it asks.
    running.child.stdin?.end();
    const { stdout } = await running;
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

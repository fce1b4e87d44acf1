import { execFile } from 'node:child_process';
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
 * Finds a Python: the one that `MLFLOW_WORKBENCH_PYTHON` names, else one of the wanted version, else any.
 * @param wanted a version such as `3.11` or `3.11.4`
 * @throws an Error that says what to install
 */
export async function findPython(wanted?: string): Promise<Python> {
  const chosen = process.env.MLFLOW_WORKBENCH_PYTHON;
  const minor = wanted === undefined ? undefined : /^\d+\.\d+/.exec(wanted)?.[0];
  const candidates: [string, ...string[]][] = chosen
    ? [[chosen]]
    : [...(minor ? [[`python${minor}`] as [string]] : []), ['python3'], ['python']];
  if (process.platform === 'win32' && !chosen) candidates.push(minor ? ['py', `-${minor}`] : ['py', '-3']);
  const found: Python[] = [];
  for (const command of candidates) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    const python = { command, version };
    if (wanted === undefined || version.startsWith(minor ?? '')) return python;
    found.push(python);
  }
  const [any] = found;
  if (any) return any;
  throw new Error(chosen ? `MLFLOW_WORKBENCH_PYTHON names '${chosen}', which does not run.` : NO_PYTHON);
}

/** `undefined` where there is no such Python 3: the stub of Windows' shop ends with an error, too. */
async function versionOf([program, ...args]: readonly [string, ...string[]]): Promise<string | undefined> {
  try {
    const { stdout } = await execute(program, [...args, '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])']);
    const version = stdout.trim();
    return /^3\.\d+\.\d+$/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}

export async function hasUv(): Promise<boolean> {
  try {
    await execute('uv', ['--version']);
    return true;
  } catch {
    return false;
  }
}

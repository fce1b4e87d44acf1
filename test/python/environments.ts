import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The two major versions that every promise about Python is tested with. */
export const MLFLOW_VERSIONS = ['2.22.5', '3.17.2'] as const;
export type MlflowVersion = (typeof MLFLOW_VERSIONS)[number];

const ROOT = path.dirname(path.dirname(import.meta.dirname));

function findPython(): string | undefined {
  return ['python3', 'python'].find(
    (name) => spawnSync(name, ['-c', 'import sys; assert sys.version_info >= (3, 10)']).status === 0,
  );
}

/** Whether there is a Python to test with. Under CI there must be one, so that nothing is left out without a word. */
export function hasPython(): boolean {
  const found = findPython() !== undefined;
  if (!found && process.env.CI) throw new Error('CI needs Python 3.10 or later on the PATH');
  if (!found) console.warn('No Python 3.10 or later on the PATH: the tests with real MLflow are skipped.');
  return found;
}

/** @returns the `python` of an environment with this MLflow, made on first use in `.python-test/`. */
export function mlflowPython(version: MlflowVersion): string {
  return pythonWith(path.join(import.meta.dirname, `requirements-${version}.txt`), `mlflow-${version}`);
}

/**
 * @param requirements a file for pip, with pinned versions.
 * @param name of the environment's folder in `.python-test/`.
 * @returns the `python` of the environment, made on first use, and again whenever the file changes.
 */
export function pythonWith(requirements: string, name: string): string {
  const folder = path.join(ROOT, '.python-test', name);
  const python =
    process.platform === 'win32' ? path.join(folder, 'Scripts/python.exe') : path.join(folder, 'bin/python');
  const complete = path.join(folder, '.complete');
  const wanted = fs.readFileSync(requirements, 'utf8');
  if (!fs.existsSync(complete) || fs.readFileSync(complete, 'utf8') !== wanted) {
    fs.rmSync(folder, { recursive: true, force: true });
    execFileSync(findPython() ?? 'python3', ['-m', 'venv', folder], { stdio: 'inherit' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    fs.writeFileSync(complete, wanted);
  }
  return python;
}

export interface ProgramOptions {
  /** A new folder, removed afterwards, when absent: MLflow makes its database wherever it finds itself. */
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of `test/python/programs/` (or any other file) to its end.
 * @returns the JSON value that its last line holds.
 * @throws with all that it said when it fails.
 */
export async function runProgram(
  version: MlflowVersion,
  program: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<unknown> {
  const file = path.resolve(import.meta.dirname, 'programs', program);
  const own = options.cwd === undefined ? fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-program-')) : undefined;
  const child = spawn(mlflowPython(version), [file, ...args], {
    cwd: options.cwd ?? own,
    env: {
      ...process.env,
      // A request that fails must fail the test at once instead of after minutes of retries.
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1',
      MPLBACKEND: 'agg',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, said]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => {
    out.push(chunk);
    said.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (own !== undefined) fs.rmSync(own, { recursive: true, force: true });
  if (code !== 0) throw new Error(`${program} ended with exit code ${code}:\n${Buffer.concat(said)}`);
  const last = Buffer.concat(out).toString().trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last);
}

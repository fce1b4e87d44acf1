import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { EnvironmentSpec } from './environmentFile.ts';
import { runTool } from './process.ts';
import { findPython, hasUv } from './python.ts';

export type EnvironmentManager = 'local' | 'virtualenv' | 'uv';

export interface PreparedEnvironment {
  /** Folder of the environment's programs, for the PATH; absent for the Python that is there anyway. */
  readonly binFolder: string | undefined;
  readonly folder: string | undefined;
}

export interface EnvironmentOptions {
  readonly spec: EnvironmentSpec;
  /** uv where it is installed, else venv and pip, when absent. */
  readonly manager: EnvironmentManager | undefined;
  readonly projectFolder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const COMPLETE = '.complete';

/** Which tool makes the environment. */
export async function chooseManager(manager: EnvironmentManager | undefined): Promise<EnvironmentManager> {
  return manager ?? ((await hasUv()) ? 'uv' : 'virtualenv');
}

/**
 * Makes the environment that a project asks for, once: its folder is named after what it consists of, and counts only
 * when it was finished. What the tools print goes to this process's own output.
 * @throws an Error that says what failed
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<PreparedEnvironment> {
  const { spec, say } = options;
  const manager = await chooseManager(options.manager);
  if (manager === 'local') return { binFolder: undefined, folder: undefined };
  const python = await findPython(spec.python);
  if (spec.python !== undefined && !sameMinor(spec.python, python.version) && manager !== 'uv') {
    say(`Python ${spec.python} is asked for, ${python.version} is what there is: going on with that.`);
  }
  const folder = path.join(environmentRoot(), `mlflow-${keyOf(spec, python.version)}`);
  const binFolder = path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (fs.existsSync(path.join(folder, COMPLETE))) {
    say(`Using the environment ${folder}`);
    return { binFolder, folder };
  }
  say(`Creating the environment ${folder} with ${manager === 'uv' ? 'uv' : 'venv and pip'}`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const interpreter = path.join(binFolder, process.platform === 'win32' ? 'python.exe' : 'python');
  const tool = (command: readonly [string, ...string[]]) => runTool(command, options.projectFolder, options.signal);
  if (manager === 'uv') await tool(['uv', 'venv', '--python', spec.python ?? python.version, folder]);
  else await tool([...python.command, '-m', 'venv', folder]);
  for (const requirements of [spec.buildDependencies, spec.dependencies]) {
    const args = requirements.flatMap(splitRequirement);
    if (args.length === 0) continue;
    if (manager === 'uv') await tool(['uv', 'pip', 'install', '--python', interpreter, ...args]);
    else await tool([interpreter, '-m', 'pip', 'install', '--disable-pip-version-check', ...args]);
  }
  fs.writeFileSync(path.join(folder, COMPLETE), '');
  return { binFolder, folder };
}

/** `-r file` is an option and its value; everything else is one argument, so that nothing reaches a shell. */
function splitRequirement(line: string): string[] {
  const option = /^(-r|--requirement|-c|--constraint|-e|--editable)[\s=]+(.+)$/.exec(line.trim());
  return option?.[1] && option[2] ? [option[1], option[2]] : [line.trim()];
}

function sameMinor(wanted: string, version: string): boolean {
  const [major, minor] = wanted.split('.');
  return minor === undefined ? version.startsWith(`${major}.`) : version.startsWith(`${major}.${minor}.`);
}

/** MLflow's own place for environments, so that cleaning up cleans these, too. */
function environmentRoot(): string {
  return process.env.MLFLOW_ENV_ROOT ?? path.join(os.homedir(), '.mlflow', 'envs');
}

function keyOf({ sources, python }: EnvironmentSpec, version: string): string {
  const hash = createHash('sha1');
  for (const text of [version, python ?? '', ...sources]) hash.update(text).update('\0');
  return hash.digest('hex');
}

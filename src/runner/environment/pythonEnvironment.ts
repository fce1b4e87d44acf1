import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from '../process.ts';
import type { EnvironmentSpec } from './environmentFile.ts';
import { lockEnvironment } from './environmentLock.ts';
import { COMPLETE, environmentRoot } from './environments.ts';
import type { EnvironmentOptions, PreparedEnvironment } from './preparedEnvironment.ts';
import { findPython, hasUv, isVersion, type Python } from './python.ts';
import { isOfFolder, splitRequirement } from './requirements.ts';

export interface PythonEnvironmentOptions extends EnvironmentOptions {
  readonly manager: 'virtualenv' | 'uv';
}

const NO_UV =
  'uv is asked for, and was not found. Install it (https://docs.astral.sh/uv/), or take `--env-manager virtualenv`.';

/**
 * Makes a virtual environment, once: its folder is named after what it consists of, and counts only when it was
 * finished. Runs that start at the same time make it together, which is one after the other.
 */
export async function preparePythonEnvironment(options: PythonEnvironmentOptions): Promise<PreparedEnvironment> {
  const { spec, manager, say, signal } = options;
  if (manager === 'uv' && !(await hasUv())) throw new Error(NO_UV);
  const python = await findPython(spec.python);
  const isMissing = spec.python !== undefined && !isVersion(python.version, spec.python);
  if (isMissing && manager !== 'uv') {
    say(`Python ${spec.python} is asked for, ${python.version} is what there is: going on with that.`);
  }
  if (spec.condaOnly && spec.condaOnly.length > 0) {
    say(`Without conda, these packages of conda are left out: ${spec.condaOnly.join(', ')}`);
  }
  const folder = path.join(environmentRoot(), `mlflow-${keyOf(options, python.version)}`);
  const release = await lockEnvironment(folder, { say, signal });
  try {
    if (fs.existsSync(path.join(folder, COMPLETE))) say(`Using the environment ${folder}`);
    else await makeEnvironment(folder, python, options);
    // Says when it was used last, so that old ones can be told.
    fs.writeFileSync(path.join(folder, COMPLETE), '');
  } finally {
    release();
  }
  return describeEnvironment(folder, manager);
}

async function makeEnvironment(folder: string, python: Python, options: PythonEnvironmentOptions): Promise<void> {
  const { spec, manager, projectFolder, say, signal } = options;
  say(`Creating the environment ${folder} with ${manager === 'uv' ? 'uv' : 'venv and pip'}`);
  fs.rmSync(folder, { recursive: true, force: true });
  const interpreter = path.join(binFolderOf(folder), process.platform === 'win32' ? 'python.exe' : 'python');
  const tool = (command: readonly [string, ...string[]]) => runTool(command, { cwd: projectFolder, signal });
  try {
    if (manager === 'uv') await tool(['uv', 'venv', '--python', spec.python ?? python.version, folder]);
    else await tool([...python.command, '-m', 'venv', folder]);
    for (const requirements of [spec.buildDependencies, spec.dependencies]) {
      const args = requirements.flatMap(splitRequirement);
      if (args.length === 0) continue;
      if (manager === 'uv') await tool(['uv', 'pip', 'install', '--python', interpreter, ...args]);
      else await tool([interpreter, '-m', 'pip', 'install', '--disable-pip-version-check', ...args]);
    }
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function describeEnvironment(folder: string, manager: string): PreparedEnvironment {
  const binFolder = binFolderOf(folder);
  return {
    tags: new Map([['mlflow.project.env', manager]]),
    binFolder,
    launch: (_, command) => ({
      command,
      // What activating the environment would set.
      variables: {
        PATH: `${binFolder}${path.delimiter}${process.env.PATH ?? ''}`,
        VIRTUAL_ENV: folder,
        // Lines of a training are seen when they are printed, not when a buffer is full.
        PYTHONUNBUFFERED: '1',
      },
    }),
  };
}

function binFolderOf(folder: string): string {
  return path.join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
}

function keyOf({ spec, projectFolder }: EnvironmentOptions, version: string): string {
  const hash = createHash('sha1');
  const { python, sources } = spec;
  for (const text of [version, python ?? '', ...sources, ...ownFolder(spec, projectFolder)]) {
    hash.update(text).update('\0');
  }
  return hash.digest('hex');
}

/** Where the project itself is installed, the environment is its alone. */
function ownFolder({ dependencies, buildDependencies }: EnvironmentSpec, projectFolder: string): readonly string[] {
  return [...dependencies, ...buildDependencies].some(isOfFolder) ? [projectFolder] : [];
}

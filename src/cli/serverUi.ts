import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { isFile } from '../files/read.ts';

const execute = promisify(execFile);

/** Where MLflow keeps its web UI, below its package. */
const BUILD = ['server', 'js', 'build'];

/** Prints the folder of a package without running any of its code, which would take seconds. */
const FIND_PACKAGE =
  'import importlib.util as u; s = u.find_spec("mlflow"); print(s.submodule_search_locations[0] if s and s.submodule_search_locations else "")';

/**
 * Finds the folder of MLflow's web UI.
 * @param ui that folder, or `auto`: the one of the MLflow that is installed for the Python of this shell.
 * @throws an Error that says what to do.
 */
export async function findUi(ui: string, environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (ui !== 'auto') return checked(path.resolve(ui), `--ui ${ui}: there is no index.html of MLflow's web UI.`);
  for (const python of pythons(environment)) {
    const found = await packageOf(python);
    if (found) return checked(path.join(found, ...BUILD), `The MLflow in ${found} comes without its web UI.`);
  }
  throw new Error(
    'No Python was found that has MLflow installed. Activate the environment that has it, install it with `pip install mlflow`, or name the folder of its web UI with --ui DIR.',
  );
}

function checked(folder: string, complaint: string): string {
  if (isFile(path.join(folder, 'index.html'))) return folder;
  throw new Error(complaint);
}

/** The one that the user named, else the active environment, as in the shell, else what is on the PATH. */
function pythons(environment: NodeJS.ProcessEnv): readonly string[] {
  const { MLFLOW_WORKBENCH_PYTHON: chosen, VIRTUAL_ENV, CONDA_PREFIX } = environment;
  if (chosen) return [chosen];
  const isWindows = process.platform === 'win32';
  const inEnvironment = (folder: string) => path.join(folder, isWindows ? 'Scripts/python.exe' : 'bin/python');
  const inConda = (folder: string) => path.join(folder, isWindows ? 'python.exe' : 'bin/python');
  return [
    ...(VIRTUAL_ENV ? [inEnvironment(VIRTUAL_ENV)] : []),
    ...(CONDA_PREFIX ? [inConda(CONDA_PREFIX)] : []),
    'python3',
    'python',
    ...(isWindows ? ['py'] : []),
  ];
}

async function packageOf(python: string): Promise<string | undefined> {
  try {
    // Isolated: a file named mlflow.py in this folder is not what is meant.
    return (await execute(python, ['-I', '-c', FIND_PACKAGE])).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

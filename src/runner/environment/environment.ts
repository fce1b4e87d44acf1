import { prepareCondaEnvironment } from './condaEnvironment.ts';
import type { EnvironmentManager, EnvironmentOptions, PreparedEnvironment } from './preparedEnvironment.ts';
import { hasUv } from './python.ts';
import { preparePythonEnvironment } from './pythonEnvironment.ts';

/** Which tool makes the environment of a project in Python's own format. */
export async function chooseManager(manager: EnvironmentManager | undefined): Promise<EnvironmentManager> {
  return manager ?? ((await hasUv()) ? 'uv' : 'virtualenv');
}

/**
 * Makes the environment that a project asks for, or finds it where it was made before. What the tools print goes to this
 * process's own output.
 * @throws an Error that says what failed, or what is missing and how to get it
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<PreparedEnvironment> {
  const manager = await chooseManager(options.manager);
  switch (manager) {
    case 'local':
      return {
        tags: new Map(),
        binFolder: undefined,
        launch: (_, command) => ({ command, variables: {} }),
      };
    case 'conda':
      return prepareCondaEnvironment(options);
    default:
      return preparePythonEnvironment({ ...options, manager });
  }
}

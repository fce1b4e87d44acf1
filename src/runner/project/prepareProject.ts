import { findConda } from '../environment/condaEnvironment.ts';
import { prepareDocker } from '../environment/dockerEnvironment.ts';
import { chooseManager, prepareEnvironment } from '../environment/environment.ts';
import { readEnvironment } from '../environment/environmentFile.ts';
import type { EnvironmentManager, PreparedEnvironment } from '../environment/preparedEnvironment.ts';
import type { ProjectFolder } from './projectFolder.ts';

export interface PrepareOptions {
  readonly environmentManager?: EnvironmentManager | undefined;
  readonly trackingUri: string;
  readonly dockerArgs?: ReadonlyMap<string, string | true> | undefined;
  readonly buildImage?: boolean | undefined;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Makes what a project is run in. Docker goes before all else, as in MLflow; a project that asks for nothing is run with
 * the Python that is there; `conda.yaml` is made by conda where there is one, else as far as pip can.
 */
export async function prepareProject(
  { project, folder }: ProjectFolder,
  options: PrepareOptions,
): Promise<PreparedEnvironment> {
  const { trackingUri, say, signal, environmentManager: asked } = options;
  if (project.environment?.kind === 'docker_env') {
    const dockerArgs = options.dockerArgs ?? new Map();
    return prepareDocker({
      ...{ projectFolder: folder, trackingUri, dockerArgs, say, signal },
      buildImage: options.buildImage ?? false,
    });
  }
  const { kind } = readEnvironment(project, folder, false);
  const manager = asked ?? (await usualManager(kind));
  const spec = readEnvironment(project, folder, manager !== 'conda' && manager !== 'local');
  return prepareEnvironment({ spec, manager, projectFolder: folder, say, signal });
}

async function usualManager(kind: ReturnType<typeof readEnvironment>['kind']): Promise<EnvironmentManager> {
  if (kind === 'none') return 'local';
  return kind === 'conda_env' && (await findConda()) ? 'conda' : chooseManager(undefined);
}

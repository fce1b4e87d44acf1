import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { invalidParameter } from '../../entities/error.ts';
import { isProjectFileName } from '../../mlproject/project.ts';

/** What the `docker_env` of a project says. */
export interface DockerSpec {
  /** Of the project. */
  readonly name: string;
  readonly image: string;
  /** `/host:/container[:ro]`, with the shell's variables as in `$PWD/data:/data`. */
  readonly volumes: readonly string[];
  /** A name alone takes the value that the variable has on this machine. */
  readonly environment: readonly (readonly [name: string, value: string | undefined])[];
}

const INVALID = 'Project configuration (MLproject file) was invalid:';

/**
 * Reads the Docker environment of the project in a folder.
 * @throws INVALID_PARAMETER_VALUE with MLflow's messages
 */
export function readDockerSpec(folder: string): DockerSpec {
  const file = fs.readdirSync(folder).find(isProjectFileName);
  const content: unknown = parse(fs.readFileSync(path.join(folder, file ?? 'MLproject'), 'utf8'), {
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const project = asRecord(content);
  const docker = asRecord(project.docker_env);
  if (!docker.image) throw invalidParameter(`${INVALID} Docker environment specified but no image attribute found.`);
  if (!project.name) {
    throw invalidParameter('Project name in MLProject must be specified when using docker for image tagging.');
  }
  return {
    name: String(project.name),
    image: String(docker.image),
    volumes: readVolumes(docker.volumes || []),
    environment: readVariables(docker.environment || []),
  };
}

function readVolumes(volumes: unknown): readonly string[] {
  if (Array.isArray(volumes) && volumes.every((volume) => typeof volume === 'string')) return volumes;
  throw invalidParameter(
    `${INVALID} Docker volumes must be a list of strings, e.g.: '["/path1/:/path1", "/path2/:/path2"]'`,
  );
}

function readVariables(entries: unknown): DockerSpec['environment'] {
  const list: readonly unknown[] = Array.isArray(entries) ? entries : [undefined];
  return list.map((entry) => {
    if (typeof entry === 'string') return [entry, undefined];
    if (Array.isArray(entry) && entry.length >= 2) return [String(entry[0]), String(entry[1])];
    throw invalidParameter(
      `${INVALID} environment must be a list containing either strings (to copy environment variables from host system) or lists of string pairs (to define new environment variables). E.g.: '[["NEW_VAR", "new_value"], "VAR_TO_COPY_FROM_HOST"]'`,
    );
  });
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

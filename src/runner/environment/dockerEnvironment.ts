import { spawn } from 'node:child_process';
import path from 'node:path';
import { askTool, runTool, type ToolOptions } from '../process.ts';
import { commitOf } from '../project/git.ts';
import { projectVariables } from './dockerArguments.ts';
import { dockerCommand } from './dockerCommand.ts';
import { type DockerSpec, readDockerSpec } from './dockerFile.ts';
import type { PreparedEnvironment } from './preparedEnvironment.ts';
import { answerOf } from './python.ts';

export interface DockerOptions {
  readonly projectFolder: string;
  readonly trackingUri: string;
  /** Options of `docker run` by name, without dashes; `true` for a flag. */
  readonly dockerArgs: ReadonlyMap<string, string | true>;
  /** Whether to build an image with the project in it, on top of the one that the project names. */
  readonly buildImage: boolean;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const NO_DOCKER =
  'Could not find Docker executable. Ensure Docker is installed as per the instructions at https://docs.docker.com/install/overview/ and that `docker` is on the PATH.';

/** Where MLflow puts the project's files in an image. */
const CODE = '/mlflow/projects/code/';

/**
 * Gets the image that a project is run in: pulled where it is not there, or built.
 * @throws an Error where docker is missing or fails, INVALID_PARAMETER_VALUE for a wrong `docker_env`
 */
export async function prepareDocker(options: DockerOptions): Promise<PreparedEnvironment> {
  const { projectFolder, trackingUri, dockerArgs, say, signal } = options;
  const spec = readDockerSpec(projectFolder);
  projectVariables(spec.environment);
  await checkDocker({ cwd: projectFolder, signal });
  const image = options.buildImage ? await buildImage(spec, options) : await findImage(spec, options);
  const id = await askTool(['docker', 'image', 'inspect', '--format', '{{.Id}}', image], {
    cwd: projectFolder,
    signal,
  });
  const isHere = /^https?:\/\/(?:127\.|localhost|\[::1\])/i.test(trackingUri);
  if (isHere && !dockerArgs.has('network') && !dockerArgs.has('net')) {
    say(`The container cannot reach ${trackingUri}: on Linux, add \`-A network=host\``);
  }
  return {
    tags: new Map([
      ['mlflow.project.env', 'docker'],
      ['mlflow.docker.image.uri', image],
      ['mlflow.docker.image.id', id],
    ]),
    binFolder: undefined,
    launch(run, command) {
      const name = containerName(run.runId);
      if (hasOperator(command)) say(OUTSIDE);
      const begin = dockerCommand({ spec, image, run, trackingUri, dockerArgs, name });
      // The container is no child of ours.
      return { command: `${begin} ${command}`, variables: {}, stop: () => endContainer(run.runId) };
    },
  };
}

const OUTSIDE =
  "As with mlflow run, only the first program of the command is run in the container, and what follows it on this machine. Put all of it into a script, or into `bash -c '…'`";

/** Whether the shell, which starts docker, finds more than one program in a command. */
function hasOperator(command: string): boolean {
  const unquoted = command.trim().replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\[\s\S]/g, '');
  return /[;&|\n]/.test(unquoted);
}

function containerName(runId: string): string {
  return `mlflow-run-${runId}`;
}

/** Ends the container of a run, where there is one. */
export function endContainer(runId: string): void {
  const options = { stdio: 'ignore', detached: true } as const;
  spawn('docker', ['kill', containerName(runId)], options)
    .once('error', () => undefined)
    .unref();
}

async function checkDocker(tool: ToolOptions): Promise<void> {
  if ((await answerOf('docker', ['--version'])) === undefined) throw new Error(NO_DOCKER);
  try {
    await askTool(['docker', 'info'], tool);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Docker is installed, but does not answer: start its daemon (or Docker Desktop). ${reason}`);
  }
}

async function findImage({ image }: DockerSpec, { projectFolder, say, signal }: DockerOptions): Promise<string> {
  const tool = { cwd: projectFolder, signal };
  if ((await askTool(['docker', 'images', '--quiet', image], tool)) !== '') say(`${image} already exists`);
  else {
    say(`Pulling ${image}`);
    await runTool(['docker', 'pull', image], tool);
  }
  return image;
}

/** MLflow's image: the project's files in a folder of their own, named after the project and its commit. */
async function buildImage({ name, image }: DockerSpec, { projectFolder, say, signal }: DockerOptions): Promise<string> {
  const commit = await commitOf(projectFolder);
  const tag = commit === undefined ? name : `${name}:${commit.slice(0, 7)}`;
  say(`Building docker image ${tag}`);
  const recipe = `FROM ${image}\nCOPY . ${CODE}\nWORKDIR ${CODE}\n`;
  const input = { cwd: projectFolder, signal, input: recipe };
  await runTool(['docker', 'build', '--tag', tag, '--force-rm', '--file', '-', path.resolve(projectFolder)], input);
  return tag;
}

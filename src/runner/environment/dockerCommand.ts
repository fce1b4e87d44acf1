import type { RunInfo } from '../../entities/run.ts';
import { quotePosix } from '../command/shellQuote.ts';
import { artifactArguments, projectVariables, trackingArguments } from './dockerArguments.ts';
import type { DockerSpec } from './dockerFile.ts';

export interface ContainerRun {
  readonly spec: DockerSpec;
  /** The image that is run, which may have been built of the project's. */
  readonly image: string;
  readonly run: RunInfo;
  readonly trackingUri: string;
  /** Options of `docker run` by name, without dashes; `true` for a flag. */
  readonly dockerArgs: ReadonlyMap<string, string | true>;
  /** Of the container. */
  readonly name: string;
}

/**
 * The beginning of the shell command that runs an entry point in a container, in MLflow's order; the command of the entry
 * point follows it. Values are quoted, which MLflow leaves out; variables of the shell in volumes count.
 */
export function dockerCommand({ spec, image, run, trackingUri, dockerArgs, name }: ContainerRun): string {
  const tracking = trackingArguments(trackingUri);
  const artifacts = artifactArguments(run.artifactUri);
  const variables = new Map<string, string | undefined>([
    ['MLFLOW_RUN_ID', run.runId],
    ['MLFLOW_TRACKING_URI', trackingUri],
    ['MLFLOW_EXPERIMENT_ID', run.experimentId],
    ...tracking.variables,
    ...artifacts.variables,
    ...projectVariables(spec.environment),
  ]);
  const ownName = dockerArgs.has('name') ? [] : ['--name', name];
  return [
    ...['docker', 'run', '--rm', ...ownName],
    ...[...dockerArgs].flatMap(([option, value]) => optionWords(option, value)),
    ...[...tracking.mounts, ...artifacts.mounts].flatMap((mount) => ['-v', quotePosix(mount)]),
    ...spec.volumes.flatMap((volume) => ['-v', quoteVolume(volume)]),
    ...[...variables].flatMap(([key, value]) => ['-e', quotePosix(value === undefined ? key : `${key}=${value}`)]),
    quotePosix(image),
  ].join(' ');
}

function optionWords(option: string, value: string | true): string[] {
  const word = quotePosix(option.length === 1 ? `-${option}` : `--${option}`);
  return value === true ? [word] : [word, quotePosix(value)];
}

/** As one word in which the shell still fills in what starts with `$`, and the home folder for a `~` at the beginning. */
function quoteVolume(volume: string): string {
  if (/^[\w@%+=:,./-]+$/.test(volume)) return volume;
  const [home = ''] = /^~(?=\/)/.exec(volume) ?? [];
  return `${home}"${volume.slice(home.length).replace(/["\\`]/g, '\\$&')}"`;
}

import { createHash } from 'node:crypto';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { quotePosix } from '../command/shellQuote.ts';
import { askTool, runTool } from '../process.ts';
import type { EnvironmentOptions, PreparedEnvironment } from './preparedEnvironment.ts';
import { answerOf } from './python.ts';

type Kind = 'conda' | 'mamba' | 'micromamba';

/** A program that makes conda environments. */
export interface Conda {
  readonly kind: Kind;
  /** Path or name of the program. */
  readonly program: string;
}

const NO_CONDA =
  'Could not find conda, mamba or micromamba. Install one (https://conda-forge.org/download/) and put it on the PATH, name its folder in MLFLOW_CONDA_HOME, or take `--env-manager virtualenv`, which leaves out what only conda has.';

/** Where MLflow looks for conda: `MLFLOW_CONDA_HOME`, then beside `CONDA_EXE`, then the PATH; then mamba and micromamba. */
export async function findConda(): Promise<Conda | undefined> {
  const candidates: readonly Conda[] = [
    { kind: 'conda', program: condaProgram('conda') },
    { kind: 'mamba', program: condaProgram('mamba') },
    { kind: 'micromamba', program: process.env.MAMBA_EXE ?? 'micromamba' },
  ];
  for (const candidate of candidates) {
    if ((await answerOf(candidate.program, ['--version'])) !== undefined) return candidate;
  }
  return undefined;
}

/**
 * Makes a conda environment, once, under MLflow's name for it, and so shares it with `mlflow run`.
 * @throws INVALID_PARAMETER_VALUE for a project in another format
 */
export async function prepareCondaEnvironment(options: EnvironmentOptions): Promise<PreparedEnvironment> {
  const { spec, say, signal, projectFolder } = options;
  if (spec.kind === 'python_env') {
    throw invalidParameter(
      "python_env project cannot be executed using conda. Set `--env-manager` to 'virtualenv' or 'local' to execute this project.",
    );
  }
  const conda = await findConda();
  if (!conda) throw new Error(NO_CONDA);
  const name = condaName(spec.sources[0] ?? '');
  const tool = { cwd: projectFolder, signal };
  const existing = await askTool([conda.program, 'env', 'list', '--json'], tool);
  if (hasEnvironment(existing, name)) say(`Conda environment ${name} already exists.`);
  else {
    say(`Creating conda environment ${name} with ${conda.kind}`);
    await runTool(creation(conda, name, spec.file), tool);
  }
  return {
    tags: new Map([['mlflow.project.env', 'conda']]),
    binFolder: undefined,
    launch: (_, command) => ({
      command: [...activation(conda, name), command].join(' && '),
      variables: { PYTHONUNBUFFERED: '1' },
    }),
  };
}

/** @param text of the environment's file; empty for none */
export function condaName(text: string): string {
  return `mlflow-${createHash('sha1').update(text).digest('hex')}`;
}

function hasEnvironment(answer: string, name: string): boolean {
  const list: unknown = JSON.parse(answer);
  const folders = typeof list === 'object' && list !== null && 'envs' in list ? list.envs : undefined;
  return Array.isArray(folders) && folders.some((folder) => path.basename(String(folder)) === name);
}

/** MLflow's command lines, and those of micromamba, which has no `env create`. */
function creation({ kind, program }: Conda, name: string, file: string | undefined): [string, ...string[]] {
  if (file === undefined) {
    return [program, 'create', '--channel', 'conda-forge', '--yes', '--override-channels', '-n', name, 'python'];
  }
  if (kind === 'micromamba') return [program, 'create', '--yes', '-n', name, '--file', file];
  const creator = process.env.MLFLOW_CONDA_CREATE_ENV_CMD;
  return [creator ? condaProgram(creator) : program, 'env', 'create', '-n', name, '--file', file];
}

/** What MLflow puts before the command; each step ends with a status, and prints where the command does not. */
function activation({ kind, program }: Conda, name: string): readonly string[] {
  if (process.platform === 'win32') return [`${kind} activate ${name}`];
  if (kind !== 'conda') {
    return [`eval "$(${quotePosix(program)} shell hook --shell bash)"`, `${kind} activate ${name} 1>&2`];
  }
  const isNamed = Boolean(process.env.CONDA_EXE ?? process.env.MLFLOW_CONDA_HOME);
  if (!isNamed) return [`source activate ${name} 1>&2`];
  return [`source ${path.dirname(program)}/../etc/profile.d/conda.sh`, `conda activate ${name} 1>&2`];
}

function condaProgram(name: string): string {
  const { MLFLOW_CONDA_HOME: home, CONDA_EXE: program } = process.env;
  if (home) return path.join(home, 'bin', name);
  return program ? path.join(path.dirname(program), name) : name;
}

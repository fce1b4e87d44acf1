import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { invalidParameter } from '../entities/error.ts';
import type { Project } from '../mlproject/project.ts';

/** What a Python environment consists of. */
export interface EnvironmentSpec {
  readonly kind: 'python_env' | 'conda_env' | 'none';
  /** Such as `3.11`; any where absent. */
  readonly python: string | undefined;
  readonly buildDependencies: readonly string[];
  /** Requirements in pip's syntax. */
  readonly dependencies: readonly string[];
  /** Texts that the environment follows from: the file, and the requirement files that it names. */
  readonly sources: readonly string[];
}

const NONE: EnvironmentSpec = { kind: 'none', python: undefined, buildDependencies: [], dependencies: [], sources: [] };

/**
 * The environment of a project, in MLflow's order: what it names, else `python_env.yaml`, else `conda.yaml` beside it.
 * @throws INVALID_PARAMETER_VALUE for a file that is missing or wrong, and for Docker
 */
export function readEnvironment({ environment }: Project, folder: string): EnvironmentSpec {
  if (environment?.kind === 'docker_env') {
    throw invalidParameter('Projects with a docker_env cannot be run here yet. Use `mlflow run` for this one.');
  }
  const named = environment?.path && { kind: environment.kind, file: environment.path.value };
  const beside = [
    { kind: 'python_env' as const, file: 'python_env.yaml' },
    { kind: 'conda_env' as const, file: 'conda.yaml' },
  ].find(({ file }) => fs.existsSync(path.join(folder, file)));
  const chosen = named ?? beside;
  if (!chosen) return NONE;
  const file = path.resolve(folder, chosen.file);
  if (!fs.existsSync(file)) {
    const noun = chosen.kind === 'python_env' ? 'python_env' : 'conda environment';
    throw invalidParameter(`Project specified ${noun} file ${file}, but no such file was found.`);
  }
  const text = fs.readFileSync(file, 'utf8');
  const content: unknown = parse(text, { version: '1.1' });
  const record = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  const spec = chosen.kind === 'python_env' ? fromPythonEnv(record) : fromConda(record);
  return { ...spec, sources: [text, ...requirementFiles(spec.dependencies, folder)] };
}

function fromPythonEnv(record: Record<string, unknown>): EnvironmentSpec {
  const { python } = record;
  if (python !== undefined && python !== null && typeof python !== 'string') {
    throw invalidParameter(`python in python_env.yaml must be text: write it in quotes, as in python: "${python}".`);
  }
  return {
    kind: 'python_env',
    python: python ?? undefined,
    buildDependencies: texts(record.build_dependencies),
    dependencies: texts(record.dependencies),
    sources: [],
  };
}

/** As MLflow does without conda: Python's version and the packages for pip, nothing else. */
function fromConda(record: Record<string, unknown>): EnvironmentSpec {
  const entries = Array.isArray(record.dependencies) ? record.dependencies : [];
  const python = texts(entries).find((text) => /^python\s*=/.test(text));
  const pip = entries.find(
    (entry): entry is { pip: unknown } => typeof entry === 'object' && entry !== null && 'pip' in entry,
  );
  return {
    kind: 'conda_env',
    python: python?.replace(/^python\s*=+\s*/, ''),
    buildDependencies: [],
    dependencies: texts(pip?.pip),
    sources: [],
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function requirementFiles(dependencies: readonly string[], folder: string): string[] {
  return dependencies.flatMap((line) => {
    const file = /^(?:-r|--requirement)[\s=]+(\S+)/.exec(line)?.[1];
    const place = file && path.resolve(folder, file);
    return place && fs.existsSync(place) ? [fs.readFileSync(place, 'utf8')] : [];
  });
}

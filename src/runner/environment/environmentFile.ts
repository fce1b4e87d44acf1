import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { invalidParameter } from '../../entities/error.ts';
import { checkYaml } from '../../files/yamlGuard.ts';
import type { Project } from '../../mlproject/project.ts';
import { readCondaFile } from './condaFile.ts';
import { readRequirementFiles } from './requirements.ts';

/** What a Python environment consists of. */
export interface EnvironmentSpec {
  readonly kind: 'python_env' | 'conda_env' | 'docker_env' | 'none';
  /** The file that says so. */
  readonly file?: string | undefined;
  /** Such as `3.11`; any where absent. */
  readonly python: string | undefined;
  readonly buildDependencies: readonly string[];
  /** Requirements in pip's syntax. */
  readonly dependencies: readonly string[];
  /** Packages that only conda has: nothing else installs them. */
  readonly condaOnly?: readonly string[] | undefined;
  /** Texts that the environment follows from: the file, and the requirement files that it names. */
  readonly sources: readonly string[];
}

const NONE: EnvironmentSpec = { kind: 'none', python: undefined, buildDependencies: [], dependencies: [], sources: [] };

/**
 * The environment of a project, in MLflow's order: what it names, else `python_env.yaml`, else `conda.yaml` beside it.
 * @param isReadHere whether what the file says matters here; conda reads its files itself
 * @throws INVALID_PARAMETER_VALUE for a file that is missing or wrong
 */
export function readEnvironment({ environment }: Project, folder: string, isReadHere = true): EnvironmentSpec {
  if (environment?.kind === 'docker_env') return { ...NONE, kind: 'docker_env' };
  const named = environment?.path && { kind: environment.kind, file: environment.path.value };
  const beside = [
    { kind: 'python_env' as const, file: 'python_env.yaml' },
    { kind: 'conda_env' as const, file: 'conda.yaml' },
  ].find(({ file }) => fs.existsSync(path.join(folder, file)));
  const chosen = named ?? beside;
  if (!chosen) return NONE;
  const file = path.resolve(folder, chosen.file);
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const noun = chosen.kind === 'python_env' ? 'python_env' : 'conda environment';
    throw invalidParameter(`Project specified ${noun} file ${file}, but no such file was found.`);
  }
  const text = fs.readFileSync(file, 'utf8');
  if (!isReadHere) return { ...NONE, kind: chosen.kind, file, sources: [text] };
  const record = readRecord(text, file);
  const spec =
    chosen.kind === 'python_env'
      ? readPythonFile(record, file)
      : { kind: 'conda_env' as const, ...readCondaFile(record) };
  return { ...spec, file, sources: [text, ...readRequirementFiles(spec.dependencies, folder)] };
}

function readRecord(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    checkYaml(text);
    const content: unknown = parse(text, { version: '1.1', logLevel: 'error' });
    if (content === null || content === undefined) return {};
    if (typeof content === 'object' && !Array.isArray(content)) return content as Record<string, unknown>;
  } catch (error) {
    throw invalidParameter(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  throw invalidParameter(`${file} must be a mapping of keys to values.`);
}

const KEYS = ['python', 'build_dependencies', 'dependencies'];

function readPythonFile(record: Readonly<Record<string, unknown>>, file: string): EnvironmentSpec {
  const unknown = Object.keys(record).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw invalidParameter(`${file} has the key '${unknown}': MLflow knows ${KEYS.join(', ')}.`);
  const { python } = record;
  if (python !== undefined && python !== null && typeof python !== 'string') {
    throw invalidParameter(`python in python_env.yaml must be text: write it in quotes, as in python: "${python}".`);
  }
  return {
    kind: 'python_env',
    python: python || undefined,
    buildDependencies: list(record, 'build_dependencies', file),
    dependencies: list(record, 'dependencies', file),
    sources: [],
  };
}

function list(record: Readonly<Record<string, unknown>>, key: string, file: string): string[] {
  const value = record[key] ?? [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalidParameter(`${key} in ${file} must be a list of texts.`);
}

import { invalidParameter } from '../../entities/error.ts';

/** What of a conda environment can be had without conda. */
export interface CondaFile {
  readonly python: string | undefined;
  readonly buildDependencies: readonly string[];
  readonly dependencies: readonly string[];
  readonly condaOnly: readonly string[];
  readonly sources: readonly string[];
}

/** Packages that pip can install itself with: these MLflow takes from conda's list, too. */
const PIPS_OWN = /^(python|pip|setuptools|wheel)\s*(?:(<|<=|>|>=|=|==|!=)\s*([\d.]+))?$/;

/**
 * A `conda.yaml` as MLflow reads it without conda: Python's version, pip with its like, and the packages for pip.
 * @throws INVALID_PARAMETER_VALUE with MLflow's messages, for a Python that is not pinned
 */
export function readCondaFile(record: Readonly<Record<string, unknown>>): CondaFile {
  const entries: readonly unknown[] = Array.isArray(record.dependencies) ? record.dependencies : [];
  let python: string | undefined;
  let dependencies: readonly string[] = [];
  const buildDependencies: string[] = [];
  const condaOnly: string[] = [];
  for (const entry of entries) {
    if (typeof entry !== 'string') {
      dependencies = pipRequirements(entry);
      continue;
    }
    const parts = PIPS_OWN.exec(entry.trim());
    const [, name, operator, version] = parts ?? [];
    if (!parts) condaOnly.push(entry);
    else if (name !== 'python' || python !== undefined) {
      buildDependencies.push(`${name}${operator === '=' ? '==' : (operator ?? '')}${version ?? ''}`);
    } else python = pinned(entry, operator, version);
  }
  return { python, buildDependencies, dependencies, condaOnly, sources: [] };
}

function pinned(entry: string, operator: string | undefined, version: string | undefined): string {
  if (operator === undefined || version === undefined) {
    throw invalidParameter(`Invalid dependency for python: ${entry}. It must be pinned (e.g. python=3.8.13).`);
  }
  if (operator === '<' || operator === '>' || operator === '!=') {
    throw invalidParameter(
      `Invalid version comparator for python: '${operator}'. Must be one of ['<=', '>=', '=', '=='].`,
    );
  }
  return version;
}

function pipRequirements(entry: unknown): readonly string[] {
  const list = typeof entry === 'object' && entry !== null && 'pip' in entry ? entry.pip : undefined;
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw invalidParameter(
    `Invalid conda dependency: ${JSON.stringify(entry)}. Must be str or dict in the form of {"pip": [...]}`,
  );
}

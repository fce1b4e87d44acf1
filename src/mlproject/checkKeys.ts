import schema from '../../schemas/mlproject.schema.json' with { type: 'json' };
import type { Report } from './problems.ts';
import { suggest } from './suggest.ts';
import type { Entry } from './yamlNodes.ts';

const { properties } = schema;
const entryPoint = properties.entry_points.additionalProperties;

/** The keys of each mapping, from the schema. */
const KEYS = {
  project: Object.keys(properties),
  docker: Object.keys(properties.docker_env.properties),
  entryPoint: Object.keys(entryPoint.properties),
  parameter: Object.keys(entryPoint.properties.parameters.additionalProperties.properties),
} as const;

const OWNERS = {
  project: 'an MLproject file',
  docker: 'a Docker environment',
  entryPoint: 'an entry point',
  parameter: 'a parameter',
} as const;

/** MLflow ignores keys that it does not know, and takes the last of two equal ones, without a word. */
export function checkKeys(entries: readonly Entry[], place: keyof typeof KEYS, report: Report): void {
  checkDuplicates(entries, report);
  const known = KEYS[place];
  for (const { key, keyRange } of entries) {
    if (known.includes(key) || key === '<<') continue;
    const meant = suggest(key, known);
    if (meant === undefined) report('unknown-key', keyRange, `MLflow ignores '${key}' in ${OWNERS[place]}.`);
    else report('misspelt-key', keyRange, `MLflow ignores '${key}'. Did you mean '${meant}'?`);
  }
}

export function checkDuplicates(entries: readonly Entry[], report: Report): void {
  for (const [at, { key, keyRange }] of entries.entries()) {
    if (entries.some((later, place) => place > at && later.key === key)) {
      report('duplicate-key', keyRange, `'${key}' stands here more than once: MLflow takes the last one.`);
    }
  }
}

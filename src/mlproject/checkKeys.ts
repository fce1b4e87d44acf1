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
  sparkJob: Object.keys(properties.databricks_spark_job.properties),
  entryPoint: Object.keys(entryPoint.properties),
  parameter: Object.keys(entryPoint.properties.parameters.additionalProperties.properties),
} as const;

const OWNERS = {
  project: 'an MLproject file',
  docker: 'a Docker environment',
  sparkJob: 'a Spark job',
  entryPoint: 'an entry point',
  parameter: 'a parameter',
} as const;

/** MLflow ignores keys that it does not know, and takes the last of two equal ones, without a word. */
export function checkKeys(entries: readonly Entry[], place: keyof typeof KEYS, report: Report): void {
  checkDuplicates(entries, report);
  const known = KEYS[place];
  for (const { key, keyRange, value } of entries) {
    if (known.includes(key) || key === '<<') continue;
    const apart = value === undefined ? setApart(key, known) : undefined;
    const meant = suggest(key, known);
    if (apart !== undefined) {
      report('missing-colon', keyRange, `YAML reads '${key}' as one word, and MLflow ignores it.`, apart);
    } else if (meant === undefined) {
      report('unknown-key', keyRange, `MLflow ignores '${key}' in ${OWNERS[place]}.`);
    } else {
      const replacement = entries.some((other) => other.key === meant) ? undefined : meant;
      report('misspelt-key', keyRange, `MLflow ignores '${key}'. Did you mean '${meant}'?`, replacement);
    }
  }
}

export function checkDuplicates(entries: readonly Entry[], report: Report): void {
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  for (const entry of entries) {
    if (last.get(entry.key) === entry || entry.key === '<<') continue;
    report('duplicate-key', entry.keyRange, `'${entry.key}' stands here more than once: MLflow takes the last one.`);
  }
}

/** @returns `type: float` for `type:float`, `type float` or `type=float` */
function setApart(word: string, known: readonly string[]): string | undefined {
  const [, key = '', value = ''] = /^(\w+)\s*[:=\s]\s*(\S.*)$/s.exec(word) ?? [];
  return known.includes(key) ? `${key}: ${value}` : undefined;
}

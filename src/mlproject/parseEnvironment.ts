import { checkDocker } from './checkDocker.ts';
import type { Report } from './problems.ts';
import type { Environment } from './project.ts';
import { type Entry, isEmptyValue, isReference, rangeOf, scalarKindOf, textOf } from './yamlNodes.ts';

const KINDS = ['python_env', 'conda_env', 'docker_env'] as const;

/** The environment that the project names; MLflow wants at most one. */
export function parseEnvironment(
  entries: readonly Entry[],
  projectName: string | undefined,
  report: Report,
): Environment | undefined {
  const given = entries.filter(({ key }) => (KINDS as readonly string[]).includes(key));
  for (const { keyRange, key } of given.filter((entry) => entry.key !== given[0]?.key)) {
    report('multiple-environments', keyRange, `There is another environment: a project has one. Remove '${key}'.`);
  }
  for (const entry of given) {
    if (isEmptyValue(entry.value)) {
      report('environment-without-value', entry.keyRange, `'${entry.key}' has no value: MLflow takes no environment.`);
    }
  }
  const entry = given.findLast(({ value }) => !isEmptyValue(value));
  if (!entry) return undefined;
  const kind = entry.key as (typeof KINDS)[number];
  if (kind === 'docker_env') {
    checkDocker(entry, projectName !== undefined, report);
    return { kind, path: undefined, range: entry.range };
  }
  const path = textOf(entry.value);
  if (path === undefined || scalarKindOf(entry.value) !== 'string') {
    if (!isReference(entry.value)) report('wrong-type', entry.keyRange, `'${kind}' is the path of a file.`);
    return { kind, path: undefined, range: entry.range };
  }
  return { kind, path: { value: path, range: rangeOf(entry.value, entry.range) }, range: entry.range };
}

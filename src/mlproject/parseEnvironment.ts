import { checkKeys } from './checkKeys.ts';
import type { Report } from './problems.ts';
import type { Environment } from './project.ts';
import { asMap, type Entry, entriesOf, entryOf, isNull, isReference, rangeOf, textOf } from './yamlNodes.ts';

const KINDS = ['python_env', 'conda_env', 'docker_env'] as const;

/** The environment that the project names; MLflow wants at most one. */
export function parseEnvironment(
  entries: readonly Entry[],
  projectName: string | undefined,
  report: Report,
): Environment | undefined {
  const named = entries.filter((entry) => (KINDS as readonly string[]).includes(entry.key) && !isEmptyEntry(entry));
  for (const { keyRange, key } of named.slice(1)) {
    report('multiple-environments', keyRange, `There is another environment: a project has one. Remove '${key}'.`);
  }
  for (const entry of entries) {
    if ((KINDS as readonly string[]).includes(entry.key) && isEmptyEntry(entry)) {
      report('environment-without-value', entry.keyRange, `'${entry.key}' has no value: MLflow takes no environment.`);
    }
  }
  const [entry] = named;
  if (!entry) return undefined;
  const kind = entry.key as (typeof KINDS)[number];
  if (kind === 'docker_env') {
    checkDocker(entry, projectName, report);
    return { kind, path: undefined, range: entry.range };
  }
  const path = textOf(entry.value);
  if (path === undefined) {
    if (!isReference(entry.value)) report('wrong-type', entry.keyRange, `'${kind}' is the path of a file.`);
    return { kind, path: undefined, range: entry.range };
  }
  return { kind, path: { value: path, range: rangeOf(entry.value, entry.range) }, range: entry.range };
}

function isEmptyEntry({ value }: Entry): boolean {
  return isNull(value) || asMap(value)?.items.length === 0;
}

function checkDocker(entry: Entry, projectName: string | undefined, report: Report): void {
  if (isReference(entry.value)) return;
  const map = asMap(entry.value);
  if (!map) {
    report('wrong-type', entry.keyRange, "'docker_env' is a mapping with an image.");
    return;
  }
  const keys = entriesOf(map, entry.range);
  checkKeys(keys, 'docker', report);
  if (!entryOf(keys, 'image')?.value && !entryOf(keys, '<<')) {
    report('docker-image-missing', entry.keyRange, 'A Docker environment needs an image.');
  }
  if (projectName === undefined) {
    report('project-name-missing', entry.keyRange, 'A project with a Docker environment needs a name, for the image.');
  }
}

import { isMap } from 'yaml';
import { collector, type Problem, type Report } from './problems.ts';
import type { Range } from './project.ts';
import { suggest } from './suggest.ts';
import { readYamlDocument } from './yamlDocument.ts';
import {
  asMap,
  asSequence,
  type Entry,
  entriesOf,
  entryOf,
  isNull,
  rangeOf,
  scalarKindOf,
  textOf,
} from './yamlNodes.ts';

export type EnvironmentFileKind = 'python_env' | 'conda_env';

/** The keys of `python_env.yaml`; MLflow fails at any other. */
export const PYTHON_ENV_KEYS = ['python', 'build_dependencies', 'dependencies'] as const;

/** What is wrong with the file of an environment, for MLflow. What only conda can tell is conda's to tell. */
export function checkEnvironmentFile(text: string, kind: EnvironmentFileKind): readonly Problem[] {
  const { report, problems } = collector();
  const document = readYamlDocument(text, report);
  const whole = { start: 0, end: Math.min(text.length, 1) };
  if (!document) return problems;
  if (!isMap(document.contents)) {
    if (document.errors.length === 0) report('not-a-mapping', whole, 'The file must be a mapping of keys to values.');
    return problems;
  }
  const entries = entriesOf(document.contents, whole);
  if (kind === 'python_env') checkPythonEnv(entries, text, report);
  else checkCondaEnv(entries, report);
  return problems;
}

function checkPythonEnv(entries: readonly Entry[], text: string, report: Report): void {
  for (const { key, keyRange } of entries) {
    if (key === '<<' || (PYTHON_ENV_KEYS as readonly string[]).includes(key)) continue;
    const meant = suggest(key, PYTHON_ENV_KEYS);
    const hint = meant ? `Did you mean '${meant}'?` : `It knows ${PYTHON_ENV_KEYS.join(', ')}.`;
    report('environment-key', keyRange, `MLflow fails at '${key}' in a python_env file. ${hint}`, meant);
  }
  const python = entryOf(entries, 'python');
  if (python && !isNull(python.value) && scalarKindOf(python.value) !== 'string') {
    const range = rangeOf(python.value, python.keyRange);
    const written = text.slice(range.start, range.end);
    const message = `YAML reads ${written} as a number, and MLflow fails. Put the version in quotes.`;
    report('python-version', range, message, JSON.stringify(written));
  }
  for (const key of ['build_dependencies', 'dependencies']) checkRequirements(entryOf(entries, key), report);
}

function checkRequirements(entry: Entry | undefined, report: Report): void {
  if (!entry || isNull(entry.value)) return;
  const items = asSequence(entry.value)?.items;
  if (!items) report('wrong-type', entry.keyRange, `'${entry.key}' is a list of requirements, one to an item.`);
  for (const item of items ?? []) {
    if (scalarKindOf(item) === 'string') continue;
    const hint = asMap(item) ? "Only conda's files have a list of their own for pip." : 'Put it in quotes.';
    report('environment-dependency', rangeOf(item, entry.range), `A requirement of pip is a text. ${hint}`);
  }
}

const NEEDED = 'With virtualenv and uv, MLflow';

function checkCondaEnv(entries: readonly Entry[], report: Report): void {
  const dependencies = entryOf(entries, 'dependencies');
  for (const item of asSequence(dependencies?.value)?.items ?? []) {
    const range = rangeOf(item, dependencies?.range ?? { start: 0, end: 0 });
    const text = scalarKindOf(item) === 'string' ? textOf(item) : undefined;
    const map = asMap(item);
    if (text !== undefined) checkPython(text, range, report);
    else if (map && entryOf(entriesOf(map, range), 'pip')) continue;
    else report('conda-dependency', range, `${NEEDED} takes texts and one {pip: […]} only, and fails at this.`);
  }
}

function checkPython(dependency: string, range: Range, report: Report): void {
  const [, comparator, version] = /^python\s*(?:([<>=!~]+)\s*(.*))?$/.exec(dependency) ?? ['', 'none', ''];
  if (comparator === undefined) {
    report('python-not-pinned', range, `${NEEDED} needs a version of Python, such as python=3.11.`);
  } else if (/^(?:<|>|!=)$/.test(comparator)) {
    report('python-not-pinned', range, `${NEEDED} does not take '${comparator}': write python=${version}.`);
  }
}

import { isMap } from 'yaml';
import { checkDuplicates, checkKeys } from './checkKeys.ts';
import { checkSparkJob } from './checkSparkJob.ts';
import { parseEntryPoint } from './parseEntryPoint.ts';
import { parseEnvironment } from './parseEnvironment.ts';
import { collector, type Problem, type Report } from './problems.ts';
import type { EntryPoint, Project } from './project.ts';
import { readYamlDocument } from './yamlDocument.ts';
import { asMap, entriesOf, entryOf, isNull, isReference, lastEntries, rangeOf, textOf } from './yamlNodes.ts';

export interface ParsedProject {
  readonly project: Project;
  readonly problems: readonly Problem[];
}

/** More problems than this help nobody. */
const MAX_PROBLEMS = 100;
const EMPTY: Project = { name: undefined, environment: undefined, entryPoints: [] };

/**
 * Reads an MLproject file. Whatever is wrong with it becomes a problem, and the rest is read nevertheless, so that
 * everything goes on working while somebody types.
 */
export function parseProject(text: string): ParsedProject {
  const { report, problems } = collector();
  const project = parse(text, report);
  return { project, problems: inOrder(problems) };
}

/** The first ones, in the order of the file. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.range.start - b.range.start).slice(0, MAX_PROBLEMS);
}

function parse(text: string, report: Report): Project {
  const document = readYamlDocument(text, report);
  if (!document) return EMPTY;
  if (!isMap(document.contents)) {
    if (document.errors.length === 0)
      report('not-a-mapping', { start: 0, end: 1 }, 'The file must be a mapping of keys to values.');
    return EMPTY;
  }
  const range = rangeOf(document.contents, { start: 0, end: text.length });
  const entries = entriesOf(document.contents, range);
  checkKeys(entries, 'project', report);
  const name = textOf(entryOf(entries, 'name')?.value);
  const environment = parseEnvironment(entries, name, report);
  const entryPoints = parseEntryPoints(entryOf(entries, 'entry_points'), text, report);
  checkSparkJob(entries, entryPoints, report);
  return { name, environment, entryPoints };
}

function parseEntryPoints(entry: ReturnType<typeof entryOf>, text: string, report: Report): readonly EntryPoint[] {
  if (!entry || isReference(entry.value)) return [];
  const map = asMap(entry.value);
  if (!map) {
    const empty = isNull(entry.value);
    const message = empty
      ? 'There is no entry point here, and MLflow fails. Add one, or remove the key.'
      : 'Entry points are a mapping: name → parameters and command.';
    report(empty ? 'entry-points-empty' : 'wrong-type', entry.keyRange, message);
    return [];
  }
  const points = entriesOf(map, entry.range).filter(({ key }) => key !== '<<');
  checkDuplicates(points, report);
  return lastEntries(points).map((point) => parseEntryPoint(point, text, report));
}

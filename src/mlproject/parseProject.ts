import { isMap, parseAllDocuments, type YAMLError } from 'yaml';
import { checkYaml } from '../files/yamlGuard.ts';
import { checkKeys } from './checkKeys.ts';
import { parseEntryPoint } from './parseEntryPoint.ts';
import { parseEnvironment } from './parseEnvironment.ts';
import { collector, type Problem, type Report } from './problems.ts';
import type { EntryPoint, Project } from './project.ts';
import { asMap, entriesOf, entryOf, isNull, isReference, rangeOf, textOf } from './yamlNodes.ts';

export interface ParsedProject {
  readonly project: Project;
  readonly problems: readonly Problem[];
}

/** More problems than this help nobody. */
const MAX_PROBLEMS = 100;
/** Beyond this no one wrote the file by hand (characters). */
const MAX_LENGTH = 250_000;
const EMPTY: Project = { name: undefined, environment: undefined, entryPoints: [] };

/**
 * Reads an MLproject file. Whatever is wrong with it becomes a problem, and the rest is read nevertheless, so that
 * everything goes on working while somebody types.
 */
export function parseProject(text: string): ParsedProject {
  const { report, problems } = collector();
  const project = parse(text, report);
  return { project, problems: problems.slice(0, MAX_PROBLEMS) };
}

function parse(text: string, report: Report): Project {
  const start = { start: 0, end: Math.min(text.length, 1) };
  if (text.length > MAX_LENGTH) {
    report('yaml-syntax', start, 'The file is too long to be read.');
    return EMPTY;
  }
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    checkYaml(text);
    documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  } catch {
    // As deep as this, the parser runs out of stack.
    report('yaml-syntax', start, 'The file is nested too deeply, or too long, to be read.');
    return EMPTY;
  }
  const [document] = documents;
  for (const { errors } of documents) for (const error of errors) reportSyntax(error, text, report);
  const second = documents[1]?.range;
  if (second) {
    const [at] = second;
    report('yaml-syntax', { start: at, end: at + 1 }, 'MLflow reads one YAML document, here a second one begins.');
  }
  if (!document || isNull(document.contents ?? undefined)) {
    report('empty-file', start, 'The file is empty. Start with a name and an entry point.');
    return EMPTY;
  }
  if (!isMap(document.contents)) {
    if (document.errors.length === 0) report('not-a-mapping', start, 'The file must be a mapping of keys to values.');
    return EMPTY;
  }
  const range = rangeOf(document.contents, { start: 0, end: text.length });
  const entries = entriesOf(document.contents, range);
  checkKeys(entries, 'project', report);
  const name = textOf(entryOf(entries, 'name')?.value);
  const environment = parseEnvironment(entries, name, report);
  return { name, environment, entryPoints: parseEntryPoints(entryOf(entries, 'entry_points'), text, report) };
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
  return entriesOf(map, entry.range).map((point) => parseEntryPoint(point, text, report));
}

function reportSyntax(error: YAMLError, text: string, report: Report): void {
  const [start, end] = error.pos;
  const range = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start + 1), text.length) };
  report('yaml-syntax', range, error.message);
}

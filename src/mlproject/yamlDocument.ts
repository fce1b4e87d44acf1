import { type Document, isCollection, type ParsedNode, parseAllDocuments, visit, type YAMLError } from 'yaml';
import { checkYaml } from '../files/yamlGuard.ts';
import { checkTabs } from './checkTabs.ts';
import type { Report } from './problems.ts';
import { isNull } from './yamlNodes.ts';

/** Beyond this no one wrote the file by hand (characters). */
const MAX_LENGTH = 250_000;
/** A project of 5,000 lines has 75,000. */
const MAX_TOKENS = 100_000;
/** Up to here the parser takes some 60 ms at most, whatever is written (characters). */
const HARMLESS = 10_000;

/**
 * The YAML document of a file, as PyYAML's `safe_load` would take it; what PyYAML refuses becomes a problem.
 * @returns `undefined` where nothing is there, or nothing could be read.
 */
export function readYamlDocument(text: string, report: Report): Document.Parsed | undefined {
  const start = { start: 0, end: Math.min(text.length, 1) };
  if (text.length > MAX_LENGTH) {
    report('yaml-syntax', start, 'The file is too long to be read.');
    return undefined;
  }
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    if (text.length > HARMLESS) checkYaml(text, MAX_TOKENS);
    documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
  } catch {
    // As deep as this, the parser runs out of stack.
    report('yaml-syntax', start, 'The file is nested too deeply, or too long, to be read.');
    return undefined;
  }
  checkTabs(text, report);
  for (const { errors } of documents) for (const error of errors) reportSyntax(error, text, report);
  const second = documents[1]?.range;
  if (second) {
    const [at] = second;
    report('yaml-syntax', { start: at, end: at + 1 }, 'MLflow reads one YAML document, here a second one begins.');
  }
  const document = documents[0] as Document.Parsed | undefined;
  if (document) reportNodes(document, report);
  if (document && !isNull(document.contents ?? undefined)) return document;
  if (!document?.errors.length)
    report('empty-file', { start: 0, end: text.length }, 'The file is empty, and MLflow fails.');
  return undefined;
}

function reportSyntax(error: YAMLError, text: string, report: Report): void {
  if (error.code === 'TAB_AS_INDENT') return; // told with all other tabs
  const [start, end] = error.pos;
  const range = { start: Math.min(start, text.length), end: Math.min(Math.max(end, start + 1), text.length) };
  report('yaml-syntax', range, error.message);
}

/** What the parser here accepts and PyYAML does not. */
function reportNodes(document: Document.Parsed, report: Report): void {
  const anchors = new Set<string>();
  visit(document, {
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_, alias) {
      if (anchors.has(alias.source)) return;
      report('yaml-syntax', rangeOf(alias), `No anchor before this is called '${alias.source}', and MLflow fails.`);
    },
    Pair(_, { key }) {
      if (!isCollection(key)) return undefined;
      const message = 'A key cannot be a mapping or a list, and MLflow fails. Put the text into quotes.';
      report('yaml-syntax', rangeOf(key), message);
      return visit.SKIP;
    },
  });
}

function rangeOf(node: unknown): { start: number; end: number } {
  const [start, end] = (node as ParsedNode).range;
  return { start, end };
}

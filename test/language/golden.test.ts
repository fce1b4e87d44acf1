import { describe, expect, test } from 'vitest';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeActions } from '../../src/language/codeActions/codeActions.ts';
import { complete } from '../../src/language/completion/complete.ts';
import { definition } from '../../src/language/definition.ts';
import { problemsOf } from '../../src/language/diagnostics.ts';
import type { ProjectDocument } from '../../src/language/document.ts';
import { documentLinks } from '../../src/language/documentLinks.ts';
import { documentSymbols } from '../../src/language/documentSymbols.ts';
import { foldingRanges } from '../../src/language/foldingRanges.ts';
import { format } from '../../src/language/formatting.ts';
import { hover } from '../../src/language/hover.ts';
import { inlayHints } from '../../src/language/inlayHints.ts';
import { documentHighlights, references } from '../../src/language/references.ts';
import { rename } from '../../src/language/rename.ts';
import { selectionRange } from '../../src/language/selectionRanges.ts';
import { semanticTokens, TOKEN_TYPES } from '../../src/language/semanticTokens.ts';
import { checkEnvironmentFile } from '../../src/mlproject/checkEnvironmentFile.ts';
import { RULES } from '../../src/mlproject/problems.ts';
import { projectOf } from './cursor.ts';
import { annotate, CURSOR, goldenCases, goldenFeatures, type Mark, updateCase, withoutAnnotations } from './golden.ts';

/** What a feature answers: annotations of files, or a part of its own. */
type Outcome = Readonly<Record<string, string>>;
type Feature = (project: ProjectDocument, offset: number, files: Readonly<Record<string, string>>) => Outcome;

const FEATURES: Record<string, Feature> = {
  codeActions(project, offset, files) {
    const actions = codeActions(project, { start: offset, end: offset }, []);
    const told = actions.map(({ title, edit, isPreferred }) => {
      const changed = apply(edit, project, files);
      return `## ${title}${isPreferred ? ' (preferred)' : ''}\n${Object.entries(changed)
        .map(([name, text]) => `# ${name}\n${text}`)
        .join('')}`;
    });
    return { want: told.join('') };
  },
  completion(project, offset) {
    const items = complete(project, offset);
    return {
      want: lines(
        items.map((item) =>
          [item.label, item.detail, item.textEdit?.newText ?? item.insertText].filter(Boolean).join(' · '),
        ),
      ),
    };
  },
  definition(project, offset) {
    return {
      want: lines(definition(project, offset).map(({ targetUri, targetSelectionRange: at }) => place(targetUri, at))),
    };
  },
  diagnostics(project, _, files) {
    const marks = problemsOf(project).map(({ range, severity, code, message }) => ({
      ...range,
      label: `${severity} ${code}: ${message}`,
    }));
    const outcome: Record<string, string> = { MLproject: annotate(project.text, marks) };
    for (const [name, kind] of [
      ['python_env.yaml', 'python_env'],
      ['conda.yaml', 'conda_env'],
    ] as const) {
      const text = files[name];
      if (text === undefined) continue;
      const own = checkEnvironmentFile(text, kind).map(({ range, severity, code, message }) => ({
        ...range,
        label: `${severity} ${code}: ${message}`,
      }));
      outcome[name] = annotate(text, own);
    }
    return outcome;
  },
  documentHighlights(project, offset) {
    const { MLproject: want = '' } = inText(
      project,
      documentHighlights(project, offset).map(({ range, kind }) => [range, kind === 3 ? 'write' : 'read']),
    );
    return { want };
  },
  documentLinks(project) {
    return inText(
      project,
      documentLinks(project).map(({ range, target }) => [range, target ?? '']),
    );
  },
  documentSymbols(project) {
    const told = documentSymbols(project).flatMap(({ name, children = [] }) => [
      name,
      ...children.map((child) => `  ${child.name} ${child.detail ?? ''}`.trimEnd()),
    ]);
    return { want: lines(told) };
  },
  foldingRanges(project) {
    return {
      want: lines(
        foldingRanges(project).map(({ startLine, endLine, kind }) =>
          `${startLine + 1}-${endLine + 1} ${kind ?? ''}`.trimEnd(),
        ),
      ),
    };
  },
  formatting(project) {
    const edits = format(project, { tabSize: 2, insertSpaces: true });
    return { want: edits.length === 0 ? 'unchanged\n' : TextDocument.applyEdits(project.document, edits) };
  },
  hover(project, offset) {
    const contents = hover(project, offset)?.contents;
    return { want: typeof contents === 'object' && 'value' in contents ? `${contents.value}\n` : 'nothing\n' };
  },
  inlayHints(project) {
    const whole = { start: project.document.positionAt(0), end: project.document.positionAt(project.text.length) };
    return inText(
      project,
      inlayHints(project, whole).map(({ position, label }) => [{ start: position, end: position }, `${label}`.trim()]),
    );
  },
  references(project, offset) {
    return { want: lines(references(project, offset, true).map(({ uri, range }) => place(uri, range))) };
  },
  rename(project, offset, files) {
    try {
      const changed = apply(rename(project, offset, files.newName?.trim() ?? ''), project, files);
      return {
        want: Object.entries(changed)
          .map(([name, text]) => `# ${name}\n${text}`)
          .join(''),
      };
    } catch (error) {
      return { want: `${error instanceof Error ? error.message : error}\n` };
    }
  },
  selectionRanges(project, offset) {
    const texts: string[] = [];
    for (
      let at = selectionRange(project, offset) as ReturnType<typeof selectionRange> | undefined;
      at;
      at = at.parent
    ) {
      texts.push(JSON.stringify(project.document.getText(at.range)));
    }
    return { want: lines(texts) };
  },
  semanticTokens(project) {
    const { data } = semanticTokens(project);
    const marks: [{ start: Position; end: Position }, string][] = [];
    let [line, character] = [0, 0];
    for (let at = 0; at < data.length; at += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
      character = down > 0 ? right : character + right;
      line += down;
      const range = { start: { line, character }, end: { line, character: character + length } };
      marks.push([range, `${TOKEN_TYPES[type]}${modifiers ? ' declaration' : ''}`]);
    }
    return inText(project, marks);
  },
};

interface Position {
  readonly line: number;
  readonly character: number;
}

function lines(list: readonly string[]): string {
  return list.length === 0 ? 'nothing\n' : list.map((line) => `${line}\n`).join('');
}

function place(uri: string, { start, end }: { start: Position; end: Position }): string {
  return `${uri.replace('file:///project/', '')} ${start.line + 1}:${start.character + 1}-${end.character + 1}`;
}

function inText(
  { document, text }: ProjectDocument,
  list: readonly (readonly [{ start: Position; end: Position }, string])[],
): Outcome {
  const marks: Mark[] = list.map(([{ start, end }, label]) => ({
    start: document.offsetAt(start),
    end: document.offsetAt(end),
    label,
  }));
  return { MLproject: annotate(text, marks) };
}

/** The files that an edit changes or makes, afterwards. */
function apply(
  edit: WorkspaceEdit | undefined,
  project: ProjectDocument,
  files: Readonly<Record<string, string>>,
): Record<string, string> {
  const edits = new Map<string, TextEdit[]>(Object.entries(edit?.changes ?? {}));
  for (const change of edit?.documentChanges ?? []) {
    if ('textDocument' in change) edits.set(change.textDocument.uri, change.edits as TextEdit[]);
  }
  return Object.fromEntries(
    [...edits].map(([uri, list]) => {
      const name = uri.replace('file:///project/', '');
      const text = name === 'MLproject' ? project.text : (files[name] ?? '');
      return [name, TextDocument.applyEdits(TextDocument.create(uri, '', 0, text), list)];
    }),
  );
}

describe.each(goldenFeatures())('%s', (feature) => {
  test.each(goldenCases(feature).map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const files = Object.fromEntries([...golden.parts].map(([name, text]) => [name, withoutAnnotations(text)]));
    const { MLproject: marked = '', want: __, ...others } = files;
    const offset = Math.max(0, marked.indexOf(CURSOR));
    const text = marked.replace(CURSOR, '');
    const document = TextDocument.create('file:///project/MLproject', 'mlproject', 1, text);
    const outcome = FEATURES[feature]?.(projectOf(document, others), offset, others);
    const parts = new Map([...golden.parts, ...Object.entries(outcome ?? {})]);
    updateCase(feature, golden, parts);
    expect(Object.fromEntries(golden.parts)).toEqual(Object.fromEntries(parts));
  });
});

test('every rule has a golden case', () => {
  const texts = goldenCases('diagnostics').flatMap(({ parts }) => [...parts.values()]);
  const missing = Object.entries(RULES).filter(
    ([code, severity]) =>
      !texts.some((text) => text.includes(`~ ${severity} ${code}: `) || text.includes(`@ ${severity} ${code}: `)),
  );
  expect(missing).toEqual([]);
});

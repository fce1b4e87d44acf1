import type { Range as LspRange } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { EntryPoint, Parameter, Project, Range } from '../mlproject/project.ts';

/** A file of the workspace as the language service asks about it: what it knows of other files. */
export interface FileSystem {
  /** Whether the file is there; `path` is relative to the folder of the document. */
  exists(documentUri: string, path: string): boolean;
}

export function toLspRange(document: TextDocument, { start, end }: Range): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function contains({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

export interface ParameterUse {
  readonly entryPoint: EntryPoint;
  /** `undefined` where the placeholder names no parameter. */
  readonly parameter: Parameter | undefined;
  readonly range: Range;
}

/** The parameter whose name or placeholder stands at an offset. */
export function parameterAt(project: Project, offset: number): ParameterUse | undefined {
  for (const entryPoint of project.entryPoints) {
    const declared = entryPoint.parameters.find(({ nameRange }) => contains(nameRange, offset));
    if (declared) return { entryPoint, parameter: declared, range: declared.nameRange };
    const placeholder = entryPoint.command?.placeholders.find(({ range }) => contains(range, offset));
    if (placeholder) {
      const parameter = entryPoint.parameters.find(({ name }) => name === placeholder.name);
      return { entryPoint, parameter, range: placeholder.range };
    }
  }
  return undefined;
}

/** The entry point whose lines hold an offset. */
export function entryPointAt(project: Project, text: string, offset: number): EntryPoint | undefined {
  const starts = project.entryPoints.filter(({ range }) => lineStart(text, range.start) <= offset);
  return starts.at(-1);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

import type { Range as LspRange } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type ParsedProject, parseProject } from '../mlproject/parseProject.ts';
import type { Range } from '../mlproject/project.ts';
import type { ProjectFiles } from '../mlproject/projectFiles.ts';

/** The folder of a document, as the language service asks about it. */
export interface ProjectFolder extends ProjectFiles {
  /** The name of the folder itself. */
  readonly name: string;
  uriOf(path: string): string;
}

/** Other files than the document: what the language service knows of the disk. */
export interface FileSystem {
  /** `undefined` for a document that is not on disk. */
  folderOf(documentUri: string): ProjectFolder | undefined;
}

/** An MLproject document with what it says. */
export interface ProjectDocument extends ParsedProject {
  readonly document: TextDocument;
  readonly uri: string;
  readonly text: string;
  readonly folder: ProjectFolder | undefined;
}

/** Reads documents, each version of them once. */
export function documentReader(files: FileSystem): (document: TextDocument) => ProjectDocument {
  const read = new WeakMap<TextDocument, { readonly version: number; readonly parsed: ParsedProject }>();
  return (document) => {
    const { version, uri } = document;
    const text = document.getText();
    const known = read.get(document);
    const parsed = known?.version === version ? known.parsed : parseProject(text);
    read.set(document, { version, parsed });
    return { ...parsed, document, uri, text, folder: files.folderOf(uri) };
  };
}

export function toLspRange(document: TextDocument, { start, end }: Range): LspRange {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function contains({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}

import type { TextEdit } from 'vscode-languageserver';
import type { Problem } from '../../mlproject/problems.ts';
import type { ProjectDocument } from '../document.ts';

/** A way to mend a file: edits of the document, and files to make. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly newFiles?: readonly { readonly path: string; readonly text: string }[];
  /** Whether it is most probably what the user wants. */
  readonly isPreferred?: boolean;
}

/** @returns what can be done about a problem */
export type Fixer = (project: ProjectDocument, problem: Problem) => Fix | readonly Fix[] | undefined;

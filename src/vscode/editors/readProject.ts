import { type TextDocument, type Uri, workspace } from 'vscode';
import type { Project } from '../../mlproject/project.ts';

/** What an MLproject document says now, saved or not. */
export function readProject(document: TextDocument): Promise<Project> {
  return parse(document.getText());
}

/** What an MLproject file says on disk, without opening it as a document: that would start its language server. */
export async function readProjectFile(file: Uri): Promise<Project> {
  return parse(new TextDecoder().decode(await workspace.fs.readFile(file)));
}

/** The parser is loaded when it is first needed. */
async function parse(text: string): Promise<Project> {
  const { parseProject } = await import('../../mlproject/parseProject.ts');
  return parseProject(text).project;
}

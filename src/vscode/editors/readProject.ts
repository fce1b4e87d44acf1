import { type TextDocument, type Uri, workspace } from 'vscode';
import type { Project } from '../../mlproject/project.ts';

/** What an MLproject document says now, saved or not. The parser is loaded with the first one. */
export async function readProject(document: TextDocument): Promise<Project> {
  const { parseProject } = await import('../../mlproject/parseProject.ts');
  return parseProject(document.getText()).project;
}

export async function openProject(uri: Uri): Promise<{ readonly document: TextDocument; readonly project: Project }> {
  const document = await workspace.openTextDocument(uri);
  return { document, project: await readProject(document) };
}

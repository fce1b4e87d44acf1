import { CodeLens, type Disposable, languages, Range, type TextDocument, workspace } from 'vscode';
import { entryPointLenses } from '../../views/entryPointLenses.ts';
import type { CommandId } from '../commands/ids.ts';
import { readProject } from './readProject.ts';

/** Puts *Run entry point* above each entry point of MLproject files on disk, in a workspace that may run them. */
export function registerEntryPointLenses(): Disposable[] {
  const onDidChangeCodeLenses = workspace.onDidGrantWorkspaceTrust;
  const provider = { provideCodeLenses, onDidChangeCodeLenses };
  return [languages.registerCodeLensProvider({ language: 'mlproject', scheme: 'file' }, provider)];
}

async function provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
  if (!workspace.isTrusted) return [];
  return entryPointLenses(await readProject(document)).map(({ entryPoint, offset, title, tooltip }) => {
    const start = document.positionAt(offset);
    return new CodeLens(new Range(start, start), {
      command: 'mlflow.entryPoint.run' satisfies CommandId,
      title,
      tooltip,
      arguments: [document.uri, entryPoint],
    });
  });
}

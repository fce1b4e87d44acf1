import { CodeLens, type Disposable, languages, Range, type TextDocument } from 'vscode';
import { entryPointLenses } from '../../views/entryPointLenses.ts';
import type { CommandId } from '../commands/ids.ts';
import { readProject } from './readProject.ts';

/** Puts *Run entry point* above each entry point of MLproject files on disk. */
export function registerEntryPointLenses(): Disposable[] {
  return [languages.registerCodeLensProvider({ language: 'mlproject', scheme: 'file' }, { provideCodeLenses })];
}

async function provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
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

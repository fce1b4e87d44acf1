import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { folderFiles } from './files/folderFiles.ts';
import { readText } from './files/read.ts';
import { serve } from './language/connection.ts';
import type { FileSystem } from './language/document.ts';
import { ruleLines } from './language/ruleLines.ts';
import { createLanguageService } from './language/service.ts';

/** Beside the folder of this program, in the sources as in the package. */
const RULES = fileURLToPath(new URL('../schemas/mlproject.rules.md', import.meta.url));
const lines = ruleLines(readText(RULES) ?? '');

const files: FileSystem = {
  folderOf(documentUri) {
    // What is not on disk, such as an untitled document, has no neighbours.
    if (!documentUri.startsWith('file:')) return undefined;
    const folder = path.dirname(fileURLToPath(documentUri));
    return {
      ...folderFiles(folder),
      name: path.basename(folder),
      uriOf: (file) => pathToFileURL(path.resolve(folder, file)).href,
    };
  },
};

const service = createLanguageService(files, (code) => {
  const line = lines.get(code);
  return line === undefined ? undefined : `${pathToFileURL(RULES).href}#L${line}`;
});

// The transport follows from the arguments: `--stdio` for any editor, `--node-ipc` for VS Code.
serve(createConnection(ProposedFeatures.all), service);

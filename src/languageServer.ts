import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { isFile } from './files/read.ts';
import { serve } from './language/connection.ts';
import type { FileSystem } from './language/document.ts';
import { createLanguageService } from './language/service.ts';

const files: FileSystem = {
  exists(documentUri, file) {
    // What is not on disk, such as an untitled document, has no neighbours to miss.
    if (!documentUri.startsWith('file:')) return true;
    return isFile(path.resolve(path.dirname(fileURLToPath(documentUri)), file));
  },
};

// The transport follows from the arguments: `--stdio` for any editor, `--node-ipc` for VS Code.
serve(createConnection(ProposedFeatures.all), createLanguageService(files));

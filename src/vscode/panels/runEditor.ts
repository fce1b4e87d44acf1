import { type CustomDocument, type CustomReadonlyEditorProvider, type Disposable, window } from 'vscode';
import { parseRunDocumentUri } from '../services/runUri.ts';
import type { RunDetailsPanels } from './runDetails.ts';

/** Opens the document of a run as its details: what is dropped among the editors is a document. */
export function registerRunEditor(runDetails: RunDetailsPanels): Disposable {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose() {} }),
    resolveCustomEditor({ uri }, panel) {
      const reference = parseRunDocumentUri(uri);
      if (!reference) throw new Error('This is no run.');
      runDetails.fill(panel, reference);
    },
  };
  return window.registerCustomEditorProvider('mlflow.run', provider);
}

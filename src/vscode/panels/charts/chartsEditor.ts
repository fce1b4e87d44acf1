import { type CustomDocument, type CustomReadonlyEditorProvider, type Disposable, window } from 'vscode';
import { parseChartsDocumentUri } from '../../services/runUri.ts';
import type { Services } from '../../services.ts';
import { fillCharts } from '../charts.ts';

/** Opens the document of several runs as their charts: what is dropped among the editors is a document. */
export function registerChartsEditor(services: Services): Disposable {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri): CustomDocument => ({ uri, dispose() {} }),
    resolveCustomEditor({ uri }, panel) {
      const runs = parseChartsDocumentUri(uri);
      if (runs.length === 0) throw new Error('These are no runs.');
      fillCharts(services, panel, { runs });
    },
  };
  return window.registerCustomEditorProvider('mlflow.runCharts', provider);
}

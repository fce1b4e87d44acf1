import { type Disposable, DocumentDropEdit, DocumentDropOrPasteEditKind, languages } from 'vscode';
import { dropSnippet } from '../../views/dropSnippet.ts';
import { draggedModels, draggedRuns, MODELS_TYPE, RUNS_TYPE } from '../services/draggedRuns.ts';

const KIND = DocumentDropOrPasteEditKind.Text.append('mlflow');

/** Inserts Python that reads the runs and models that are dropped into a file or cell of Python. */
export function registerRunDrops(): Disposable {
  return languages.registerDocumentDropEditProvider(
    { language: 'python' },
    {
      async provideDocumentDropEdits(_document, _position, transfer) {
        const runIds = (await draggedRuns(transfer)).map(({ runId }) => runId);
        const text = dropSnippet(runIds, await draggedModels(transfer));
        return text === '' ? undefined : new DocumentDropEdit(text, 'Insert Python of MLflow', KIND);
      },
    },
    { dropMimeTypes: [RUNS_TYPE, MODELS_TYPE], providedDropEditKinds: [KIND] },
  );
}

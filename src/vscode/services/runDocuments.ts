import { type Disposable, Uri, workspace } from 'vscode';
import { paramsYaml } from '../../views/runYaml.ts';
import { type Connections, isRunReference, type RunReference } from './connections.ts';

const SCHEME = 'mlflow-run';

/** The document of a run's parameters. Its path is for people, its query says which run it is. */
export function paramsDocumentUri({ title, ...reference }: RunReference & { readonly title: string }): Uri {
  return Uri.from({
    scheme: SCHEME,
    path: `/${title.replaceAll('/', ' ')}/params.yaml`,
    query: JSON.stringify(reference),
  });
}

/** Shows what runs say as documents, for the diff editor. */
export function registerRunDocuments(connections: Connections): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent(uri) {
      const reference: unknown = JSON.parse(uri.query);
      const connection = isRunReference(reference) && connections.get(reference.connectionId);
      if (!isRunReference(reference) || !connection) throw new Error('The tracking server of this run is not running.');
      return paramsYaml(await connection.tracking.getRun(reference.runId));
    },
  });
}

import { Uri } from 'vscode';
import { isRunReference, type RunReference } from './connections.ts';

export const RUN_SCHEME = 'mlflow-run';
/** What the names of the editors of runs end with; package.json says which editor opens them. */
const EXTENSION = '.mlflow-run';

/** The document of a run: what is dropped among the editors. Its path is for people, its query says which run it is. */
export function runDocumentUri(reference: RunReference, name: string): Uri {
  const { connectionId, experimentId, runId } = reference;
  const path = `/${name.replaceAll('/', ' ') || runId}${EXTENSION}`;
  return Uri.from({ scheme: RUN_SCHEME, path, query: JSON.stringify({ connectionId, experimentId, runId }) });
}

/** @returns undefined for a URI that is not ours. */
export function parseRunDocumentUri({ scheme, query }: Uri): RunReference | undefined {
  if (scheme !== RUN_SCHEME) return undefined;
  try {
    const told: unknown = JSON.parse(query);
    return isRunReference(told) ? told : undefined;
  } catch {
    return undefined;
  }
}

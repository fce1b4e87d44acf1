import { Uri } from 'vscode';
import { isRunReference, type RunReference } from './connections.ts';

export const RUN_SCHEME = 'mlflow-run';
/** What the names of the editors of runs end with; package.json says which editor opens them. */
const EXTENSION = '.mlflow-run';
const CHARTS_EXTENSION = '.mlflow-charts';

/** The document of a run: what is dropped among the editors. Its path is for people, its query says which run it is. */
export function runDocumentUri(reference: RunReference, name: string): Uri {
  const { connectionId, experimentId, runId } = reference;
  const path = `/${name.replaceAll('/', ' ') || runId}${EXTENSION}`;
  return Uri.from({ scheme: RUN_SCHEME, path, query: JSON.stringify({ connectionId, experimentId, runId }) });
}

/** The document of several runs: what opens as their charts. */
export function chartsDocumentUri(references: readonly RunReference[]): Uri {
  const runs = references.map(({ connectionId, experimentId, runId }) => ({ connectionId, experimentId, runId }));
  const path = `/${runs.length} runs${CHARTS_EXTENSION}`;
  return Uri.from({ scheme: RUN_SCHEME, path, query: JSON.stringify(runs) });
}

/** @returns undefined for a URI that is not ours. */
export function parseRunDocumentUri(uri: Uri): RunReference | undefined {
  const told = parseQuery(uri);
  return isRunReference(told) ? told : undefined;
}

/** @returns none for a URI that is not ours. */
export function parseChartsDocumentUri(uri: Uri): readonly RunReference[] {
  const told = parseQuery(uri);
  return Array.isArray(told) && told.every(isRunReference) ? told : [];
}

function parseQuery({ scheme, query }: Uri): unknown {
  if (scheme !== RUN_SCHEME) return undefined;
  try {
    return JSON.parse(query);
  } catch {
    return undefined;
  }
}

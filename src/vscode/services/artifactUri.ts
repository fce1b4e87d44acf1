import { Uri } from 'vscode';

export const ARTIFACT_SCHEME = 'mlflow-artifact';

/** Which artifact a document shows. */
export interface ArtifactReference {
  readonly connectionId: string;
  /** URI of the artifact root. */
  readonly root: string;
  /** Below the root, `/` between segments. */
  readonly path: string;
}

/** The document of an artifact. Its path is for people (`/bold-wolf-312/plots/roc.png`), its query says which it is. */
export function artifactDocumentUri({ title, ...reference }: ArtifactReference & { readonly title: string }): Uri {
  return Uri.from({
    scheme: ARTIFACT_SCHEME,
    path: `/${title.replaceAll('/', ' ')}/${reference.path}`,
    query: JSON.stringify(reference),
  });
}

/** @returns undefined for a URI that is not ours. */
export function parseArtifactDocumentUri(uri: Uri): ArtifactReference | undefined {
  const told: unknown = uri.query.startsWith('{') ? JSON.parse(uri.query) : undefined;
  if (typeof told !== 'object' || told === null) return undefined;
  const { connectionId, root, path } = told as Partial<Record<keyof ArtifactReference, unknown>>;
  if (typeof connectionId !== 'string' || typeof root !== 'string' || typeof path !== 'string') return undefined;
  return { connectionId, root, path };
}

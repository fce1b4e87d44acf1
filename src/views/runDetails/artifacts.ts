import type { FileInfo } from '../../entities/artifact.ts';
import { formatBytes } from '../formatNumber.ts';

/** Where an artifact of the page lies. */
export interface ArtifactPlace {
  /** Id of the logged model that it belongs to; absent for the run's own artifacts. */
  readonly modelId?: string | undefined;
  /** Below that root, `/` between segments; `''` is the root. */
  readonly path: string;
}

export interface ArtifactEntry {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: string | undefined;
  /** bytes */
  readonly bytes: number | undefined;
}

/** Folders first, each group by name. */
export function artifactEntries(files: readonly FileInfo[]): readonly ArtifactEntry[] {
  return [...files]
    .sort((a, b) => Number(b.isDir) - Number(a.isDir) || (a.path < b.path ? -1 : 1))
    .map(({ path, isDir, fileSize }) => ({
      path,
      name: path.split('/').at(-1) ?? path,
      isFolder: isDir,
      size: fileSize === undefined ? undefined : formatBytes(fileSize),
      bytes: fileSize,
    }));
}

const MB = 1024 * 1024;
/** Pictures up to this size are drawn in the page (bytes). */
export const IMAGE_LIMIT = 5 * MB;
/** Tables up to this size are (bytes). */
export const TABLE_LIMIT = 2 * MB;
/** What is read of a text (bytes). */
export const TEXT_LIMIT = 64 * 1024;
/** Files above it are opened in an editor only when the user says so (bytes). */
export const ASK_LIMIT = 10 * MB;

const IMAGES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};
const BINARY =
  /\.(pkl|pickle|joblib|npy|npz|h5|hdf5|pt|pth|ckpt|onnx|safetensors|bin|zip|gz|tgz|tar|bz2|xz|7z|pdf|mp[34]|wav|mov|avi|so|dll|exe|whl|db|sqlite)$/i;

/** How a file is shown in the page. */
export type PreviewKind =
  | { readonly kind: 'image'; readonly mediaType: string }
  | { readonly kind: 'json' }
  | { readonly kind: 'delimited' }
  | { readonly kind: 'parquet' }
  | { readonly kind: 'text' }
  | { readonly kind: 'none' };

export function previewKind(path: string): PreviewKind {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const mediaType = Object.hasOwn(IMAGES, extension) ? IMAGES[extension] : undefined;
  if (mediaType) return { kind: 'image', mediaType };
  if (extension === 'json') return { kind: 'json' };
  if (extension === 'csv' || extension === 'tsv') return { kind: 'delimited' };
  if (extension === 'parquet') return { kind: 'parquet' };
  return { kind: BINARY.test(path) ? 'none' : 'text' };
}

/** What the page shows of a file. */
export type Preview =
  | { readonly kind: 'image'; readonly uri: string }
  | { readonly kind: 'table'; readonly table: LoggedTable; readonly note?: string | undefined }
  | { readonly kind: 'text'; readonly text: string; readonly note?: string | undefined }
  /** Nothing but a sentence. */
  | { readonly kind: 'none'; readonly note: string }
  | { readonly kind: 'missing'; readonly note: string };

export interface LoggedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that the file has, of which some may be left out. */
  readonly total: number;
}

export const SHOWN_ROWS = 200;
export const SHOWN_COLUMNS = 50;

/** What `mlflow.log_table` writes: column names, and rows as lists. @returns none for any other JSON */
export function loggedTable(json: string): LoggedTable | undefined {
  const table = parseJson(json);
  if (typeof table !== 'object' || table === null) return undefined;
  const { columns, data } = table as Readonly<Record<string, unknown>>;
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every(Array.isArray)) return undefined;
  return {
    columns: columns.slice(0, SHOWN_COLUMNS).map(cellText),
    rows: data.slice(0, SHOWN_ROWS).map((row: unknown[]) => row.slice(0, SHOWN_COLUMNS).map(cellText)),
    total: data.length,
  };
}

export function cellText(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 500 ? `${text.slice(0, 499)}…` : text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The beginning of a file as text.
 * @param bytes what was read of it
 * @param size of the whole file (bytes), where known
 */
export function textPreview(path: string, bytes: Uint8Array, size: number | undefined): Preview {
  if (bytes.subarray(0, 8_000).includes(0)) return { kind: 'none', note: 'This is a binary file.' };
  const isCut = bytes.length >= TEXT_LIMIT;
  const text = new TextDecoder().decode(bytes);
  if (isCut) {
    const whole = size === undefined ? '' : ` of ${formatBytes(size)}`;
    return { kind: 'text', text, note: `The first ${formatBytes(bytes.length)}${whole}. Open it to see the rest.` };
  }
  const note = /\.html?$/i.test(path)
    ? 'The source of the page. Show Page draws it; its scripts are not run: download it to see it in a browser.'
    : undefined;
  return note ? { kind: 'text', text, note } : { kind: 'text', text };
}

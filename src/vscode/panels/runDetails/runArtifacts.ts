import { env, window } from 'vscode';
import type { ArtifactRepository } from '../../../artifacts/repository.ts';
import { readParquet } from '../../../client/parquetTable.ts';
import type { FileInfo } from '../../../entities/artifact.ts';
import { doesNotExist, MlflowError } from '../../../entities/error.ts';
import type { Run } from '../../../entities/run.ts';
import type { ArtifactAction } from '../../../protocol/runDetails.ts';
import { formatBytes } from '../../../views/formatNumber.ts';
import {
  type ArtifactEntry,
  type ArtifactPlace,
  artifactEntries,
  IMAGE_LIMIT,
  loggedTable,
  type Preview,
  previewKind,
  TABLE_LIMIT,
  TEXT_LIMIT,
  textPreview,
} from '../../../views/runDetails/artifacts.ts';
import { delimitedTable, parquetTable } from '../../../views/runDetails/tables.ts';
import { loggedModelIds } from '../../../views/runModels.ts';
import { artifactDocumentUri } from '../../services/artifactUri.ts';
import type { Connection } from '../../services/connections.ts';
import { openArtifactFile } from '../../services/openArtifactFile.ts';
import { downloadArtifact } from './downloadArtifact.ts';
import { openTerminal } from './openTerminal.ts';
import { readStart } from './readStart.ts';
import { showPage } from './showPage.ts';

/** Where artifacts of a run lie, once it is known. */
interface Located {
  readonly connection: Connection;
  readonly repository: ArtifactRepository;
  /** URI of the root. */
  readonly root: string;
  readonly path: string;
  readonly title: string;
}

/** What the details show of the files of a run and of its models, and what they do with them. */
export class RunArtifacts {
  readonly #read: () => { readonly connection: Connection; readonly run: Run };

  /** @param read the run as it was read last, and its server. Throws an Error where there is none */
  constructor(read: () => { readonly connection: Connection; readonly run: Run }) {
    this.#read = read;
  }

  async list(place: ArtifactPlace): Promise<readonly ArtifactEntry[]> {
    const { repository, path } = await this.#locate(place);
    return artifactEntries(await repository.list(path));
  }

  async preview(place: ArtifactPlace): Promise<Preview> {
    const { repository, path } = await this.#locate(place);
    try {
      const file = await stat(repository, path);
      return file ? await previewOf(repository, file) : missing();
    } catch (error) {
      if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST') return missing();
      throw error;
    }
  }

  async act(action: ArtifactAction, place: ArtifactPlace): Promise<void> {
    const located = await this.#locate(place);
    const { connection, repository, root, path, title } = located;
    const uri = path === '' ? root : `${root.replace(/\/$/, '')}/${path}`;
    if (action === 'copyPath') return copied(path, 'Path');
    if (action === 'copyUri') return copied(uri, 'URI');
    if (action === 'terminal') return openTerminal(uri, (await stat(repository, path))?.isDir === true);
    const file = path === '' ? folder('') : await stat(repository, path);
    if (!file) throw doesNotExist(`The artifact '${path}' is not there any more.`);
    if (action === 'page') return showPage(repository, file);
    if (action === 'download') return downloadArtifact(repository, file, title);
    const document = artifactDocumentUri({ connectionId: connection.id, root, path, title });
    return openArtifactFile(document, file.fileSize);
  }

  async #locate({ modelId, path }: ArtifactPlace): Promise<Located> {
    const { connection, run } = this.#read();
    const title = run.info.runName || run.info.runId;
    if (modelId === undefined) {
      const root = run.info.artifactUri;
      return { connection, repository: connection.artifacts.open(root), root, path, title };
    }
    if (!loggedModelIds(run).includes(modelId)) throw doesNotExist(`The run has no model ${modelId}.`);
    const { artifactUri: root, name } = await connection.tracking.getLoggedModel(modelId, { allowDeleted: true });
    return { connection, repository: connection.artifacts.open(root), root, path, title: `${title} ${name}` };
  }
}

/** What stands about a file in the folder that it lies in. */
async function stat(repository: ArtifactRepository, path: string): Promise<FileInfo | undefined> {
  if (path === '') return folder('');
  const parent = path.split('/').slice(0, -1).join('/');
  return (await repository.list(parent)).find((file) => file.path === path);
}

function folder(path: string): FileInfo {
  return { path, isDir: true, fileSize: undefined };
}

async function previewOf(repository: ArtifactRepository, { path, fileSize }: FileInfo): Promise<Preview> {
  const size = fileSize === undefined ? '' : ` (${formatBytes(fileSize)})`;
  const kind = previewKind(path);
  if (kind.kind === 'none') return { kind: 'none', note: `No preview of files of this kind${size}.` };
  if (kind.kind === 'image') {
    if ((fileSize ?? 0) > IMAGE_LIMIT)
      return { kind: 'none', note: `Pictures above ${formatBytes(IMAGE_LIMIT)} are not drawn here${size}.` };
    const { bytes, isCut } = await readStart(repository, path, IMAGE_LIMIT);
    if (isCut) return { kind: 'none', note: `Pictures above ${formatBytes(IMAGE_LIMIT)} are not drawn here.` };
    return { kind: 'image', uri: `data:${kind.mediaType};base64,${Buffer.from(bytes).toString('base64')}` };
  }
  if (kind.kind === 'json' && (fileSize ?? 0) <= TABLE_LIMIT) {
    const { bytes, isCut } = await readStart(repository, path, TABLE_LIMIT);
    const table = isCut ? undefined : loggedTable(new TextDecoder().decode(bytes));
    return table ? { kind: 'table', table } : textPreview(path, bytes.subarray(0, TEXT_LIMIT), fileSize);
  }
  if (kind.kind === 'parquet' && fileSize !== undefined) {
    const read = readParquet(repository, path, fileSize).then(parquetTable);
    return read.catch((error: unknown) => {
      // What no server said, the file is to blame for.
      if (error instanceof MlflowError && error.code !== 'NOT_IMPLEMENTED') throw error;
      if (error instanceof TypeError && error.message === 'fetch failed') throw error;
      return {
        kind: 'none',
        note: `This file cannot be shown${size}: ${error instanceof Error ? error.message : error}`,
      };
    });
  }
  const { bytes, isCut } = await readStart(repository, path, TEXT_LIMIT);
  const table = kind.kind === 'delimited' ? delimitedTable(new TextDecoder().decode(bytes), isCut) : undefined;
  return table ?? textPreview(path, bytes, fileSize);
}

function missing(): Preview {
  const note = 'This artifact is not there. It may have been deleted, or its store may have been moved without it.';
  return { kind: 'missing', note };
}

async function copied(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`$(check) ${what} copied`, 3_000);
}

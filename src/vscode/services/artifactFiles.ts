import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
  workspace,
} from 'vscode';
import type { ArtifactRepository } from '../../artifacts/repository.ts';
import { MlflowError } from '../../entities/error.ts';
import { ARTIFACT_SCHEME, parseArtifactDocumentUri } from './artifactUri.ts';
import type { Connections } from './connections.ts';

/** Lets VS Code's editors read artifacts, of any kind, from their server. */
export function registerArtifactFiles(connections: Connections): Disposable {
  return workspace.registerFileSystemProvider(ARTIFACT_SCHEME, new ArtifactFiles(connections), {
    isReadonly: true,
    isCaseSensitive: true,
  });
}

class ArtifactFiles implements FileSystemProvider {
  readonly #connections: Connections;
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { repository, path } = this.#open(uri);
    const parent = path.split('/').slice(0, -1).join('/');
    const file = (await repository.list(parent)).find((it) => it.path === path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return { type: file.isDir ? FileType.Directory : FileType.File, size: file.fileSize ?? 0, ctime: 0, mtime: 0 };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { repository, path } = this.#open(uri);
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await repository.read(path)).stream) chunks.push(chunk);
      return Buffer.concat(chunks);
    } catch (error) {
      if (error instanceof MlflowError && error.code === 'RESOURCE_DOES_NOT_EXIST')
        throw FileSystemError.FileNotFound(uri);
      throw error;
    }
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const { repository, path } = this.#open(uri);
    const files = await repository.list(path);
    return files.map((file) => [file.path.split('/').at(-1) ?? '', file.isDir ? FileType.Directory : FileType.File]);
  }

  watch(): Disposable {
    return { dispose: () => undefined }; // an artifact is read when it is opened
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  #open(uri: Uri): { repository: ArtifactRepository; path: string } {
    const reference = parseArtifactDocumentUri(uri);
    const connection = reference && this.#connections.get(reference.connectionId);
    if (!connection) throw FileSystemError.Unavailable('The tracking server of this artifact is not running.');
    return { repository: connection.artifacts.open(reference.root), path: reference.path };
  }
}

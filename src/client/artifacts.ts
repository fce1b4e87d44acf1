import type { ArtifactContent, ArtifactRepositories, ArtifactRepository, ByteRange } from '../artifacts/repository.ts';
import type { FileInfo } from '../entities/artifact.ts';
import { artifactSegments, writableSegments } from '../entities/artifactPath.ts';
import { invalidParameter, MlflowError } from '../entities/error.ts';
import { withoutSlashesAtEnd } from '../entities/slashes.ts';
import { readFile } from './json.ts';
import type { Reply } from './reply.ts';
import type { Query, Rest } from './rest.ts';

const WORKBENCH = '/api/mlflow-workbench';
/** What MLflow's own pages add files by. */
const UPLOAD = '/ajax-api/2.0/mlflow/upload-artifact';
/** bytes that MLflow takes there. */
const MAX_UPLOAD = 10 * 1024 * 1024;
/** bytes that are read and thrown away before a part, where a server gives whole files only. */
const SKIPPED = 32 * 1024 * 1024;
const PROXY = '/api/2.0/mlflow-artifacts/artifacts';

/**
 * Artifact roots as a client sees them. `mlflow-artifacts:` goes through the server's artifact proxy. Every other root
 * belongs to a run or a logged model, whose id stands in it (`…/<run id>/artifacts`, `…/<model id>/artifacts`): the
 * server reads it for us, whatever its scheme and wherever it lies. Our own servers write it, too; others only small files
 * of runs. `runs:/<run id>` and `models:/m-…` are understood, too.
 */
export function artifactRepositories(rest: Rest): ArtifactRepositories {
  return {
    open(uri) {
      const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/.exec(uri);
      if (proxied) return new ProxiedRepository(rest, trimSlashes(proxied[1] ?? ''));
      const model =
        /^models:\/+(m-[^/]+)\/?(.*)$/.exec(uri) ??
        /\/models\/(m-[^/]+)\/artifacts(?:\/(.*))?$/.exec(withoutSlashesAtEnd(uri));
      if (model) return new OwnedRepository(rest, loggedModelFiles(model[1] ?? ''), trimSlashes(model[2] ?? ''));
      const run =
        /^runs:\/+([^/]+)\/?(.*)$/.exec(uri) ?? /\/([\w-]+)\/artifacts(?:\/(.*))?$/.exec(withoutSlashesAtEnd(uri));
      if (run) return new OwnedRepository(rest, runFiles(run[1] ?? ''), trimSlashes(run[2] ?? ''));
      throw invalidParameter(`The server cannot be asked for the files below '${uri}'.`);
    },
  };
}

/** Below the server's own artifact root. */
class ProxiedRepository implements ArtifactRepository {
  readonly #rest: Rest;
  readonly #root: string;

  constructor(rest: Rest, root: string) {
    this.#rest = rest;
    this.#root = root;
  }

  async list(path: string): Promise<readonly FileInfo[]> {
    const folder = artifactSegments(path).join('/');
    const reply = await this.#rest.message('GET', PROXY, { query: { path: join(this.#root, folder) || undefined } });
    // The wire has bare names here.
    return readFiles(reply, (name) => join(folder, name));
  }

  async read(path: string, range?: ByteRange): Promise<ArtifactContent> {
    return readContent(range, (headers) => this.#rest.send('GET', this.#url(artifactSegments(path)), { headers }));
  }

  async write(path: string, data: AsyncIterable<Uint8Array>): Promise<void> {
    const response = await this.#rest.send('PUT', this.#url(writableSegments(path)), { body: streamOf(data) });
    await response.text();
  }

  async delete(path: string): Promise<void> {
    await this.#rest.message('DELETE', this.#url(artifactSegments(path)), {});
  }

  /** Checked before it becomes a URL, which would fold `..` away. */
  #url(segments: readonly string[]): string {
    return `${PROXY}/${join(this.#root, segments.join('/')).split('/').map(encodeURIComponent).join('/')}`;
  }
}

/** Where the server answers for the files of something that it knows by id. */
interface OwnedFiles {
  /** What our own servers call it. */
  readonly owner: string;
  /** Where any server takes a small file; absent where none does. */
  upload?(path: string): Query;
  list(rest: Rest, path: string | undefined): Promise<Reply>;
  readonly readPath: string;
  readQuery(path: string): Query;
}

function runFiles(runId: string): OwnedFiles {
  return {
    owner: `runs/${encodeURIComponent(runId)}`,
    upload: (path) => ({ run_uuid: runId, path }),
    list: (rest, path) => rest.get('/artifacts/list', { run_id: runId, path }),
    readPath: '/get-artifact',
    readQuery: (path) => ({ run_id: runId, path }),
  };
}

function loggedModelFiles(modelId: string): OwnedFiles {
  const path = `/logged-models/${modelId}/artifacts`;
  return {
    owner: `logged-models/${encodeURIComponent(modelId)}`,
    list: (rest, folder) => rest.get(`${path}/directories`, { artifact_directory_path: folder }),
    readPath: `/ajax-api/2.0/mlflow${path}/files`,
    readQuery: (file) => ({ artifact_file_path: file }),
  };
}

class OwnedRepository implements ArtifactRepository {
  readonly #rest: Rest;
  readonly #files: OwnedFiles;
  readonly #root: string;

  constructor(rest: Rest, files: OwnedFiles, root: string) {
    this.#rest = rest;
    this.#files = files;
    this.#root = root;
  }

  async list(path: string): Promise<readonly FileInfo[]> {
    const folder = artifactSegments(path).join('/');
    const reply = await this.#files.list(this.#rest, join(this.#root, folder) || undefined);
    const below = this.#root === '' ? 0 : this.#root.length + 1;
    return readFiles(reply, (name) => name.slice(below));
  }

  async read(path: string, range?: ByteRange): Promise<ArtifactContent> {
    const query = this.#files.readQuery(join(this.#root, artifactSegments(path).join('/')));
    return readContent(range, (headers) => this.#rest.send('GET', this.#files.readPath, { query, headers }));
  }

  async write(path: string, data: AsyncIterable<Uint8Array>): Promise<void> {
    const place = join(this.#root, writableSegments(path).join('/'));
    if (await this.#isOurs()) {
      const encoded = place.split('/').map(encodeURIComponent).join('/');
      const target = `${WORKBENCH}/${this.#files.owner}/artifacts/${encoded}`;
      await (await this.#rest.send('PUT', target, { body: streamOf(data) })).text();
      return;
    }
    const query = this.#files.upload?.(place) ?? (await this.#refuse());
    // With its length: MLflow does not read what comes without one.
    await (await this.#rest.send('POST', UPLOAD, { query, body: await collectSmall(data) })).text();
  }

  delete(): Promise<void> {
    return this.#refuse();
  }

  async #isOurs(): Promise<boolean> {
    const reply = await this.#rest.message('GET', `${WORKBENCH}/server`, {}).catch((error: unknown) => {
      if (error instanceof MlflowError || error instanceof SyntaxError) return undefined;
      throw error;
    });
    return reply?.has('pid') ?? false;
  }

  async #refuse(): Promise<never> {
    throw new MlflowError('NOT_IMPLEMENTED', 'These artifacts can be changed by programs on their machine only.');
  }
}

function readFiles(reply: Reply, rename: (path: string) => string): readonly FileInfo[] {
  return reply
    .messages('files')
    .map(readFile)
    .map((file) => ({ ...file, path: rename(file.path) }));
}

async function readContent(
  range: ByteRange | undefined,
  send: (headers: Readonly<Record<string, string>>) => Promise<Response>,
): Promise<ArtifactContent> {
  if (range === undefined) {
    const response = await send({});
    return { size: lengthOf(response), stream: response.body ?? nothing() };
  }
  if (range.from >= range.to) return { size: undefined, stream: nothing() };
  // What is encoded on the way would have other places.
  const headers = { range: `bytes=${range.from}-${range.to - 1}`, 'accept-encoding': 'identity' };
  const response = await send(headers).catch((error: unknown) => {
    if (error instanceof MlflowError && error.message.startsWith('416')) return undefined;
    throw error;
  });
  if (response === undefined) return { size: undefined, stream: nothing() };
  const told = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (response.status === 206) return { size: told ? Number(told[1]) : undefined, stream: response.body ?? nothing() };
  if (range.from > SKIPPED) {
    await response.body?.cancel();
    throw new MlflowError('NOT_IMPLEMENTED', 'This server gives whole files only.');
  }
  return { size: lengthOf(response), stream: partOf(response.body ?? nothing(), range) };
}

function lengthOf(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  // fetch decodes, so the length of what was encoded says nothing.
  return length !== null && !response.headers.has('content-encoding') ? Number(length) : undefined;
}

/** Ends the stream where the part ends. */
async function* partOf(stream: AsyncIterable<Uint8Array>, { from, to }: ByteRange): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const piece of stream) {
    const part = piece.subarray(Math.max(0, from - at), Math.max(0, to - at));
    if (part.length > 0) yield part;
    at += piece.length;
    if (at >= to) return;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function collectSmall(data: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of data) {
    size += piece.length;
    if (size > MAX_UPLOAD) throw new MlflowError('NOT_IMPLEMENTED', 'This server takes files of up to 10 MB only.');
    pieces.push(piece);
  }
  return Uint8Array.from(Buffer.concat(pieces, size));
}

function join(folder: string, path: string): string {
  return folder === '' ? path : path === '' ? folder : `${folder}/${path}`;
}

function trimSlashes(text: string): string {
  return withoutSlashesAtEnd(text).replace(/^\/+/, '');
}

/** What `fetch` sends piece by piece, as it is asked for. */
function streamOf(data: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = data[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

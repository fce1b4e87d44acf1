import { createHash } from 'node:crypto';
import type { ArtifactRepository } from '../../artifacts/repository.ts';
import type { Run } from '../../entities/run.ts';
import { isTextArtifact } from '../../views/compareRuns/compareRuns.ts';
import type { ArtifactFacts } from '../../views/compareRuns/comparison.ts';
import { isEnvironmentFile } from '../../views/compareRuns/environment.ts';
import type { Connection } from '../services/connections.ts';

/** Files of a run that are compared, folders that are gone into, and bytes of a file up to which its content is. */
const [FILES, DEPTH, COMPARED] = [2_000, 6, 100_000];
/** Contents that are read for one comparison. */
const CONTENTS = 100;

/** Where a file lies that a run made, or a model of it. */
export interface ArtifactPlace {
  /** URI of the artifact root. */
  readonly root: string;
  /** Below it. */
  readonly path: string;
  /** bytes */
  readonly size: number;
}

/** A run's files, and those of its logged models below the models' names. */
export async function listArtifacts(connection: Connection, run: Run): Promise<ReadonlyMap<string, ArtifactPlace>> {
  const files = new Map<string, ArtifactPlace>();
  const add = async (root: string, prefix: string) => {
    const repository = connection.artifacts.open(root);
    for (const { path, size } of await filesBelow(repository, '', DEPTH)) {
      if (files.size < FILES) files.set(`${prefix}${path}`, { root, path, size });
    }
  };
  await add(run.info.artifactUri, '');
  for (const { modelId } of run.modelOutputs) {
    const model = await connection.tracking.getLoggedModel(modelId).catch(() => undefined); // deleted meanwhile
    if (model) await add(model.artifactUri, `${model.name}/`);
  }
  return files;
}

async function filesBelow(
  repository: ArtifactRepository,
  folder: string,
  depth: number,
): Promise<{ readonly path: string; readonly size: number }[]> {
  const entries = await repository.list(folder);
  const found: { path: string; size: number }[] = [];
  for (const { path, isDir, fileSize } of entries) {
    if (found.length >= FILES) break;
    if (!isDir) found.push({ path, size: fileSize ?? 0 });
    else if (depth > 0) found.push(...(await filesBelow(repository, path, depth - 1)));
  }
  return found;
}

/** What the comparison needs to know of the files: of texts of the same size, whether they are the same. */
export async function artifactFacts(
  connectionOf: (runId: string) => Connection,
  listed: ReadonlyMap<string, ReadonlyMap<string, ArtifactPlace>>,
): Promise<ReadonlyMap<string, ReadonlyMap<string, ArtifactFacts>>> {
  let read = 0;
  const facts = [...listed].map(async ([runId, files]) => {
    const entries = [...files].map(async ([name, place]) => {
      const isCompared = isTextArtifact(name) && place.size <= COMPARED && read++ < CONTENTS;
      const content = isCompared ? await readText(connectionOf(runId), place) : undefined;
      const digest = content && createHash('sha256').update(content).digest('hex').slice(0, 8);
      return [name, { size: place.size, digest, ...(isEnvironmentFile(name) && { text: content }) }] as const;
    });
    return [runId, new Map(await Promise.all(entries))] as const;
  });
  return new Map(await Promise.all(facts));
}

/** @returns nothing where the file has gone meanwhile: it does not hide the others */
async function readText(connection: Connection, { root, path }: ArtifactPlace): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of (await connection.artifacts.open(root).read(path)).stream) pieces.push(piece);
  } catch {
    return undefined;
  }
  return Buffer.concat(pieces).toString('utf8');
}

import { createHash } from 'node:crypto';
import type { ArtifactRepository } from '../../../src/artifacts/repository.ts';
import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type Files = Readonly<Record<string, string>>;

/** Uploads, replaces and deletes artifacts of a run of its own. */
export async function artifactsPlay(name: string, { tracking }: Stores, random: Random): Promise<Play> {
  const { artifactUri } = (await tracking.createRun({ experimentId: '0', runName: name })).info;
  let count = 0;

  return {
    name,

    async read({ artifacts }) {
      return sorted(await readAll(artifacts.open(artifactUri)));
    },

    next(now) {
      const files = now as Files;
      const names = Object.keys(files);
      if (names.length > 8 || (names.length > 2 && random.below(5) === 0)) {
        const chosen = random.pick(names);
        const { [chosen]: _, ...others } = files;
        return {
          name: 'delete-artifact',
          after: others as Shown,
          run: ({ artifacts }) => artifacts.open(artifactUri).delete(chosen),
        };
      }
      const path = random.pick(['model/MLmodel', `model/data/${random.below(4)}.bin`, `f${random.below(4)}.txt`]);
      const content = Buffer.alloc(1 + random.below(300_000), `${count++} `);
      return {
        name: 'upload-artifact',
        after: sorted(Object.entries({ ...files, [path]: digest(content) })) as Shown,
        run: ({ artifacts }) => artifacts.open(artifactUri).write(path, pieces(content)),
      };
    },
  };
}

async function* pieces(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

async function readAll(repository: ArtifactRepository, folder = ''): Promise<(readonly [string, string])[]> {
  const files: (readonly [string, string])[] = [];
  for (const { path, isDir } of await repository.list(folder)) {
    if (isDir) {
      files.push(...(await readAll(repository, path)));
      continue;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await repository.read(path)).stream) chunks.push(chunk);
    files.push([path, digest(Buffer.concat(chunks))]);
  }
  return files;
}

import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * The names that runs of a folder's project can have as `mlflow.source.name`: the folder itself, and within a git
 * repository `file://<repository>#<folder in it>`, as MLflow writes it there.
 * @param folder absolute
 */
export async function projectSources(folder: string): Promise<readonly string[]> {
  const real = await fs.realpath(folder).catch(() => folder);
  const root = await repositoryOf(real);
  if (root === undefined) return [folder];
  const inside = path.relative(root, real).split(path.sep).join('/');
  return [folder, inside === '' ? `file://${root}` : `file://${root}#${inside}`];
}

/** The folder that a source of a run on this machine names; `undefined` for a project that lies elsewhere. */
export function sourceFolder(source: string): string | undefined {
  if (path.isAbsolute(source)) return source;
  const [, root, inside = ''] = /^file:\/\/([^#]+)(?:#(.*))?$/.exec(source) ?? [];
  // MLflow puts the path after `file://` as it is.
  return root === undefined ? undefined : path.join(root, inside);
}

async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    const isRoot = await fs.stat(path.join(at, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) return at;
    if (path.dirname(at) === at) return undefined;
  }
}

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** A git repository of the real git. */
export interface GitRepository {
  readonly folder: string;
  git(...args: string[]): string;
  /** Writes files and commits them. @returns the commit */
  commit(files: Readonly<Record<string, string>>): string;
}

export function gitRepository(folder: string): GitRepository {
  fs.mkdirSync(folder, { recursive: true });
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org'];
  const git = (...args: string[]) =>
    execFileSync('git', [...identity, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init', '--quiet', '--initial-branch', 'trunk');
  return {
    folder,
    git,
    commit(files) {
      for (const [name, text] of Object.entries(files)) {
        fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        fs.writeFileSync(path.join(folder, name), text);
      }
      git('add', '.');
      git('commit', '--quiet', '--message', 'change');
      return git('rev-parse', 'HEAD');
    },
  };
}

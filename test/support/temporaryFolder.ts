import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A folder that goes away with the scope that uses it: `using folder = temporaryFolder()`. */
export interface TemporaryFolder extends Disposable {
  /** Its real path. */
  readonly path: string;
  /** The path of something in it. */
  join(...segments: string[]): string;
  /** Writes a file, and the folders on its way. @returns its path */
  write(file: string, text: string): string;
  read(file: string): string;
}

/** @param parent the system's folder for such ones when absent */
export function temporaryFolder(parent = os.tmpdir()): TemporaryFolder {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(parent, 'mlflow-test-')));
  const join = (...segments: string[]) => path.join(folder, ...segments);
  return {
    path: folder,
    join,
    write(file, text) {
      fs.mkdirSync(path.dirname(join(file)), { recursive: true });
      fs.writeFileSync(join(file), text);
      return join(file);
    },
    read: (file) => fs.readFileSync(join(file), 'utf8'),
    [Symbol.dispose]: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

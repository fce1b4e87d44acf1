import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A small disk in memory that can be filled and made read-only. */
export interface MemoryDisk extends Disposable {
  readonly path: string;
  /** Writes a file until nothing more fits. */
  fill(): void;
  /** Removes that file. */
  makeSpace(): void;
  /** Until it is called with false, nothing can be written. */
  makeReadOnly(isReadOnly: boolean): void;
}

/** Why there can be no such disk here; `undefined` where it can. */
export function whyNoDisk(): string | undefined {
  if (process.platform !== 'linux') return 'only Linux has tmpfs';
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-disk-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (status === 0) execFileSync('umount', [folder]);
  fs.rmdirSync(folder);
  return status === 0 ? undefined : `mounting needs more rights: ${String(stderr).trim()}`;
}

export function memoryDisk(bytes: number): MemoryDisk {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-disk-')));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  return {
    path: folder,
    fill() {
      const handle = fs.openSync(filler, 'a');
      for (const size of [65_536, 4_096, 512, 1]) writeAll(handle, Buffer.alloc(size, 1));
      fs.closeSync(handle);
    },
    makeSpace: () => fs.rmSync(filler),
    makeReadOnly: (isReadOnly) =>
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]) && undefined,
    [Symbol.dispose]() {
      execFileSync('umount', ['-l', folder]);
      fs.rmdirSync(folder);
    },
  };
}

function writeAll(handle: number, bytes: Buffer): void {
  try {
    while (fs.writeSync(handle, bytes) === bytes.length);
  } catch {
    // It is full.
  }
}

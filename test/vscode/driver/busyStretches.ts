import fs from 'node:fs';
import path from 'node:path';
import { writeExtension } from './writeExtension.ts';

/**
 * An extension beside ours that says how long its thread was busy without a break: CPU time, since other programs of the
 * machine hold up every thread. Each stretch of more than a millisecond is a line (ms).
 */
const MONITOR = `
const fs = require('node:fs');
exports.activate = () => {
  const used = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1_000; };
  let before = used();
  const look = () => {
    const now = used();
    if (now - before > 1) fs.appendFileSync(process.env.STRETCHES, (now - before).toFixed(1) + '\\n');
    before = used();
    setImmediate(() => setTimeout(look, 1));
  };
  look();
};
`;

/** How long the extension host was busy without a break. */
export interface BusyStretches {
  /** Folder of the extension that looks; for `openEditor`. */
  readonly extension: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Forgets what was: VS Code's own start, for one. */
  clear(): void;
  /** ms of each stretch since then */
  read(): readonly number[];
}

/** @param folder a place for its files */
export function busyStretches(folder: string): BusyStretches {
  const [extension, file] = [path.join(folder, 'monitor'), path.join(folder, 'stretches')];
  writeExtension(extension, {
    name: 'monitor',
    publisher: 'test',
    manifest: { main: './extension.js', activationEvents: ['onStartupFinished'] },
    files: { 'extension.js': MONITOR },
  });
  return {
    extension,
    environment: { STRETCHES: file },
    clear: () => fs.rmSync(file, { force: true }),
    read: () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').map(Number) : []),
  };
}

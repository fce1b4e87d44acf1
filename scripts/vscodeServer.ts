import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { installVsCode, ROOT } from './installVsCode.ts';

export interface VsCodeServerOptions {
  /** Folder for user data, settings and logs. */
  readonly dataFolder: string;
  /** 0 picks a free port. */
  readonly port?: number;
  /** Written when there are none yet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Another folder than the checkout to load the extension from; `undefined` in it means no extension at all. */
  readonly extension?: string;
  /** Folders of more extensions. */
  readonly others?: readonly string[];
}

/** A VS Code on a loopback port, with the extension of this checkout. */
export interface VsCodeServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
  /** Asks the whole process group to end, and makes it after 5 s. */
  stop(): Promise<void>;
}

/** Starts VS Code's server and resolves when it listens. @throws when it ends before that, with what it said. */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const program = await installVsCode();
  const extensions = path.join(options.dataFolder, 'extensions');
  const user = path.join(options.dataFolder, 'data', 'User');
  for (const folder of [extensions, user]) fs.mkdirSync(folder, { recursive: true });
  registerExtensions([options.extension ?? ROOT, ...(options.others ?? [])], extensions);
  const settings = path.join(user, 'settings.json');
  if (!fs.existsSync(settings)) fs.writeFileSync(settings, JSON.stringify(options.settings ?? {}, undefined, 2));

  const child = spawn(
    process.execPath,
    [
      program,
      '--accept-server-license-terms',
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
      ...['--server-data-dir', options.dataFolder, '--extensions-dir', extensions, '--telemetry-level', 'off'],
      ...(options.args ?? []),
    ],
    { env: { ...process.env, ...options.environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    signalGroup(child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  };
  const port = await listeningPort(child);
  return { url: `http://127.0.0.1:${port}`, port, process: child, ended, stop };
}

/** A source tree is loaded from where it is by an entry in the list of installed extensions. */
function registerExtensions(folders: readonly string[], extensions: string): void {
  const entries = folders.map((folder) => {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return {
      identifier: { id: `${manifest.publisher}.${manifest.name}` },
      version: manifest.version,
      location: { $mid: 1, path: folder, scheme: 'file' },
    };
  });
  fs.writeFileSync(path.join(extensions, 'extensions.json'), JSON.stringify(entries));
}

function listeningPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-10_000);
      const port = /Extension host agent listening on (\d+)/.exec(said)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`VS Code ended before it listened:\n${said}`)));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

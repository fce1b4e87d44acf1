// `npm start`: a VS Code with this extension, opened on the sample. Ctrl-C ends everything that it started.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { hasDesktopVsCode, ROOT } from './installVsCode.ts';
import { run, step } from './run.ts';
import { startVsCodeServer } from './vscodeServer.ts';

const SAMPLE = path.join(ROOT, 'samples', 'elasticnet');
const STORE = path.join(SAMPLE, '.mlflow');
const CLI = path.join(ROOT, 'dist', 'cli.js');

interface Editor {
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

async function openDesktop(): Promise<Editor> {
  const user = path.join(ROOT, '.vscode-test', 'desktop');
  // A data folder of its own makes it a process of its own, which can be ended without touching the user's windows.
  const child = spawn(
    'code',
    [
      ...['--wait', '--new-window', '--disable-workspace-trust', '--user-data-dir', user],
      ...[`--extensionDevelopmentPath=${ROOT}`, SAMPLE, path.join(SAMPLE, 'MLproject')],
    ],
    { stdio: 'ignore', shell: process.platform === 'win32' },
  );
  console.log('VS Code is open on samples/elasticnet. Ctrl-C closes it.');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    ended,
    async stop() {
      const pid = Number(await fs.promises.readFile(path.join(user, 'code.lock'), 'utf8').catch(() => ''));
      if (pid > 0) endProcess(pid);
      child.kill();
      await ended;
    },
  };
}

async function openInBrowser(): Promise<Editor> {
  const server = await startVsCodeServer({
    dataFolder: path.join(ROOT, '.vscode-test', 'start'),
    args: ['--disable-workspace-trust'],
    settings: {
      'workbench.startupEditor': 'none',
      'extensions.ignoreRecommendations': true,
      'git.openRepositoryInParentFolders': 'never',
      'remote.autoForwardPorts': false,
      'chat.disableAIFeatures': true,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
    },
  });
  const file = `vscode-remote://127.0.0.1:${server.port}${path.join(SAMPLE, 'MLproject')}`;
  const payload = encodeURIComponent(JSON.stringify([['openFile', file]]));
  const url = `${server.url}/?folder=${encodeURIComponent(SAMPLE)}&payload=${payload}`;
  console.log(`\nVS Code is running on samples/elasticnet:\n\n  ${url}\n\nCtrl-C ends it.`);
  browse(url);
  return server;
}

/** Opens the default browser where there is a screen; the URL is printed in any case. */
function browse(url: string): void {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""']
        : ['xdg-open'];
  spawn(command as string, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

await step('Building the extension', () => run(process.execPath, ['esbuild.mjs'], { cwd: ROOT, quiet: true }));
const editor = await (hasDesktopVsCode() ? openDesktop() : openInBrowser());
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
});
await Promise.race([editor.ended, interrupted]);
console.log('\nEnding VS Code and the tracking server …');
await editor.stop();
// The tracking server outlives its window by design; here it belongs to this command.
await run(process.execPath, [CLI, 'server', '--backend-store-uri', STORE, '--stop'], { quiet: true });
process.exit(0);

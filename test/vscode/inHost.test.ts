import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/installVsCode.ts';
import { run } from '../../scripts/run.ts';
import { startVsCodeServer } from '../../scripts/vscodeServer.ts';
import { launchChromium } from './driver/chromium.ts';

/** The same tests that `npm run test:desktop` runs in a desktop VS Code. */
test('the tests inside the extension host', async () => {
  await run(process.execPath, ['esbuild.mjs', '--tests'], { cwd: ROOT, quiet: true });
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-'));
  const server = await startVsCodeServer({
    dataFolder,
    args: ['--enable-smoke-test-driver', '--disable-workspace-trust'],
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const said: string[] = [];
    const ended = new Promise<number>((resolve) => {
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => said.push(args.join(' ')));
      void page.exposeFunction('codeAutomationExit', resolve);
    });
    const remote = `vscode-remote://127.0.0.1:${server.port}`;
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', `${remote}${ROOT}`],
      ['extensionTestsPath', `${remote}${ROOT}/dist/test/index.js`],
    ]);
    await page.goto(`${server.url}/?folder=${dataFolder}&payload=${encodeURIComponent(payload)}`);
    expect(await ended, said.join('\n')).toBe(0);
  } finally {
    await browser.close();
    await server.stop();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
});

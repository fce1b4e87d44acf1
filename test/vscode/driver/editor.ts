import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startVsCodeServer } from '../../../scripts/vscodeServer.ts';
import { launchChromium } from './chromium.ts';
import { runCommand } from './commands.ts';
import { until } from './until.ts';

/** Theme → [settings id, label in the theme picker, class of the workbench]. */
export const THEMES = {
  dark: ['Dark 2026', 'Dark 2026', 'vs-dark'],
  light: ['Light 2026', 'Light 2026', 'vs'],
  'high-contrast': ['Default High Contrast', 'Dark High Contrast', 'hc-black'],
  'high-contrast-light': ['Default High Contrast Light', 'Light High Contrast', 'hc-light'],
} as const;

export type Theme = keyof typeof THEMES;

export interface EditorOptions {
  /** Folder that the window opens. */
  readonly workspace: string;
  readonly theme?: Theme;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Folders of other extensions. */
  readonly extensions?: readonly string[];
  /** `false` opens the folder in Restricted Mode. */
  readonly trusted?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A real VS Code with the extension of this checkout, seen through a browser as a user sees it. */
export interface Editor {
  readonly page: Page;
  readonly workspace: string;
  /** Errors of the window, of webviews (CSP included) and of the extension host that are about us. */
  errors(): readonly string[];
  /** What the extension wrote into its output channel. */
  log(): string;
  screenshot(name: string): Promise<void>;
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What VS Code itself says at starts without a network and at reloads, and its notifications, which it repeats there. Where a
 * context changes, it draws items of a tree again that it has just thrown away, and finds no node for them.
 */
const NOISE =
  /fetching the script|An unknown error occurred\. Please consult|Entry point \w+ failed|net::ERR_|update\/check|vsda|favicon|extensions? ?gallery|marketplace|\[Service Worker\]|authentication provider|\(Canceled: Canceled\)|\[lifecycle\]|Could not find pty|on 'IDBTransaction'|IndexedDB database '[\w-]+' is closed|TreeError \[[\w.]+\] Data tree node not found/i;

const SCREENSHOTS = process.env.SCREENSHOTS ?? path.join(os.tmpdir(), 'mlflow-workbench-screenshots');

export async function openEditor(options: EditorOptions): Promise<Editor> {
  const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'vscode-'));
  const server = await startVsCodeServer({
    dataFolder,
    args: options.trusted === false ? [] : ['--disable-workspace-trust'],
    others: options.extensions ?? [],
    environment: { SHELL: '/bin/bash', ...options.environment },
    settings: {
      'workbench.colorTheme': THEMES[options.theme ?? 'dark'][0],
      'workbench.startupEditor': 'none',
      'workbench.tips.enabled': false,
      'window.autoDetectColorScheme': false,
      'extensions.ignoreRecommendations': true,
      'chat.disableAIFeatures': true,
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'files.simpleDialog.enable': true,
      'files.autoSave': 'off',
      'git.openRepositoryInParentFolders': 'never',
      'remote.autoForwardPorts': false,
      ...options.settings,
    },
  });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    const text = `${message.text()} ${message.location().url}`;
    if (message.type() === 'error' && !NOISE.test(text)) errors.push(text);
  });
  page.on('pageerror', (error) => {
    if (!NOISE.test(String(error))) errors.push(String(error.stack ?? error));
  });

  await page.goto(`${server.url}/?folder=${encodeURIComponent(options.workspace)}`);
  await restored(page);
  return {
    page,
    workspace: options.workspace,
    errors: () => errors,
    log: () => readLog(path.join(dataFolder, 'data', 'logs')),
    async screenshot(name) {
      fs.mkdirSync(SCREENSHOTS, { recursive: true });
      await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
    },
    async reload() {
      // The command saves the state of the window first; the browser's own reload would lose the last minute of it.
      const navigated = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
      await runCommand(page, 'Developer: Reload Window', { closes: false });
      await navigated;
      await restored(page);
    },
    async close() {
      await browser.close();
      await server.stop();
      fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function restored(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
  await until(
    'the workbench',
    () => page.evaluate(() => performance.getEntriesByName('code/didStartWorkbench').length > 0),
    { ms: 60_000 },
  );
}

/** The newest log of our output channel. */
function readLog(folder: string): string {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const ours = files.filter((file) => /MLflow\.log$/.test(file)).sort();
  return ours.length === 0 ? '' : fs.readFileSync(path.join(folder, ours[ours.length - 1] as string), 'utf8');
}

/** Changes the colour theme as a user does, in the theme picker. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  const [, label, className] = THEMES[theme];
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+T');
  const input = page.locator('.quick-input-widget:visible input[type="text"]:visible').first();
  await input.fill(label);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator(`.monaco-workbench.${className}`).waitFor();
  // Webviews hear of the new colours by message and paint a little later.
  await page.waitForTimeout(500);
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statusBar } from './driver/commands.ts';
import { type Editor, openEditor } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { codeLenses, completions, goTo, hoverText, openFile, squiggles } from './driver/textEditor.ts';
import { openContainer, welcomeTexts } from './driver/trees.ts';
import { until } from './driver/until.ts';

const PROJECT = `name: wine
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5}
    command: "python train.py {alpha} {missing}"
`;

let folder: string;
let editor: Editor;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlproject-'));
  fs.mkdirSync(path.join(folder, 'wine'));
  fs.writeFileSync(path.join(folder, 'wine', 'MLproject'), PROJECT);
});

afterEach(async () => {
  await editor?.close();
  stopServer(path.join(folder, 'wine', '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function open(trusted: boolean, settings: Readonly<Record<string, unknown>> = {}): Promise<Editor> {
  return openEditor({
    workspace: path.join(folder, 'wine'),
    trusted,
    settings,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
  });
}

describe('an MLproject file', () => {
  test('is checked, completed and explained while one types', async () => {
    editor = await open(true);
    const { page } = editor;
    await openFile(page, path.join(folder, 'wine', 'MLproject'));
    await until('a squiggle below the undeclared placeholder', async () => (await squiggles(page)) > 0);
    expect(await hoverText(page, 6, 42)).toContain("'missing' is no parameter");
    expect(await hoverText(page, 2, 3)).toContain('What can be run');
    expect(await hoverText(page, 5, 8)).toContain('float = 0.5');
    await goTo(page, 6, 47);
    await page.keyboard.type(' {');
    expect(await completions(page)).toEqual(['alpha']);
  });
});

describe('a folder without a server', () => {
  test('offers to run entry points, and starts none for what is said above them', async () => {
    editor = await open(true, { 'mlflow.server.enabled': false });
    const { page } = editor;
    await openFile(page, path.join(folder, 'wine', 'MLproject'));
    await until('the lenses', async () => (await codeLenses(page)).length > 0);
    await page.waitForTimeout(2_000);
    expect(await codeLenses(page)).toEqual(['Run', 'Run with parameters…']);
    expect((await statusBar(page)).some(({ text }) => /127\.0\.0\.1:\d+/.test(text))).toBe(false);
    expect(fs.readdirSync(path.join(folder, 'wine'))).toEqual(['MLproject']);
  });
});

describe('a folder that nobody trusts yet', () => {
  test('is checked, but nothing of it is run or written, and the view says why', async () => {
    editor = await open(false);
    const { page } = editor;
    await openContainer(page, 'MLflow');
    // Until the extension is there, VS Code says that nobody has anything to show.
    await until('the welcome text to speak of trust', async () => {
      return /trust/i.test(Object.values(await welcomeTexts(page)).join('\n'));
    });
    await openFile(page, path.join(folder, 'wine', 'MLproject'));
    await until('a squiggle', async () => (await squiggles(page)) > 0);
    expect(await codeLenses(page)).toEqual([]);
    expect((await statusBar(page)).some(({ text }) => /127\.0\.0\.1:\d+/.test(text))).toBe(false);
    expect(fs.readdirSync(path.join(folder, 'wine'))).toEqual(['MLproject']);
  });
});

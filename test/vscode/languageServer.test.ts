import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acceptQuickInput, runCommand } from './driver/commands.ts';
import { type Editor, openEditor, setTheme } from './driver/editor.ts';
import { stopServer } from './driver/stopServer.ts';
import { goTo, openFile, squiggles } from './driver/textEditor.ts';
import { until } from './driver/until.ts';

const PROJECT = `name: wine
python_env: python_env.yaml
entry_points:
  main:
    parameters:
      alpha: {type: float, default: 0.5, description: Strength of the penalty}
      data: {type: path, default: wine.csv}
      epochs: int
    command: |
      mkdir -p out && python train.py --alpha {alpha} --data {data} \\
        --epochs {epochs} --fast
  evaluate:
    parameters: {alpha: {type: float, default: abc}, seed: {type: string, default: 010}}
    comand: "python evaluate.py {alpha} '{seed}' {missing}"
    command: "python evaluate.py --alpha {alpha} '{seed}' {missing} && echo $HOME"
  plain:
    command: python train.py --alpha 1 && echo "it's $HOME" | tee log
  after: {command: 'echo \${{HOME}} --flag'}
`;

const SCRIPT = `import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--alpha", type=float)
parser.add_argument("--data")
args = parser.parse_args()
`;

let folder: string;
let workspace: string;
let editor: Editor;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'language-'));
  workspace = path.join(folder, 'wine');
  fs.mkdirSync(workspace);
  fs.writeFileSync(path.join(workspace, 'MLproject'), PROJECT);
  fs.writeFileSync(path.join(workspace, 'train.py'), SCRIPT);
  fs.writeFileSync(path.join(workspace, 'wine.csv'), 'a\n1\n');
});

afterEach(async () => {
  await editor?.close();
  stopServer(path.join(workspace, '.mlflow'), path.join(folder, 'cache'));
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function textOf(name: string): string {
  return fs.readFileSync(path.join(workspace, name), 'utf8');
}

/** Chooses a code action at the cursor by its title. */
async function quickFix(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: title }).first().click();
}

/** The hints between the words of the active editor. */
function hints(page: Page): Promise<string[]> {
  const decorations = page.locator('.editor-group-container.active .view-line span[class*="dyn-rule"]');
  return decorations.allInnerTexts();
}

test('an MLproject file is mended, renamed and formatted, with the scripts that it runs', async () => {
  editor = await openEditor({
    workspace,
    environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') },
    size: { width: 1300, height: 700 },
  });
  const { page } = editor;
  await openFile(page, path.join(workspace, 'MLproject'));
  await until('squiggles', async () => (await squiggles(page)) > 4);
  await until('the defaults beside their placeholders', async () => (await hints(page)).join('').includes('0.5'));
  for (const theme of ['light', 'high-contrast', 'dark'] as const) {
    await setTheme(page, theme);
    await editor.screenshot(`language-${theme}`);
  }
  await runCommand(page, 'View: Toggle Problems', { closes: false });
  await editor.screenshot('language-problems');
  await runCommand(page, 'View: Toggle Problems', { closes: false });

  await goTo(page, 2, 15);
  await quickFix(page, 'Create python_env.yaml');
  await until('the file of the environment', () => page.locator('.tab[data-resource-name="python_env.yaml"]').count());
  await openFile(page, path.join(workspace, 'MLproject'));

  await goTo(page, 10, 49);
  await page.keyboard.press('F2');
  await page.locator('.rename-box input').fill('penalty');
  await page.keyboard.press('Enter');
  await runCommand(page, 'File: Save All Files', { closes: false });
  await until('the new name in the script', async () => textOf('train.py').includes('"--penalty", dest="alpha"'));
  await until('the new name in the project', async () => /--penalty \{penalty\}/.test(textOf('MLproject')));
  expect(textOf('MLproject')).toContain('penalty: {type: float');
  await until('the environment', async () => textOf('python_env.yaml').includes('python: "3.11"'));

  await goTo(page, 9, 1);
  await page.keyboard.type('  # a note');
  await runCommand(page, 'Format Document', { closes: false });
  await page.keyboard.press('Control+S');
  await until('the file to be saved', async () => textOf('MLproject').includes('# a note'));
  expect(editor.errors()).toEqual([]);
});

test('what is unsaved in a script is not lost by a rename', async () => {
  editor = await openEditor({ workspace, environment: { MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') } });
  const { page } = editor;
  await openFile(page, path.join(workspace, 'train.py'));
  await goTo(page, 1, 1);
  await page.keyboard.type('# typed\n');
  await openFile(page, path.join(workspace, 'MLproject'));
  await until('squiggles', async () => (await squiggles(page)) > 4);
  await goTo(page, 6, 8);
  await page.keyboard.press('F2');
  await page.locator('.rename-box input').fill('penalty');
  await acceptQuickInput(page);
  await runCommand(page, 'File: Save All Files', { closes: false });
  await until('the new name in the script', async () => textOf('train.py').includes('"--penalty", dest="alpha"'));
  expect(textOf('train.py')).toBe(`# typed\n${SCRIPT.replace('"--alpha"', '"--penalty", dest="alpha"')}`);
});

import path from 'node:path';
import type { Page } from 'playwright-core';
import { quickPickLabels, typeInQuickInput } from './commands.ts';
import { until } from './until.ts';

/** Opens a file by its absolute path and waits for its text. */
export async function openFile(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await typeInQuickInput(page, file);
  await until('the file in quick open', async () => (await quickPickLabels(page))[0] === path.basename(file));
  await page.keyboard.press('Enter');
  await page
    .locator(`.tab.active[data-resource-name="${path.basename(file)}"]`)
    .first()
    .waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Titles of the CodeLenses of the active editor, top to bottom. */
export function codeLenses(page: Page): Promise<string[]> {
  return page.locator('.editor-group-container.active .codelens-decoration a').allInnerTexts();
}

export async function clickCodeLens(page: Page, title: string | RegExp, nth = 0): Promise<void> {
  await page
    .locator('.editor-group-container.active .codelens-decoration a', { hasText: title })
    .nth(nth)
    .click({ timeout: 30_000 });
}

/** Puts the cursor there (both from 1). */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await typeInQuickInput(page, `:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
}

/** Labels that are offered at the cursor. */
export async function completions(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+Space');
  const rows = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  await rows.first().waitFor();
  const labels = await rows.allInnerTexts();
  await page.keyboard.press('Escape');
  return labels;
}

/** Text of the hover at a position (both from 1). */
export async function hoverText(page: Page, line: number, column: number): Promise<string> {
  await goTo(page, line, column);
  await page.keyboard.press('Control+K');
  await page.keyboard.press('Control+I');
  const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents:visible');
  return until('a hover', async () => {
    const texts = await hover.allInnerTexts();
    return texts.some((text) => !text.startsWith('Loading')) && texts.join('\n');
  });
}

/** Squiggles of the active editor by class. */
export function squiggles(page: Page): Promise<number> {
  return page.locator('.editor-group-container.active .squiggly-error, .squiggly-warning, .squiggly-info').count();
}

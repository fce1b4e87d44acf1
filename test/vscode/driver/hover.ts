import type { Page } from 'playwright-core';

/** Rests the mouse on an item of the status bar. @returns what its tooltip says */
export async function hoverStatusBar(page: Page, itemId: string): Promise<string> {
  await page.locator(`.statusbar-item[id$="${itemId}"]`).hover();
  const hover = page.locator('.workbench-hover-container .monaco-hover').last();
  await hover.waitFor();
  return hover.innerText();
}

export async function hideHover(page: Page): Promise<void> {
  await page.mouse.move(700, 300);
  await page.locator('.workbench-hover-container').first().waitFor({ state: 'detached' });
}

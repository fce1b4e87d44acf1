import type { Page } from 'playwright-core';

/** Rests the mouse on an item of the status bar until its tooltip says this. */
export async function hoverStatusBar(page: Page, itemId: string, text: string): Promise<void> {
  await page.locator(`.statusbar-item[id$="${itemId}"]`).hover();
  await page.locator('.workbench-hover-container .monaco-hover', { hasText: text }).waitFor();
}

export async function hideHover(page: Page): Promise<void> {
  await page.mouse.move(700, 300);
  await page.locator('.workbench-hover-container').first().waitFor({ state: 'detached' });
}

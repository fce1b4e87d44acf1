import type { Page } from 'playwright-core';

/** Closes the panel with terminal and problems, where it is open. */
export async function hidePanel(page: Page): Promise<void> {
  const close = page.locator('.part.panel:visible .codicon-panel-close').first();
  if (await close.count()) await close.click();
}

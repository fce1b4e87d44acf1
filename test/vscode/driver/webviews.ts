import type { Frame, Page } from 'playwright-core';
import { until } from './until.ts';

/** Titles of the open editors. */
export function tabTitles(page: Page): Promise<string[]> {
  return page.locator('.editor-group-container .tab .monaco-icon-name-container').allInnerTexts();
}

/** The document of the visible webview editor whose tab title matches; hidden webviews stay in the DOM, so it is found by place. */
export async function webview(page: Page, title: RegExp): Promise<Frame> {
  const tab = page
    .locator('.editor-group-container .tab')
    .filter({ has: page.locator('.monaco-icon-name-container', { hasText: title }) })
    .first();
  await until(`the editor ${title}`, async () => (await tab.count()) > 0, { instead: () => tabTitles(page) });
  if (!(await tab.getAttribute('class'))?.split(' ').includes('active')) await tab.click();
  const group = tab.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " editor-group-container ")][1]');
  return until(`the document of ${title}`, async () => {
    const area = await group.boundingBox();
    for (const outer of await page.locator('iframe.webview.ready').all()) {
      const box = (await outer.isVisible()) ? await outer.boundingBox() : null;
      if (!box || !area) continue;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (x < area.x || x > area.x + area.width || y < area.y || y > area.y + area.height) continue;
      const middle = await (await outer.elementHandle())?.contentFrame();
      const inner = await (await middle?.$('#active-frame'))?.contentFrame();
      if (inner && (await inner.evaluate(() => document.body.childElementCount > 0).catch(() => false))) return inner;
    }
    return undefined;
  });
}

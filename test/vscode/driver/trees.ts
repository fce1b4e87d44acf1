import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

export interface TreeRow {
  readonly view: string;
  /** From 1. */
  readonly level: number;
  readonly label: string;
  readonly description: string;
  /** `undefined` for a leaf. */
  readonly expanded: boolean | undefined;
}

/** Opens the view container with this title in the activity bar. */
export async function openContainer(page: Page, title: string): Promise<void> {
  const icon = page.locator(`.part.activitybar .action-item:has(.action-label[aria-label^="${title}"])`).first();
  await icon.waitFor({ timeout: 30_000 });
  if (!(await icon.getAttribute('class'))?.includes('checked')) await icon.click();
  await page.locator('.part.sidebar .pane').first().waitFor();
}

/** The rows that are drawn in the side bar, top to bottom. */
export function treeRows(page: Page, view?: string): Promise<TreeRow[]> {
  return page.evaluate((only) => {
    const rows = [...document.querySelectorAll('.part.sidebar .pane')].flatMap((pane) => {
      const title = pane.querySelector('.pane-header .title')?.textContent?.trim() ?? '';
      return [...pane.querySelectorAll('.monaco-list-rows > .monaco-list-row[role=treeitem]')]
        .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
        .map((row) => {
          const expanded = row.getAttribute('aria-expanded');
          return {
            view: title,
            level: Number(row.getAttribute('aria-level')),
            label: row.querySelector('.label-name')?.textContent ?? '',
            description: row.querySelector('.label-description')?.textContent ?? '',
            expanded: expanded === null ? undefined : expanded === 'true',
          };
        });
    });
    return rows.filter((row) => !only || row.view.toLowerCase() === only.toLowerCase());
  }, view);
}

/** Welcome text and messages of the views, by their title. */
export function welcomeTexts(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.part.sidebar .pane')].map((pane) => [
        pane.querySelector('.pane-header .title')?.textContent?.trim() ?? '',
        [...pane.querySelectorAll<HTMLElement>('.welcome-view-content, .message')]
          .filter((element) => element.offsetParent)
          .map((element) => (element.textContent ?? '').trim())
          .join('\n'),
      ]),
    ),
  );
}

/** The row whose label is the text or matches the expression; waits for it. */
export async function treeRow(page: Page, label: string | RegExp, ms?: number): Promise<Locator> {
  const expression = typeof label === 'string' ? new RegExp(`^\\s*${RegExp.escape(label)}\\s*$`) : label;
  const row = page
    .locator('.part.sidebar .monaco-list-rows > .monaco-list-row[role=treeitem]')
    .filter({ has: page.locator('.label-name', { hasText: expression }) })
    .first();
  await until(`the tree row ${label}`, async () => (await row.count()) > 0, {
    instead: () => treeRows(page),
    ...(ms === undefined ? {} : { ms }),
  });
  return row;
}

export function expandRow(page: Page, label: string | RegExp): Promise<void> {
  return setExpanded(page, label, 'true');
}

export function collapseRow(page: Page, label: string | RegExp): Promise<void> {
  return setExpanded(page, label, 'false');
}

/** Trees open rows by themselves, too: a click at the same moment would undo it, so that the state is looked at twice. */
async function setExpanded(page: Page, label: string | RegExp, expanded: 'true' | 'false'): Promise<void> {
  const row = await treeRow(page, label);
  const isSo = async () =>
    (await row.getAttribute('aria-expanded')) === expanded &&
    (await row.locator('.codicon-tree-item-loading').count()) === 0;
  await until(
    `${label} to ${expanded === 'true' ? 'open' : 'close'}`,
    async () => {
      if ((await row.getAttribute('aria-expanded')) !== expanded) await row.locator('.monaco-tl-twistie').click();
      await page.waitForTimeout(300);
      return isSo();
    },
    { instead: () => treeRows(page) },
  );
}

/** Trees draw rows anew when they know more: a click at the same moment opens nothing, and is made again. */
export async function openContextMenu(page: Page, label: string | RegExp): Promise<void> {
  const entry = page.locator('.monaco-menu .action-item').first();
  await until(`the menu of ${label}`, async () => {
    const row = await treeRow(page, label);
    await row.locator('.label-name').first().click({ button: 'right' });
    return entry.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
  });
}

/** Selects these rows and no others. */
export async function selectRows(page: Page, labels: readonly string[]): Promise<void> {
  for (const [at, label] of labels.entries()) {
    const row = await treeRow(page, label);
    await row
      .locator('.label-name')
      .first()
      .click(at === 0 ? {} : { modifiers: ['Control'] });
  }
}

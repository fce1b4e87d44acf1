import type { Page } from 'playwright-core';
import { until } from './until.ts';

/**
 * Runs the command with this title ("Category: Title") from the palette.
 * @param options `closes: false` for a command after which there is no palette to close
 */
export async function runCommand(page: Page, title: string, { closes = true } = {}): Promise<void> {
  // Whatever takes the focus at this moment closes the palette again.
  await until('the palette to stay open', async () => {
    await page.keyboard.press('F1');
    return quickInput(page)
      .fill(`>${title}`, { timeout: 2_000 })
      .then(() => true)
      .catch(() => false);
  });
  await pick(page, title);
  if (!closes) return;
  // The palette's box is used again by what the command asks: wait until it is no longer the palette's.
  await until('the palette to close', async () => !(await quickInputValue(page))?.startsWith('>'));
}

/** What is typed in the open box; asked for in one step, because the box may close at any moment. */
async function quickInputValue(page: Page): Promise<string | undefined> {
  const values = await quickInputs(page).evaluateAll((inputs) =>
    inputs.map((input) => (input as HTMLInputElement).value),
  );
  return values[0];
}

function quickInputs(page: Page) {
  return page.locator('.quick-input-widget:visible input[type="text"]:visible');
}

function quickInput(page: Page) {
  return quickInputs(page).first();
}

export async function typeInQuickInput(page: Page, text: string): Promise<void> {
  await quickInput(page).fill(text);
}

export async function acceptQuickInput(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
}

/** The labels of the open quick pick. */
export function quickPickLabels(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.quick-input-list .monaco-list-row')]
      // What is left of one that has closed is not open.
      .filter((row) => row.checkVisibility())
      .map(
        (row) =>
          row.querySelector('.quick-input-list-row .label-name')?.textContent?.trim() ??
          row.getAttribute('aria-label') ??
          '',
      ),
  );
}

/** Clicks the first entry of the open quick pick whose label is or contains the text. */
export async function pick(page: Page, label: string, { ms = 15_000 } = {}): Promise<void> {
  const at = await until(
    `the entry ${label}`,
    async () => {
      const labels = await quickPickLabels(page);
      const exact = labels.indexOf(label);
      const found = exact >= 0 ? exact : labels.findIndex((text) => text.includes(label));
      return found >= 0 ? { found } : undefined;
    },
    { ms, instead: () => quickPickLabels(page) },
  );
  await page.locator('.quick-input-list .monaco-list-row:visible').nth(at.found).click({ timeout: ms });
}

/**
 * Runs a command and picks from what it asks; once more where that has closed before: an editor that has just opened takes the
 * focus when it is ready, and a quick pick without the focus closes.
 */
export async function runAndPick(page: Page, command: string, label: string): Promise<void> {
  await until(
    `${label} of ${command}`,
    async () => {
      await runCommand(page, command);
      return pick(page, label, { ms: 5_000 }).then(
        () => true,
        () => page.keyboard.press('Escape').then(() => false),
      );
    },
    { ms: 40_000 },
  );
}

export async function clickMenuEntry(page: Page, label: string): Promise<void> {
  // A menu ignores the mouse in its first 100 ms.
  await page.waitForTimeout(150);
  await page.locator('.monaco-menu .action-item').filter({ hasText: label }).first().click();
  await page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
}

export interface Notification {
  readonly message: string;
  readonly buttons: readonly string[];
}

export function notifications(page: Page): Promise<Notification[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.notification-list-item')].map((item) => ({
      message: item.querySelector('.notification-list-item-message')?.textContent?.trim() ?? '',
      buttons: [...item.querySelectorAll('.notification-list-item-buttons-container .monaco-button')].map(
        (button) => button.textContent?.trim() ?? '',
      ),
    })),
  );
}

export async function clickNotification(page: Page, button: string): Promise<void> {
  await page.locator('.notification-list-item .monaco-button', { hasText: button }).first().click();
}

/**
 * Clicks where a button of a notification stands now, if it is there: for progress, whose buttons VS Code makes anew
 * several times a second, so that none is ever still for long enough. A click can fall between two drawings: ask again.
 */
export async function clickProgress(page: Page, button: string): Promise<void> {
  const place = await page.evaluate((text) => {
    const found = [...document.querySelectorAll('.notification-list-item .monaco-button')].find(
      (it) => it.textContent?.trim() === text,
    );
    const box = found?.getBoundingClientRect();
    return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, button);
  if (place) await page.mouse.click(place.x, place.y);
}

export interface StatusBarItem {
  readonly id: string;
  readonly text: string;
  readonly label: string;
}

export function statusBar(page: Page): Promise<StatusBarItem[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.part.statusbar .statusbar-item')].map((item) => ({
      id: item.id,
      text: item.textContent?.trim() ?? '',
      label: item.querySelector('.statusbar-item-label')?.getAttribute('aria-label') ?? '',
    })),
  );
}

/** Text of the visible terminal. */
export function terminalText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const wrapper = document.querySelector('.terminal-wrapper.active') as
      | (Element & { xterm?: { buffer: { active: TerminalBuffer } } })
      | null;
    const buffer = wrapper?.xterm?.buffer.active;
    if (!buffer) return '';
    return Array.from({ length: buffer.length }, (_, at) => buffer.getLine(at)?.translateToString(true) ?? '')
      .join('\n')
      .trimEnd();
  });
}

interface TerminalBuffer {
  readonly length: number;
  getLine(at: number): { translateToString(trimRight: boolean): string } | undefined;
}

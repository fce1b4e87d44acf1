import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebviewPage } from '../bench/webviewPage.ts';
import { launchChromium } from './driver/chromium.ts';
import { until } from './driver/until.ts';

// The runs table in a browser without VS Code around it: no store has a million runs in a minute.
const [ROWS, ROW] = [1_000_000, 22];

let browser: Browser;
let table: WebviewPage;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  table = await WebviewPage.open(browser, {
    webview: 'runsTable',
    answers: 'formulaTableAnswers',
    steps: 'formulaTableSteps',
  });
  page = table.page;
  await table.measure('show', { rows: ROWS, metrics: 0 });
});

afterAll(async () => {
  await browser?.close();
});

/** Number of the row at the top of the window, and how far it stands above it, px. */
function top(): Promise<{ row: number; hidden: number }> {
  return page.evaluate((height) => {
    const edge = document.querySelector('.head')?.getBoundingClientRect().bottom ?? 0;
    const rows = [...document.querySelectorAll('.canvas .row:not([aria-hidden])')]
      .map((row) => ({ y: row.getBoundingClientRect().top, name: row.querySelector('.name')?.textContent ?? '' }))
      .filter(({ y, name }) => y > edge - height && name !== '');
    const first = rows.toSorted((one, other) => one.y - other.y)[0];
    return { row: Number(first?.name), hidden: Math.round(edge - (first?.y ?? 0)) };
  }, ROW);
}

/** Number of the last row that is seen whole. */
function bottom(): Promise<number> {
  return page.evaluate((height) => {
    const edge = document.querySelector('.grid')?.getBoundingClientRect();
    const rows = [...document.querySelectorAll('.canvas .row:not([aria-hidden])')]
      .filter((row) => row.getBoundingClientRect().top + height <= (edge?.bottom ?? 0) + 1)
      .map((row) => Number(row.querySelector('.name')?.textContent));
    return Math.max(...rows);
  }, ROW);
}

async function untilTop(row: number): Promise<void> {
  await until(`row ${row} at the top`, async () => (await top()).row === row, { instead: top });
}

const focused = () =>
  page.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')) - 2);

async function wheel(by: number): Promise<void> {
  const box = await page.locator('.grid').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 300, (box?.y ?? 0) + 300);
  await page.mouse.wheel(0, by);
}

/** What the browser makes of the scroll bar being dragged. @param share of its way */
async function drag(share: number): Promise<void> {
  await page.locator('.grid').evaluate((grid, to) => {
    grid.scrollTop = to * (grid.scrollHeight - grid.clientHeight);
  }, share);
}

test('all rows have their place, though no element is that tall', async () => {
  expect(await page.locator('.grid').getAttribute('aria-rowcount')).toBe(String(ROWS + 1));
  expect(await page.locator('.grid').evaluate((grid) => grid.scrollHeight)).toBeLessThan(8_100_000);
  await untilTop(0);
});

test('keys lead to the end, step by step and back', async () => {
  await page.locator('.grid [tabindex="0"]').focus();
  await page.keyboard.press('Control+ArrowDown');
  await until('the last row', async () => (await bottom()) === ROWS - 1, { instead: bottom });
  expect(await focused()).toBe(ROWS - 1);
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(ROWS - 2);
  for (let nth = 0; nth < 100; nth++) await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe(ROWS - 102);
  await untilTop(ROWS - 102);
  expect((await top()).hidden).toBe(0);
  await page.keyboard.press('PageDown');
  expect(await focused()).toBeGreaterThan(ROWS - 82);
  await page.keyboard.press('Control+Home');
  await untilTop(0);
  expect(await focused()).toBe(0);
});

test('a wheel moves row by row, everywhere', async () => {
  for (const start of [0, 400_000, ROWS - 500]) {
    await drag(start / ROWS);
    await until('rows there', async () => Math.abs((await top()).row - start) < 1_000, { instead: top });
    const before = await top();
    for (let nth = 1; nth <= 3; nth++) {
      await wheel(ROW);
      await untilTop(before.row + nth);
      expect((await top()).hidden).toBe(before.hidden);
    }
    await wheel(-2 * ROW);
    await untilTop(before.row + 1);
  }
});

test('the scroll bar is dragged to any part, and to both ends', async () => {
  await drag(0.5);
  await until('the middle', async () => Math.abs((await top()).row - ROWS / 2) < 100, { instead: top });
  await drag(1);
  await until('the last row', async () => (await bottom()) === ROWS - 1, { instead: bottom });
  await drag(0);
  await page.keyboard.press('Control+ArrowDown'); // before the page has heard of it
  await until('the last row again', async () => (await bottom()) === ROWS - 1, { instead: bottom });
  await drag(0);
  await until('the first row in its place', async () => JSON.stringify(await top()) === '{"row":0,"hidden":0}', {
    instead: top,
  });
});

test('what is seen stays when the table becomes shorter, and tall again', async () => {
  await drag(1);
  await until('the last row', async () => (await bottom()) === ROWS - 1, { instead: bottom });
  await table.measure('show', { rows: 50_000, metrics: 0 });
  await until('the last row there is', async () => (await bottom()) === 49_999, { instead: bottom });
  await table.measure('show', { rows: ROWS, metrics: 0 });
  await until('the same rows', async () => Math.abs((await top()).row - 49_970) < 40, { instead: top });
});

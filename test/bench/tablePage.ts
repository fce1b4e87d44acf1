import type { Browser } from 'playwright-core';
import { launchChromium } from '../vscode/driver/chromium.ts';
import type { Bench } from './bench.ts';
import { WebviewPage } from './webviewPage.ts';

/** Pages that are opened, and steps of each kind in a page. */
const [PAGES, STEPS] = [7, 5];
/** Runs and metrics of a wide table, and how far it is scrolled at once (px). */
const [WIDE_RUNS, WIDE_METRICS, DOWN, RIGHT] = [100_000, 5_000, 792, 900];
/** Rows of a screenful, and of a plain table without a window. */
const [SCREENFUL, NAIVE] = [36, 1_000];

/** What a user waits for at the runs table, and what a browser needs at least for as much. */
export async function measureTablePage({ report }: Bench): Promise<void> {
  const browser = await launchChromium();
  const samples = new Map<string, number[]>();
  try {
    await measurePages(browser, new Map(), 0); // warms the browser up
    for (let round = 1; round <= PAGES; round++) {
      await measurePages(browser, samples, round);
      await measureWidePage(browser, samples);
    }
  } finally {
    await browser.close();
  }
  const of = (name: string) => samples.get(name) ?? [];
  report('tablePage.first', { ours: of('first'), floor: of('floor.first') });
  report('tablePage.firstWork', { ours: of('first.work'), floor: of('floor.first.work') });
  report('tablePage.naive', { ours: of('first'), floor: of('floor.naive') });
  report('tablePage.scroll', { ours: of('scroll'), floor: of('floor.scroll') });
  report('tablePage.jump', { ours: of('jump'), floor: of('floor.jump') });
  report('tablePage.update', { ours: of('update'), floor: of('floor.update') });
  report('tablePage.updateWork', { ours: of('update.work') });
  report('tablePage.wideFirst', { ours: of('wide.first') });
  report('tablePage.wideDown', { ours: of('wide.down'), floor: of('floor.scroll') });
  report('tablePage.wideRight', { ours: of('wide.right'), floor: of('floor.scroll') });
}

/** Many runs of many metrics, which come from a thread that works them out. */
async function measureWidePage(browser: Browser, samples: Map<string, number[]>): Promise<void> {
  const table = await WebviewPage.open(browser, {
    webview: 'runsTable',
    answers: 'formulaTableAnswers',
    steps: 'formulaTableSteps',
  });
  const measure = async (name: string, step: string, argument: unknown) => {
    const { ms } = await table.measure(step, argument);
    samples.set(name, [...(samples.get(name) ?? []), ms]);
  };
  await measure('wide.first', 'show', { rows: WIDE_RUNS, metrics: WIDE_METRICS });
  for (let nth = 1; nth <= STEPS; nth++) {
    await measure('wide.down', 'scroll', { top: DOWN });
    await measure('wide.right', 'scroll', { left: RIGHT });
  }
  await table.close();
}

/** Ours and the floor beside each other, step by step in turns. */
async function measurePages(browser: Browser, samples: Map<string, number[]>, round: number): Promise<void> {
  const table = await WebviewPage.open(browser, {
    webview: 'runsTable',
    answers: 'runsTableAnswers',
    steps: 'runsTableSteps',
  });
  const floor = await WebviewPage.open(browser, { steps: 'tableFloorSteps' });
  const measure = async (page: WebviewPage, name: string, step: string, argument?: unknown) => {
    const { ms, mainThread } = await page.measure(step, argument);
    samples.set(name, [...(samples.get(name) ?? []), ms]);
    samples.set(`${name}.work`, [...(samples.get(`${name}.work`) ?? []), mainThread]);
  };
  await measure(table, 'first', 'first');
  await measure(floor, 'floor.first', 'first');
  for (let nth = 1; nth <= STEPS; nth++) {
    await measure(table, 'update', 'update', { run: nth, round: round * STEPS + nth });
    await measure(floor, 'floor.update', 'update', String(nth));
  }
  for (let nth = 1; nth <= STEPS; nth++) {
    await measure(table, 'scroll', 'scroll', SCREENFUL);
    await measure(floor, 'floor.scroll', 'jump', SCREENFUL * nth);
  }
  for (let nth = 1; nth <= STEPS; nth++) {
    await measure(table, 'jump', 'jump', 1_500 * nth + 7 * round);
    await measure(floor, 'floor.jump', 'jump', 1_500 * nth + 7 * round);
  }
  await measure(floor, 'floor.naive', 'naive', NAIVE);
  await Promise.all([table.close(), floor.close()]);
}

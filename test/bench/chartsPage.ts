import type { Browser } from 'playwright-core';
import { launchChromium } from '../vscode/driver/chromium.ts';
import type { Bench } from './bench.ts';
import { WebviewPage } from './webviewPage.ts';

/** Pages that are opened, and steps of each kind in a page. */
const [PAGES, STEPS] = [5, 5];
/** Runs and the points of each. */
const SHAPES = {
  usual: { runs: 10, points: 100_000 },
  long: { runs: 10, points: 1_000_000 },
  many: { runs: 100, points: 10_000 },
} as const;

/** What a user waits for at the charts, beside lines by hand and beside a chart that is given all points. */
export async function measureChartsPage({ report }: Bench): Promise<void> {
  const browser = await launchChromium();
  const samples = new Map<string, number[]>();
  try {
    await measureShape(browser, new Map(), 'usual'); // warms the browser up
    for (let page = 0; page < PAGES; page++) {
      for (const shape of Object.keys(SHAPES) as (keyof typeof SHAPES)[]) await measureShape(browser, samples, shape);
      await measureUndecimated(browser, samples);
    }
  } finally {
    await browser.close();
  }
  const of = (name: string) => samples.get(name) ?? [];
  report('chartsPage.first', { ours: of('usual.first'), floor: of('usual.floor') });
  report('chartsPage.undecimated', { ours: of('usual.first'), floor: of('undecimated') });
  report('chartsPage.hover', { ours: of('usual.hover') });
  report('chartsPage.zoom', { ours: of('usual.zoom') });
  report('chartsPage.toggle', { ours: of('usual.toggle') });
  report('chartsPage.updateWork', { ours: of('usual.update.work') });
  report('chartsPage.long', { ours: of('long.first'), floor: of('long.floor') });
  report('chartsPage.many', { ours: of('many.first'), floor: of('many.floor') });
  report('chartsPage.manyHover', { ours: of('many.hover') });
  report('chartsPage.manyUpdateWork', { ours: of('many.update.work') });
}

async function measureShape(
  browser: Browser,
  samples: Map<string, number[]>,
  name: keyof typeof SHAPES,
): Promise<void> {
  const shape = SHAPES[name];
  const charts = await WebviewPage.open(browser, { webview: 'charts', answers: 'chartsAnswers', steps: 'chartsSteps' });
  const floor = await WebviewPage.open(browser, { steps: 'chartFloorSteps' });
  const measure = async (page: WebviewPage, sample: string, step: string, argument?: unknown) => {
    const { ms, mainThread } = await page.measure(step, argument);
    keep(samples, `${name}.${sample}`, ms);
    keep(samples, `${name}.${sample}.work`, mainThread);
  };
  await charts.measure('make', shape);
  await measure(charts, 'first', 'first', shape.runs);
  await measure(floor, 'floor', 'first', shape);
  for (let nth = 1; nth <= STEPS; nth++) {
    await measure(charts, 'hover', 'hover', nth / (STEPS + 1));
    await measure(charts, 'toggle', 'toggle', nth);
    await measure(charts, 'update', 'update', 0);
    await measure(charts, 'zoom', 'zoom');
  }
  await Promise.all([charts.close(), floor.close()]);
}

async function measureUndecimated(browser: Browser, samples: Map<string, number[]>): Promise<void> {
  const floor = await WebviewPage.open(browser, { steps: 'chartFloorSteps' });
  await floor.measure('make', SHAPES.usual);
  keep(samples, 'undecimated', (await floor.measure('undecimated')).ms);
  await floor.close();
}

function keep(samples: Map<string, number[]>, name: string, value: number): void {
  samples.set(name, [...(samples.get(name) ?? []), value]);
}

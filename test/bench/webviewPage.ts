import fs from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';

const WEBVIEWS = path.join(import.meta.dirname, '..', '..', 'dist', 'webview');
const MODULES = path.join(import.meta.dirname, 'webviews');
const ORIGIN = 'http://webview.test';
const SIZE = { width: 1_200, height: 900 };

/** What a measured page is made of; modules are files of `webviews/`. */
export interface PageParts {
  /** A built webview by its name, such as `runsTable`; none for a floor. */
  readonly webview?: string;
  /** Answers the webview in place of the extension, in a thread of its own. */
  readonly answers?: string;
  /** Defines the steps that are measured. */
  readonly steps: string;
}

export interface Timing {
  /** From the beginning of a step to the frame after the one that shows its end, ms: two frames at least. */
  readonly ms: number;
  /** CPU time of the page's main thread meanwhile, ms: what others do on the machine does not count. */
  readonly mainThread: number;
}

/** A webview of ours in a browser without VS Code around it, fed by real messages. */
export class WebviewPage {
  readonly page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.#session = session;
  }

  static async open(browser: Browser, parts: PageParts): Promise<WebviewPage> {
    const files = new Map([
      ['/', { type: 'text/html', body: documentOf(parts) }],
      ['/steps.js', { type: 'text/javascript', body: await bundle(parts.steps) }],
      ['/answers.js', { type: 'text/javascript', body: parts.answers ? await bundle(parts.answers) : '' }],
    ]);
    const page = await browser.newPage({ viewport: SIZE });
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.route(`${ORIGIN}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const made = files.get(pathname);
      if (made) await route.fulfill({ contentType: made.type, body: made.body });
      else await route.fulfill({ path: path.join(WEBVIEWS, path.basename(pathname)) });
    });
    await page.goto(`${ORIGIN}/`);
    if (errors[0]) throw errors[0];
    // What is measured begins on a page that has nothing else to do.
    await page.evaluate(`answering
      .then(() => document.fonts.ready)
      .then(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100))))`);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new WebviewPage(page, session);
  }

  /** @throws an Error where the step does or never comes to an end */
  async measure(step: string, argument?: unknown): Promise<Timing> {
    const before = await this.#worked();
    const ms = await this.page.evaluate<number>(`measureStep(${JSON.stringify(step)}, ${JSON.stringify(argument)})`);
    return { ms, mainThread: (await this.#worked()) - before };
  }

  close(): Promise<void> {
    return this.page.close();
  }

  async #worked(): Promise<number> {
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000;
  }
}

function documentOf({ webview, answers }: PageParts): string {
  const styles = webview ? ['codicon.css', `${webview}.css`] : [];
  const scripts = ['steps.js', ...(webview ? [`${webview}.js`] : [])];
  return `<!DOCTYPE html>
<html lang="en" style="--vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-background: #1f1f1f;
  --vscode-foreground: #ccc; --vscode-panel-border: #444; --vscode-descriptionForeground: #999">
<head><meta charset="UTF-8">${styles.map((file) => `<link rel="stylesheet" href="${file}">`).join('')}</head>
<body${answers ? ' data-answers="answers.js"' : ''}><main id="root"></main>
${scripts.map((file) => `<script src="${file}"></script>`).join('')}
</body></html>`;
}

async function bundle(module: string): Promise<string> {
  const file = path.join(MODULES, `${module}.ts`);
  if (!fs.existsSync(file)) throw new Error(`there is no ${file}`);
  const { outputFiles } = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return outputFiles[0]?.text ?? '';
}

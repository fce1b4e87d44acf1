import type { Frame } from 'playwright-core';
import { pick, runCommand } from './commands.ts';
import type { Editor } from './editor.ts';
import { until } from './until.ts';
import { tabTitles, webview } from './webviews.ts';

/**
 * Opens a screen of an experiment as wide as the window is, once the folder's server is there.
 * @param command of the palette; it asks for the experiment where there are several
 */
export async function openScreen(
  { page }: Editor,
  command: 'MLflow: Open Charts' | 'MLflow: Open Runs Table',
  experiment: string,
): Promise<Frame> {
  const bar = page.locator('.statusbar-item');
  await until('the server', async () => (await bar.allInnerTexts()).join().includes('127.0.0.1'), { ms: 30_000 });
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  const title = new RegExp(`^(Charts|Runs) · ${experiment}`);
  await until(
    'the screen',
    async () => {
      await runCommand(page, command);
      await pick(page, experiment, { ms: 5_000 }).catch(() => undefined);
      // It opens once the experiment has been read; a quick pick that something else took the focus of opens nothing.
      return until('its tab', async () => (await tabTitles(page)).some((it) => title.test(it)), { ms: 5_000 }).catch(
        () => false,
      );
    },
    { ms: 40_000, instead: () => tabTitles(page) },
  );
  return webview(page, title);
}

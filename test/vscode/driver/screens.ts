import type { Frame } from 'playwright-core';
import { pick, runCommand } from './commands.ts';
import type { Editor } from './editor.ts';
import { until } from './until.ts';
import { webview } from './webviews.ts';

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
  await runCommand(page, command);
  await pick(page, experiment).catch(() => undefined);
  return webview(page, new RegExp(`^(Charts|Runs) · ${experiment}`));
}

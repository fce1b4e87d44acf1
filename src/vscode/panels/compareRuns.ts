import { env, ViewColumn, type WebviewPanel, window } from 'vscode';
import { answerWebview } from '../../protocol/channel.ts';
import { COMPARE_RUNS_CHECKS, type CompareRunsEvent, type CompareRunsRequests } from '../../protocol/compareRuns.ts';
import { compareRuns, comparisonMarkdown } from '../../views/compareRuns.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { panelPort } from './panelPort.ts';
import { readRuns, watchRuns } from './runSource.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const COMPARE_RUNS = 'mlflow.compareRuns';

/** Opens runs side by side in an editor of their own. */
export async function showRunComparison(services: Services, runs: readonly RunReference[]): Promise<void> {
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(COMPARE_RUNS, `Compare ${runs.length} runs`, ViewColumn.Active, options);
  drawRunComparison(services, panel, runs);
}

/** Fills a panel, new or come back after a reload. */
export function drawRunComparison(services: Services, panel: WebviewPanel, references: readonly RunReference[]): void {
  const { connections, context } = services;
  let baseline: string | undefined;

  const read = async () => compareRuns(await readRuns(connections, references), baseline);
  const show = async () => {
    try {
      send({ kind: 'show', comparison: await read() });
    } catch (error) {
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const send = answerWebview<CompareRunsRequests, CompareRunsEvent>(panelPort(panel.webview), COMPARE_RUNS_CHECKS, {
    ready({ baselineId }) {
      baseline = baselineId;
      void show();
      return references;
    },
    retry: () => show(),
    setBaseline({ runId }) {
      baseline = runId;
      return show();
    },
    async copyAsMarkdown({ onlyDifferences }) {
      await env.clipboard.writeText(comparisonMarkdown(await read(), onlyDifferences));
      window.setStatusBarMessage('$(check) Comparison copied as Markdown', 3_000);
    },
  });

  const watch = watchRuns(connections, references, () => void show());
  panel.onDidDispose(() => watch.dispose());
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'compareRuns');
}

import { commands, env, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { answerWebview } from '../../protocol/channel.ts';
import { COMPARE_RUNS_CHECKS, type CompareRunsEvent, type CompareRunsRequests } from '../../protocol/compareRuns.ts';
import { compareRuns } from '../../views/compareRuns/compareRuns.ts';
import { comparisonMarkdown } from '../../views/compareRuns/markdown.ts';
import type { CommandId } from '../commands/ids.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ComparedCurves } from './comparedCurves.ts';
import { ComparedFacts } from './comparedFacts.ts';
import { panelPort } from './panelPort.ts';
import { openRunDiff } from './runDiff.ts';
import { connectionOfRun, readRuns, watchRuns } from './runSource.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const COMPARE_RUNS = 'mlflow.compareRuns';
const DETAILS: CommandId = 'mlflow.run.showDetails';

/** Opens runs side by side in an editor of their own. */
export async function showRunComparison(services: Services, runs: readonly RunReference[]): Promise<void> {
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(COMPARE_RUNS, `Compare ${runs.length} runs`, ViewColumn.Active, options);
  drawRunComparison(services, panel, runs);
}

/** Fills a panel, new or come back after a reload. */
export function drawRunComparison(services: Services, panel: WebviewPanel, references: readonly RunReference[]): void {
  const { connections, context, log } = services;
  const of = (runId: string) => connectionOfRun(connections, references, runId);
  const facts = new ComparedFacts(of, log);
  const curves = new ComparedCurves(of);
  let baseline: string | undefined;
  let runs: readonly Run[] = [];

  const read = async () => {
    runs = await readRuns(connections, references);
    return compareRuns(runs, baseline, await facts.read(runs, baseline));
  };
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
    retry() {
      facts.forget();
      return show();
    },
    openDiff: (diff) => openRunDiff(connections, references, baseline, diff),
    async openRun({ runId }) {
      await commands.executeCommand(
        DETAILS,
        references.find((it) => it.runId === runId),
      );
    },
    readCurves: ({ keys }) => curves.read(runs, keys),
    readImage: ({ runId, path }) => facts.image(runId, path),
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

import { env, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { answerWebview } from '../../protocol/channel.ts';
import { COMPARE_RUNS_CHECKS, type CompareRunsEvent, type CompareRunsRequests } from '../../protocol/compareRuns.ts';
import { type ArtifactsByRun, compareRuns, comparisonMarkdown } from '../../views/compareRuns.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { type ArtifactPlace, artifactFacts, listArtifacts } from './comparedArtifacts.ts';
import { panelPort } from './panelPort.ts';
import { openRunDiff } from './runDiff.ts';
import { connectionOfRun, readRuns, watchRuns } from './runSource.ts';
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
  const { connections, context, log } = services;
  let baseline: string | undefined;

  /** Listed once: a training that logs often shall not list its files as often. */
  let artifacts: Promise<ArtifactsByRun> | undefined;

  const read = async () => {
    const runs = await readRuns(connections, references);
    artifacts ??= readArtifacts(runs);
    return compareRuns(runs, baseline, await artifacts);
  };
  const readArtifacts = async (runs: readonly Run[]): Promise<ArtifactsByRun> => {
    const of = (runId: string) => connectionOfRun(connections, references, runId);
    const listed = runs.map(async (run) => {
      // A root that cannot be listed from here, such as a bucket, leaves its files out, and nothing else.
      const files = await listArtifacts(of(run.info.runId), run).catch((error) => {
        log.warn(`The artifacts of run ${run.info.runId} could not be listed: ${error}`);
        return new Map<string, ArtifactPlace>();
      });
      return [run.info.runId, files] as const;
    });
    return artifactFacts(of, new Map(await Promise.all(listed)));
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
      artifacts = undefined;
      return show();
    },
    openDiff: (diff) => openRunDiff(connections, references, baseline, diff),
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

import { commands, env, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { answerWebview } from '../../protocol/channel.ts';
import {
  COMPARE_RUNS_CHECKS,
  type CompareRunsEvent,
  type CompareRunsRequests,
  type ComparisonView,
} from '../../protocol/compareRuns.ts';
import { compareRuns } from '../../views/compareRuns/compareRuns.ts';
import { ALL_ROWS, type RowChoice } from '../../views/compareRuns/comparison.ts';
import { comparisonMarkdown } from '../../views/compareRuns/markdown.ts';
import type { CommandId } from '../commands/ids.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ComparedCurves } from './compareRuns/comparedCurves.ts';
import { ComparedFacts } from './compareRuns/comparedFacts.ts';
import { openRunDiff } from './compareRuns/runDiff.ts';
import { panelPort } from './panelPort.ts';
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
  let view: ComparisonView = { ...ALL_ROWS, limit: 0 };
  let runs: readonly Run[] = [];

  /** @param changed ids of the runs that went on: the others need not be read again */
  const readAgain = async (changed?: ReadonlySet<string>) => {
    const isWanted = ({ runId }: RunReference) => !changed?.size || runs.length === 0 || changed.has(runId);
    const read = await readRuns(connections, references.filter(isWanted));
    const found = new Map([...runs, ...read].map((run) => [run.info.runId, run]));
    runs = references.flatMap(({ runId }) => found.get(runId) ?? []);
  };
  const compare = async (choice: RowChoice) => {
    const { baselineId } = view;
    return compareRuns(runs, baselineId, await facts.read(runs, baselineId), choice);
  };
  const telling = async (work: () => Promise<void>) => {
    try {
      await work();
      send({ kind: 'show', comparison: await compare(view) });
    } catch (error) {
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const send = answerWebview<CompareRunsRequests, CompareRunsEvent>(panelPort(panel.webview), COMPARE_RUNS_CHECKS, {
    ready({ view: kept }) {
      view = kept;
      void telling(readAgain);
      return references;
    },
    retry() {
      facts.forget();
      return telling(readAgain);
    },
    openDiff: (diff) => openRunDiff(connections, references, view.baselineId, diff),
    async openRun({ runId }) {
      await commands.executeCommand(
        DETAILS,
        references.find((it) => it.runId === runId),
      );
    },
    readCurves: ({ keys }) => curves.read(runs, keys),
    readImage: ({ runId, path }) => facts.image(runId, path),
    async setView({ view: next }) {
      view = next;
      // What is shown while the server is away can be looked at in another way all the same.
      if (runs.length > 0) send({ kind: 'show', comparison: await compare(view) });
    },
    async copyAsMarkdown({ onlyDifferences }) {
      await env.clipboard.writeText(comparisonMarkdown(await compare(ALL_ROWS), onlyDifferences));
      window.setStatusBarMessage('$(check) Comparison copied as Markdown', 3_000);
    },
  });

  const watch = watchRuns(connections, references, (changed) => void telling(() => readAgain(changed)));
  panel.onDidDispose(() => watch.dispose());
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'compareRuns');
}

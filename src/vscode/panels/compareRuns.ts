import { commands, env, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { answerWebview, isObject } from '../../protocol/channel.ts';
import {
  COMPARE_RUNS_CHECKS,
  type CompareRunsEvent,
  type CompareRunsRequests,
  type ComparisonView,
} from '../../protocol/compareRuns.ts';
import { type Following, isFollowing } from '../../protocol/following.ts';
import { compareRuns } from '../../views/compareRuns/compareRuns.ts';
import { ALL_ROWS, type RowChoice } from '../../views/compareRuns/comparison.ts';
import { comparisonMarkdown } from '../../views/compareRuns/markdown.ts';
import type { CommandId } from '../commands/ids.ts';
import { isRunReference, type RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ComparedCurves } from './compareRuns/comparedCurves.ts';
import { ComparedFacts } from './compareRuns/comparedFacts.ts';
import { openRunDiff } from './compareRuns/runDiff.ts';
import { logFailures } from './logFailures.ts';
import { panelPort } from './panelPort.ts';
import { connectionOfRun, readRuns, watchRuns } from './runSource.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const COMPARE_RUNS = 'mlflow.compareRuns';
const DETAILS: CommandId = 'mlflow.run.showDetails';

/** Which runs are compared. */
export interface ComparisonSource {
  readonly runs: readonly RunReference[];
  /** Where they are selected in a table. */
  readonly following?: Following;
}

/** Opens runs side by side in an editor of their own. */
export async function showRunComparison(services: Services, source: ComparisonSource): Promise<void> {
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(COMPARE_RUNS, title(source), ViewColumn.Active, options);
  drawRunComparison(services, panel, source);
}

function title({ runs }: ComparisonSource): string {
  return `Compare ${runs.length} runs`;
}

export function isComparisonSource(value: unknown): value is ComparisonSource {
  if (!isObject(value) || !Array.isArray(value.runs) || value.runs.length === 0) return false;
  return value.runs.every(isRunReference) && (value.following === undefined || isFollowing(value.following));
}

/** Fills a panel, new or come back after a reload. */
export function drawRunComparison(services: Services, panel: WebviewPanel, first: ComparisonSource): void {
  const { connections, context, followers, log } = services;
  let source = first;
  const of = (runId: string) => connectionOfRun(connections, source.runs, runId);
  const facts = new ComparedFacts(of, log);
  const curves = new ComparedCurves(of);
  let view: ComparisonView = { ...ALL_ROWS, limit: 0 };
  let runs: readonly Run[] = [];

  /** @param changed ids of the runs that went on: the others need not be read again */
  const readAgain = async (changed?: ReadonlySet<string>) => {
    const isWanted = ({ runId }: RunReference) => !changed?.size || runs.length === 0 || changed.has(runId);
    const read = await readRuns(connections, source.runs.filter(isWanted));
    const found = new Map([...runs, ...read].map((run) => [run.info.runId, run]));
    runs = source.runs.flatMap(({ runId }) => found.get(runId) ?? []);
  };
  const compare = async (choice: RowChoice) => {
    const { baselineId } = view;
    return compareRuns(runs, baselineId, await facts.read(runs, baselineId), choice);
  };
  const show = async () =>
    send({ kind: 'show', comparison: await compare(view), source, isFollowing: source.following?.isOn });
  const telling = async (work: () => Promise<void>) => {
    try {
      await work();
      await show();
    } catch (error) {
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  const tell = answerWebview<CompareRunsRequests, CompareRunsEvent>(panelPort(panel.webview), COMPARE_RUNS_CHECKS, {
    ready({ view: kept }) {
      view = kept;
      void telling(readAgain);
      return source;
    },
    retry() {
      facts.forget();
      return telling(readAgain);
    },
    showLog: () => log.show(),
    openDiff: (diff) => openRunDiff(connections, source.runs, view.baselineId, diff),
    async openRun({ runId }) {
      await commands.executeCommand(
        DETAILS,
        source.runs.find((it) => it.runId === runId),
      );
    },
    async follow(isOn) {
      if (source.following) source = { ...source, following: { ...source.following, isOn } };
      await show();
      catchUp();
    },
    readCurves: ({ keys }) => curves.read(runs, keys),
    readImage: ({ runId, path }) => facts.image(runId, path),
    async setView({ view: next }) {
      view = next;
      // What is shown while the server is away can be looked at in another way all the same.
      if (runs.length > 0) await show();
    },
    async copyAsMarkdown({ onlyDifferences }) {
      await env.clipboard.writeText(comparisonMarkdown(await compare(ALL_ROWS), onlyDifferences));
      window.setStatusBarMessage('$(check) Comparison copied as Markdown', 3_000);
    },
  });
  const send = logFailures(log, tell);

  const listen = () => watchRuns(connections, source.runs, (changed) => void telling(() => readAgain(changed)));
  let watch = listen();
  let catchUp = () => {};
  if (source.following) {
    catchUp = followers.register({
      kind: 'comparison',
      panel,
      following: () => source.following,
      runs: () => source.runs,
      show(selected) {
        const isNew = ({ runId }: RunReference) => !source.runs.some((known) => known.runId === runId);
        const others = new Set(selected.filter(isNew).map(({ runId }) => runId));
        source = { ...source, runs: selected };
        panel.title = title(source);
        watch.dispose();
        watch = listen();
        void telling(() => readAgain(others));
      },
    });
  }
  panel.onDidDispose(() => watch.dispose());
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'compareRuns');
}

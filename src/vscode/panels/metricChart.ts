import { ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Run } from '../../entities/run.ts';
import { answerWebview } from '../../protocol/channel.ts';
import type { ChartCard, MetricChartEvent, MetricChartRequests } from '../../protocol/metricChart.ts';
import { chartKeys, chartRun, MAX_POINTS, type Series, series } from '../../views/metricChart.ts';
import type { RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { panelPort } from './panelPort.ts';
import { connectionOf, readRuns, watchRuns } from './runSource.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const METRIC_CHART = 'mlflow.metricChart';

export interface MetricChartSource {
  readonly runs: readonly RunReference[];
  /** All metrics of the runs when absent. */
  readonly metricKeys?: readonly string[];
}

/** Opens the curves of runs in an editor of their own; they grow while the runs go on. */
export async function showMetricChart(services: Services, source: MetricChartSource): Promise<void> {
  const [first] = await readRuns(services.connections, source.runs.slice(0, 1));
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(METRIC_CHART, title(source, first), ViewColumn.Active, options);
  drawMetricChart(services, panel, source);
}

function title({ runs, metricKeys }: MetricChartSource, first: Run | undefined): string {
  const what = runs.length === 1 ? first?.info.runName || 'run' : `${runs.length} runs`;
  return metricKeys?.length === 1 ? `${metricKeys[0]} · ${what}` : `Metrics · ${what}`;
}

/** Fills a panel, new or come back after a reload. */
export function drawMetricChart(services: Services, panel: WebviewPanel, source: MetricChartSource): void {
  const { connections, context } = services;
  /** What the webview has: the number of points that each curve was read with, and its latest point. */
  const sent = new Map<string, string>();
  let shownKeys = '';

  const send = answerWebview<MetricChartRequests, MetricChartEvent>(
    panelPort(panel.webview),
    {},
    {
      ready() {
        void showAll();
        return source;
      },
      retry: () => showAll(),
    },
  );

  async function failing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  function showAll(): Promise<void> {
    return failing(async () => {
      const runs = await readRuns(connections, source.runs);
      const keys = chartKeys(runs, source.metricKeys);
      shownKeys = keys.join('\n');
      const cards = await Promise.all(
        keys.map(async (metricKey): Promise<ChartCard> => {
          const having = runs.filter(({ data }) => data.metrics.has(metricKey));
          const all = having.map(async (run) => ({ runId: run.info.runId, series: await readSeries(run, metricKey) }));
          return { metricKey, series: await Promise.all(all) };
        }),
      );
      send({ kind: 'show', runs: runs.map(chartRun), cards });
    });
  }

  function update(runIds: ReadonlySet<string>): Promise<void> {
    return failing(async () => {
      const runs = await readRuns(
        connections,
        source.runs.filter(({ runId }) => runIds.has(runId)),
      );
      const known = new Set(shownKeys.split('\n'));
      const isNew = (key: string) => !known.has(key) && (!source.metricKeys || source.metricKeys.includes(key));
      if (runs.some(({ data }) => [...data.metrics.keys()].some(isNew))) return showAll();
      for (const run of runs) {
        const changed = [...run.data.metrics.keys()].filter(
          (key) => known.has(key) && sent.get(place(run, key)) !== mark(run, key),
        );
        const curves = changed.map(async (metricKey) => ({ metricKey, series: await readSeries(run, metricKey) }));
        send({ kind: 'update', run: chartRun(run), series: await Promise.all(curves) });
      }
    });
  }

  async function readSeries(run: Run, metricKey: string): Promise<Series> {
    const reference = source.runs.find(({ runId }) => runId === run.info.runId);
    if (!reference) throw new Error(`Run ${run.info.runId} is not shown.`);
    const connection = connectionOf(connections, reference);
    const read = await connection.getMetricSeries(run.info.runId, metricKey, { limit: MAX_POINTS });
    sent.set(place(run, metricKey), mark(run, metricKey));
    return series(read);
  }

  const watch = watchRuns(connections, source.runs, (runIds) => void update(runIds));
  panel.onDidDispose(() => watch.dispose());
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'metricChart');
}

function place({ info }: Run, metricKey: string): string {
  return `${info.runId} ${metricKey}`;
}

/** Changes with every point that becomes the latest. */
function mark({ data }: Run, metricKey: string): string {
  const { step, timestamp, value } = data.metrics.get(metricKey) ?? {};
  return `${step} ${timestamp} ${value}`;
}

import { commands, ViewColumn, type WebviewPanel, window } from 'vscode';
import { answerWebview } from '../../protocol/channel.ts';
import { CHARTS_CHECKS, type ChartsEvent, type ChartsRequests, type ListedRun } from '../../protocol/charts.ts';
import {
  type ExperimentReference,
  type Following,
  isExperimentReference,
  isFollowing,
} from '../../protocol/following.ts';
import { coloredRuns, listedRun } from '../../views/charts/chartRun.ts';
import { type Dimension, dimensionsOf } from '../../views/charts/dimensions.ts';
import { mainMetricKey } from '../../views/mainMetric.ts';
import { distinctColors } from '../../views/runColor.ts';
import { groupOf, keyOf } from '../../views/runsTable/columnIds.ts';
import type { CommandId } from '../commands/ids.ts';
import { isRunReference, type RunReference } from '../services/connections.ts';
import type { Services } from '../services.ts';
import { ChartsImages } from './charts/chartsImages.ts';
import { chartsReader } from './charts/chartsReader.ts';
import { experimentRuns, referencedRuns } from './charts/chartsRuns.ts';
import { saveCurves, saveImage } from './charts/exports.ts';
import { pickDimensions } from './charts/pickDimensions.ts';
import { logFailures } from './logFailures.ts';
import { panelPort } from './panelPort.ts';
import { readRuns } from './runSource.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

export const CHARTS = 'mlflow.charts';

/** Runs that were chosen. */
interface ChosenRuns {
  readonly runs: readonly RunReference[];
  /** All metrics of the runs when absent. */
  readonly metricKeys?: readonly string[];
  /** Where the runs are selected in a table. */
  readonly following?: Following;
}

/** What is drawn: some runs, or all of an experiment. */
export type ChartsSource = ChosenRuns | { readonly experiment: ExperimentReference };

/** ms between two times that everything is told. */
const INTERVAL = 250;

/** Opens the charts of runs in an editor of their own; they grow while the runs go on. */
export async function showCharts(services: Services, source: ChartsSource): Promise<void> {
  const options = webviewOptions(services.context.extensionUri);
  const panel = window.createWebviewPanel(CHARTS, await title(services, source), ViewColumn.Active, options);
  fillCharts(services, panel, source);
}

async function title({ connections }: Services, source: ChartsSource): Promise<string> {
  if ('experiment' in source) {
    const { connectionId, experimentId } = source.experiment;
    const experiment = await connections.get(connectionId)?.tracking.getExperiment(experimentId);
    return `Charts · ${experiment?.name ?? experimentId}`;
  }
  const [first] = source.runs.length === 1 ? await readRuns(connections, source.runs) : [];
  return titleOfRuns(source, first?.info.runName);
}

/** @param name of the run, if it is one */
function titleOfRuns({ runs, metricKeys }: ChosenRuns, name: string | undefined): string {
  const what = runs.length === 1 ? name || 'run' : `${runs.length} runs`;
  return metricKeys?.length === 1 ? `${metricKeys[0]} · ${what}` : `Metrics · ${what}`;
}

export function isChartsSource(value: unknown): value is ChartsSource {
  if (typeof value !== 'object' || value === null) return false;
  if ('experiment' in value) return isExperimentReference(value.experiment);
  if (!('runs' in value) || !Array.isArray(value.runs) || value.runs.length === 0) return false;
  return value.runs.every(isRunReference) && (!('following' in value) || isFollowing(value.following));
}

/** Fills a panel, new or come back after a reload. */
export function fillCharts(services: Services, panel: WebviewPanel, first: ChartsSource): void {
  const { connections, context, followers, log, openCharts } = services;
  let source = first;
  const listener = { show: showSoon, changed };
  const runs =
    'experiment' in source
      ? experimentRuns(connections, source.experiment, listener)
      : referencedRuns(connections, source.runs, listener);
  const metricKeys = 'experiment' in source ? undefined : source.metricKeys;
  const images = new ChartsImages(runs);
  let mainMetric: string | undefined;
  let looks = distinctColors([]);
  let timer: NodeJS.Timeout | undefined;
  let lastShown = 0;

  const { add, replace } = runs;
  if (add && 'runs' in source) openCharts.register({ panel, add: (more) => void addRuns(more, add) });
  let catchUp = () => {};
  if (replace && 'runs' in source && source.following) {
    catchUp = followers.register({
      kind: 'charts',
      panel,
      following: () => ('runs' in source ? source.following : undefined),
      runs: () => ('runs' in source ? source.runs : []),
      show: (selected) => void takeRuns(selected, () => replace(selected)),
    });
  }

  const tell = answerWebview<ChartsRequests, ChartsEvent>(panelPort(panel.webview), CHARTS_CHECKS, {
    ready() {
      void runs.read();
      return source;
    },
    retry: () => void runs.read(),
    showLog: () => log.show(),
    follow,
    ...chartsReader(runs),
    saveCsv: ({ metricKey, runIds }) => saveCurves(runs, metricKey, runIds),
    saveImage,
    listImages: (runIds) => images.list(runIds),
    readImage: ({ runId, path }) => images.read(runId, path),
    pickDimensions: (request) => pickDimensions(shownDimensions(), request),
    openRun: (runId) => void execute('mlflow.run.open', runs.reference(runId)),
  });
  const send = logFailures(log, tell);

  async function addRuns(more: readonly RunReference[], add: NonNullable<typeof runs.add>): Promise<void> {
    if (!('runs' in source)) return;
    const known = new Set(source.runs.map(({ runId }) => runId));
    await takeRuns([...source.runs, ...more.filter(({ runId }) => !known.has(runId))], () => add(more));
  }

  async function takeRuns(next: readonly RunReference[], read: () => Promise<void>): Promise<void> {
    if (!('runs' in source)) return;
    source = { ...source, runs: next };
    await read();
    const { columns } = runs;
    panel.title = titleOfRuns(source, columns.text(columns.order[0] ?? -1, 'attributes.run_name'));
  }

  function follow(isOn: boolean): void {
    if (!('runs' in source) || !source.following) return;
    source = { ...source, following: { ...source.following, isOn } };
    show();
    catchUp();
  }

  function shownDimensions(): readonly Dimension[] {
    return dimensionsOf(runs.columns).filter(
      ({ id }) => !metricKeys || groupOf(id) !== 'metrics' || metricKeys.includes(keyOf(id)),
    );
  }

  /** The first time at once, then at most so often: many runs come in many pages. */
  function showSoon(): void {
    timer ??= setTimeout(show, Math.max(0, lastShown + INTERVAL - Date.now()));
  }

  function show(): void {
    timer = undefined;
    lastShown = Date.now();
    const { columns, failure } = runs;
    if (failure === undefined || columns.order.length > 0) {
      const dimensions = shownDimensions();
      mainMetric = mainMetricKey(dimensions.flatMap(({ id }) => (groupOf(id) === 'metrics' ? keyOf(id) : [])));
      looks = distinctColors(coloredRuns(columns));
      send({
        kind: 'show',
        source,
        isFollowing: 'runs' in source ? source.following?.isOn : undefined,
        runs: listed(columns.order),
        mainMetric,
        dimensions,
        isReading: runs.isReading,
      });
    }
    if (failure !== undefined) send({ kind: 'failed', message: failure });
  }

  function changed(runIds: readonly string[]): void {
    const { columns } = runs;
    const slots = runIds.flatMap((runId) => columns.slot(runId) ?? []);
    const isOfOtherColor = (slot: number) =>
      listedRun(columns, slot, mainMetric).color !== looks.get(columns.runId(slot))?.color;
    // The others may have to give way to its new colour.
    if (slots.some(isOfOtherColor)) showSoon();
    send({ kind: 'changed', runs: listed(slots) });
  }

  function listed(slots: readonly number[]): readonly ListedRun[] {
    return slots.map((slot) => {
      const run = listedRun(runs.columns, slot, mainMetric);
      return { ...run, ...looks.get(run.runId) };
    });
  }

  panel.onDidDispose(() => {
    clearTimeout(timer);
    runs.dispose();
  });
  panel.webview.options = webviewOptions(context.extensionUri);
  panel.webview.html = webviewPage(panel.webview, context.extensionUri, 'charts');
}

function execute(command: CommandId, argument: unknown): Thenable<unknown> {
  return commands.executeCommand(command, argument);
}

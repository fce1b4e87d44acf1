import '../shared/style.css';
import './style.css';
import type {
  ChartCard,
  ChartRun,
  MetricChartEvent,
  MetricChartRequests,
  MetricChartState,
  MetricChartView,
} from '../../src/protocol/metricChart.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { shortNumber } from '../shared/number.ts';
import { MetricCard } from './chartCard.ts';
import { RunList } from './runList.ts';
import { onThemeChange } from './theme.ts';
import { createToolbar } from './toolbar.ts';

const DEFAULT_VIEW: MetricChartView = { hiddenRuns: [], xAxis: 'step', logY: false, smoothing: 0 };

const saved = savedState<MetricChartState>();
let source: unknown = saved?.source;
let view: MetricChartView = { ...DEFAULT_VIEW, ...saved?.view };
let runs: readonly ChartRun[] = [];
let cards: readonly ChartCard[] = [];
const drawn = new Map<string, MetricCard>();

const host = connectHost<MetricChartRequests, MetricChartEvent>(receive);
const toolbar = createToolbar(view, change);
const notice = createNotice(() => void host.ask('retry', undefined));
const list = new RunList();
const charts = element('div', { class: 'charts' });
const empty = element('p', { class: 'empty' });
empty.hidden = true;
document
  .getElementById('root')
  ?.replaceChildren(
    toolbar.element,
    notice.element,
    element(
      'div',
      { class: 'split' },
      element('aside', {}, list.element),
      element('div', { class: 'area' }, empty, charts),
    ),
  );

function receive(event: MetricChartEvent): void {
  if (event.kind === 'failed') {
    notice.show(event.message);
    return;
  }
  notice.hide();
  if (event.kind === 'show') {
    runs = event.runs;
    cards = event.cards;
  } else {
    const { run, series } = event;
    runs = runs.map((known) => (known.runId === run.runId ? run : known));
    cards = cards.map((card) => {
      const changed = series.find(({ metricKey }) => metricKey === card.metricKey);
      if (!changed) return card;
      const others = card.series.filter(({ runId }) => runId !== run.runId);
      return { ...card, series: [...others, { runId: run.runId, series: changed.series }] };
    });
  }
  draw();
}

function change(part: Partial<MetricChartView>): void {
  view = { ...view, ...part };
  saveState<MetricChartState>({ source, view });
  draw();
}

function draw(): void {
  toolbar.showZoomed(view.range !== undefined);
  list.draw(runs, {
    hiddenRuns: view.hiddenRuns,
    latest: latestValues(),
    metricKey: cards[0]?.metricKey,
    onToggle: toggle,
  });
  empty.hidden = cards.length > 0;
  empty.textContent =
    runs.length === 1
      ? 'This run has no metrics yet. They appear here as they are logged.'
      : 'These runs have no metrics yet. They appear here as they are logged.';
  for (const [key, card] of drawn) {
    if (!cards.some(({ metricKey }) => metricKey === key)) {
      card.dispose();
      drawn.delete(key);
    }
  }
  for (const card of cards) {
    const { metricKey } = card;
    const chart = drawn.get(metricKey) ?? new MetricCard(metricKey, (range) => change({ range }));
    if (!drawn.has(metricKey)) charts.append(chart.element);
    drawn.set(metricKey, chart);
    chart.draw(card, runs, view);
  }
}

/** Of the first metric, which the list has room for. */
function latestValues(): ReadonlyMap<string, string> {
  const series = cards[0]?.series ?? [];
  return new Map(series.map(({ runId, series: { statistics } }) => [runId, shortNumber(statistics.last)]));
}

function toggle(runId: string, visible: boolean): void {
  const others = view.hiddenRuns.filter((hidden) => hidden !== runId);
  change({ hiddenRuns: visible ? others : [...others, runId] });
}

onThemeChange(draw);
void host.ask('ready', undefined).then((own) => {
  source = own;
  saveState<MetricChartState>({ source, view });
});

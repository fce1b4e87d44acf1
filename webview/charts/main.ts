import '../shared/style.css';
import './style.css';
import type {
  ChartRun,
  ChartsEvent,
  ChartsRequests,
  ChartsState,
  ChartsView,
  Dimension,
  ListedRun,
} from '../../src/protocol/charts.ts';
import { element } from '../shared/dom.ts';
import { followButton } from '../shared/followButton.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { AddedCharts } from './addedCharts.ts';
import { Board } from './board.ts';
import { cardMenu } from './cardMenu.ts';
import { formatX } from './chartOptions.ts';
import { CurveCache, curve } from './curve.ts';
import { CurveReader } from './curveReader.ts';
import { Groups } from './groups.ts';
import { type CardCursor, LineCard } from './lineCard.ts';
import { linesOf, stepsWithin } from './lines.ts';
import { listEntries } from './listEntries.ts';
import { RunList } from './runList.ts';
import { metricKeysOf, moved, sectionsOf } from './sections.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { Toolbar } from './toolbar.ts';
import { Tooltip } from './tooltip.ts';
import { DEFAULT_VIEW, hiddenAtFirst } from './view.ts';

const saved = savedState<ChartsState>();
let source: unknown = saved?.source;
let view: ChartsView = { ...DEFAULT_VIEW, ...saved?.view };
let isNew = saved?.view === undefined;
let runs: readonly ListedRun[] = [];
let mainMetric: string | undefined;
let dimensions: readonly Dimension[] = [];
let theme = readTheme();
let raised: string | undefined;

const host = connectHost<ChartsRequests, ChartsEvent>(receive);
const notice = createNotice(host);
const reader = new CurveReader(host, onRead, (message) => notice.show(message));
const groups = new Groups(host, drawAll);
const tooltip = new Tooltip();
const curves = new CurveCache();
const follow = followButton(host);
const toolbar = new Toolbar(view, follow.element, { change, pick, add: (kind) => added.add(kind) });
const list = new RunList({ onToggle: toggle, onOnly: showOnly, onPoint: raise, onOpen: open });
const empty = element('p', { class: 'empty', attributes: { hidden: '' } });
const area = element('div', { class: 'area' });
const added = new AddedCharts(host, { change, raise, open });
const board = new Board<LineCard>(area, {
  make: makeCard,
  onShow(metricKey, { card }) {
    drawCard(metricKey);
    reader.show(metricKey, card.element.clientWidth);
  },
  onHide: (metricKey) => {
    if (metricKey !== view.xMetric) reader.hide(metricKey);
  },
  onFold: (name, isClosed) =>
    change({ closed: isClosed ? [...view.closed, name] : view.closed.filter((it) => it !== name) }),
});
area.append(empty, added.element, board.element);
document
  .getElementById('root')
  ?.replaceChildren(
    toolbar.element,
    notice.element,
    element('div', { class: 'split' }, list.element, area),
    tooltip.element,
  );

function receive(event: ChartsEvent): void {
  if (event.kind === 'failed') {
    notice.show(event.message);
    return;
  }
  notice.hide();
  if (event.kind === 'show') {
    ({ source, runs, dimensions, mainMetric } = event);
    saveState<ChartsState>({ source, view });
    follow.draw(event.isFollowing);
    if (isNew) view = { ...view, hiddenRuns: hiddenAtFirst(runs) };
    // Many runs come in many pages: which of them are drawn is chosen again with each.
    isNew &&= event.isReading || runs.length === 0;
    reader.forgetAll();
    drawAll();
  } else {
    const changed = new Map(event.runs.map((run) => [run.runId, run]));
    runs = runs.map((run) => changed.get(run.runId) ?? run);
    // The cards are drawn when the curves have been read.
    reader.setRuns(visibleRuns());
    reader.changed([...changed.keys()]);
    drawList();
  }
  groups.read(view.groupBy);
  added.refresh();
}

function change(part: Partial<ChartsView>): void {
  view = { ...view, ...part };
  saveState<ChartsState>({ source, view });
  if ('groupBy' in part) groups.read(view.groupBy);
  drawAll();
}

function visibleRuns(): readonly ChartRun[] {
  const hidden = new Set(view.hiddenRuns);
  return runs.filter(({ runId }) => !hidden.has(runId));
}

function drawAll(): void {
  const shown = visibleRuns();
  toolbar.draw(view, dimensions);
  const metricKeys = metricKeysOf(dimensions);
  const sections = sectionsOf(metricKeys, view);
  area.style.setProperty('--columns', view.columns === 0 ? 'auto-fill' : String(view.columns));
  area.classList.toggle('fixed', view.columns > 0);
  board.draw(sections, view.closed, view.full);
  area.classList.toggle('has-full', view.full !== undefined);
  added.draw(view, shown, dimensions, mainMetric ?? '', theme);
  sayEmpty(metricKeys, sections.length);
  if (view.xAxis === 'metric' && view.xMetric !== undefined) reader.show(view.xMetric, 0);
  reader.setRuns(shown);
  const { range } = view;
  reader.look(range ? `${view.xAxis} ${view.xMetric} ${range.min} ${range.max}` : '', (_, run, series) => {
    const other = view.xMetric === undefined ? undefined : reader.get(view.xMetric).get(run.runId)?.whole;
    return range && stepsWithin(curve(series, run, { ...view, smoothing: 0 }, other).x, series.steps, range);
  });
  for (const metricKey of board.cards.keys()) drawCard(metricKey);
  drawList();
}

function drawList(): void {
  list.draw(listEntries(runs, view, groups.current), mainMetric ?? '');
}

function sayEmpty(metricKeys: readonly string[], sections: number): void {
  empty.hidden = sections > 0;
  empty.textContent =
    runs.length === 0
      ? 'There are no runs yet. They appear here as they start.'
      : metricKeys.length > 0
        ? `None of ${metricKeys.length} metrics matches ${view.filter}.`
        : runs.length === 1
          ? 'This run has no metrics yet. They appear here as they are logged.'
          : 'These runs have no metrics yet. They appear here as they are logged.';
}

function onRead(metricKey: string): void {
  if (metricKey === view.xMetric && view.xAxis === 'metric') for (const key of board.cards.keys()) drawCard(key);
  else drawCard(metricKey);
}

function makeCard(metricKey: string): LineCard {
  const section = () => sectionsOf(metricKeysOf(dimensions), view).find((it) => it.metricKeys.includes(metricKey));
  const move = (key: string, before: string | undefined) => {
    const keys = section()?.metricKeys ?? [];
    if (!keys.includes(key)) return;
    const order = moved(keys, key, before);
    if (view.pinned.includes(key)) change({ pinned: order });
    else change({ order: [...order, ...view.order.filter((other) => !order.includes(other))] });
  };
  return new LineCard({
    metricKey,
    menu: () => cardMenu({ card: board.cards.get(metricKey), view, section: section(), host, change, move }),
    onFull: () => change({ full: view.full === metricKey ? undefined : metricKey }),
    onDrop: (key) => move(key, metricKey),
    onZoom: (range) => change({ range }),
    onNote(action) {
      if (action === 'bars') added.add('bar', metricKey);
      else change({ xAxis: action, range: undefined });
    },
    onCursor: (cursor) => pointAt(metricKey, cursor),
  });
}

function drawCard(metricKey: string): void {
  const card = board.cards.get(metricKey);
  if (!card) return;
  const other = view.xAxis === 'metric' && view.xMetric !== undefined ? reader.get(view.xMetric) : undefined;
  const lines = linesOf(reader.get(metricKey), { runs: visibleRuns(), view, groups: groups.current, other, curves });
  card.draw(lines, view, theme, raised);
}

/** The cursor of one card is shown in all. */
function pointAt(metricKey: string, cursor: CardCursor | undefined): void {
  // The card under the pointer shows its own; it is told when the cursor leaves.
  for (const [key, card] of board.cards) if (!cursor || key !== metricKey) card.showCursor(cursor?.x);
  if (cursor) tooltip.show(placeName(cursor), cursor.readings, cursor.nearest, cursor.at);
  else tooltip.hide();
}

function placeName({ x, readings, nearest }: CardCursor): string {
  const text = formatX(readings[nearest]?.x ?? x, view);
  return view.xAxis === 'step' ? `Step ${text}` : view.xAxis === 'metric' ? `${view.xMetric} ${text}` : text;
}

function raise(id: string | undefined): void {
  if (id === raised) return;
  raised = id;
  for (const card of board.cards.values()) card.raise(id);
}

function toggle(ids: readonly string[], isVisible: boolean): void {
  isNew = false;
  const named = groups.current ? 'hiddenGroups' : 'hiddenRuns';
  const others = view[named].filter((id) => !ids.includes(id));
  change({ [named]: isVisible ? others : [...others, ...ids] });
}

function showOnly(id: string): void {
  isNew = false;
  if (groups.current) change({ hiddenGroups: groups.labels.filter((label) => label !== id) });
  else change({ hiddenRuns: runs.flatMap(({ runId }) => (runId === id ? [] : runId)) });
}

function open(runId: string): void {
  if (runs.some((run) => run.runId === runId)) void host.ask('openRun', runId);
}

async function pick(what: 'xMetric' | 'groupBy'): Promise<void> {
  const request =
    what === 'xMetric'
      ? { title: 'Metric of the X Axis', kinds: ['metrics'], isNumeric: true }
      : { title: 'Group Runs By', kinds: ['params', 'tags', 'attributes'], isNumeric: false };
  const [id] = await host.ask('pickDimensions', request);
  if (id === undefined) return;
  if (what === 'groupBy') change({ groupBy: id, hiddenGroups: [] });
  else change({ xAxis: 'metric', xMetric: id.slice('metrics.'.length), range: undefined });
}

onThemeChange(() => {
  theme = readTheme();
  drawAll();
});
void host.ask('ready', undefined).then((own) => {
  source = own;
  saveState<ChartsState>({ source, view });
});

import '../shared/style.css';
import './style.css';
import type {
  ComparedRun,
  CompareRunsEvent,
  CompareRunsRequests,
  CompareRunsState,
  Comparison,
  ComparisonSection,
  ComparisonView,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import type { ImageStrip } from '../../src/protocol/picture.ts';
import { button, checkbox, dropdown, textField } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { followButton } from '../shared/followButton.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { Curves } from './curves.ts';
import { Images } from './images.ts';
import { type DrawnRow, Parts } from './parts.ts';
import { drawColumns, drawHeader, drawSection, moreRows, sectionToggle } from './table.ts';

const IMAGES = 'Images';
/** Rows of a section that are shown until more are asked for. */
const SHOWN = 200;
/** A key that is being typed is not looked for at every letter (ms). */
const TYPING = 150;

let state: CompareRunsState = {
  source: undefined,
  onlyDifferences: true,
  toggled: [],
  ...savedState<CompareRunsState>(),
};
let comparison: Comparison | undefined;

const host = connectHost<CompareRunsRequests, CompareRunsEvent>((event) => {
  if (event.kind === 'failed') {
    notice.show(event.message);
    if (!comparison) empty.hidden = true;
    return;
  }
  notice.hide();
  comparison = event.comparison;
  follow.draw(event.isFollowing);
  keep({ source: event.source });
  draw();
});
const notice = createNotice(host);
const follow = followButton(host);
const curves = new Curves((keys) => host.ask('readCurves', { keys }));
const images = new Images({
  read: (runId, path) => host.ask('readImage', { runId, path }),
  step: (key) => state.steps?.[key],
  chooseStep: (key, step) => keep({ steps: { ...state.steps, [key]: step } }),
});
const parts = new Parts();
const toolbar = element('div', { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Comparison' } });
const empty = element('div', { class: 'empty', attributes: { role: 'status' } }, 'Reading runs…');
const columns = element('colgroup');
const table = element('table', { class: 'comparison' }, columns);
const content = element('div', { class: 'content' }, empty, table);
document.getElementById('root')?.replaceChildren(toolbar, notice.element, content);

const bodies = new Map<string, HTMLElement>();
const filter = textField({ label: 'Filter keys', value: state.filter ?? '', placeholder: 'Filter keys' }, () => {
  keep({ filter: filter.value });
  clearTimeout(typing);
  typing = setTimeout(ask, TYPING);
});
let typing: ReturnType<typeof setTimeout> | undefined;
let limits: Readonly<Record<string, number>> = {};
let drawnToolbar = '';

function keep(part: Partial<CompareRunsState>): void {
  state = { ...state, ...part };
  saveState(state);
}

function currentView(): ComparisonView {
  const { baselineId, onlyDifferences, filter: text = '' } = state;
  return { baselineId, onlyDifferences, filter: text, limits, limit: SHOWN };
}

/** Has the extension choose other rows, or count from another run. */
function ask(): void {
  void host.ask('setView', { view: currentView() });
}

function toggle(title: string): void {
  const others = state.toggled.filter((other) => other !== title);
  keep({ toggled: others.length < state.toggled.length ? others : [...others, title] });
  draw();
}

function draw(): void {
  if (!comparison) return;
  drawToolbar(comparison);
  const { runs, baselineId, sections, images: strips } = comparison;
  if (columns.childElementCount !== runs.length + 2) columns.replaceChildren(...drawColumns(runs.length));
  const header = () => drawHeader(runs, baselineId, (runId) => void host.ask('openRun', { runId }));
  parts.draw(table.tHead ?? table.createTHead(), [{ id: 'runs', look: [runs, baselineId], make: header }]);
  // A key is looked for in all sections: those that have none are in the way.
  const part = (state.filter ?? '').trim().toLowerCase();
  const found = part ? sections.filter(({ matching }) => matching > 0) : sections;
  const pictures = strips.filter(({ key }) => key.toLowerCase().includes(part));
  const drawn = found.map((section) => drawPart(section, runs.length));
  drawImages(pictures, runs);
  const titles = new Set([...found.map(({ title }) => title), ...(pictures.length > 0 ? [IMAGES] : [])]);
  empty.hidden = titles.size > 0;
  empty.textContent = part ? 'No key that is shown has this in its name.' : 'These runs have nothing to compare.';
  for (const [title, body] of bodies) {
    if (titles.has(title)) continue;
    body.remove();
    bodies.delete(title);
    parts.forget(body);
  }
  if (drawn.includes(true)) curves.fill(table);
}

/** @returns whether something looks different now */
function drawPart(section: ComparisonSection, count: number): boolean {
  const { title, folded, rows } = section;
  const options = {
    columns: count,
    isOpen: folded === state.toggled.includes(title),
    toggle: () => toggle(title),
    openDiff,
    showMore() {
      limits = { ...limits, [title]: rows.length + moreRows(count) };
      ask();
    },
  };
  return parts.draw(bodyOf(title), drawSection(section, options));
}

function drawImages(strips: readonly ImageStrip[], runs: readonly ComparedRun[]): void {
  if (strips.length === 0) return;
  const isOpen = !state.toggled.includes(IMAGES);
  const heading = () => {
    const toggler = sectionToggle(IMAGES, String(strips.length), isOpen, () => toggle(IMAGES));
    const wide = element('th', { class: 'heading', attributes: { colspan: String(runs.length + 2) } }, toggler);
    return element('tr', { class: 'section-row' }, wide);
  };
  const names = runs.map(({ runId, name }) => [runId, name]);
  const rows = strips.map((strip): DrawnRow => {
    return { id: strip.key, look: [strip, names], make: () => images.draw(strip, runs) };
  });
  const drawn: DrawnRow = { id: '', look: [strips.length, runs.length, isOpen], make: heading };
  parts.draw(bodyOf(IMAGES), [drawn, ...(isOpen ? rows : [])]);
}

/** The part of the table that a section has, in the order of sections; pictures come before what is rarely asked for. */
function bodyOf(title: string): HTMLElement {
  const known = bodies.get(title);
  if (known) return known;
  const body = table.createTBody();
  body.dataset.section = title;
  bodies.set(title, body);
  const titles = (folded: boolean) =>
    comparison?.sections.flatMap((section) => (section.folded === folded ? section.title : [])) ?? [];
  const order = [...titles(false), IMAGES, ...titles(true)];
  // The others stay where they are: what is moved loses the focus.
  const next = order.slice(order.indexOf(title) + 1).find((other) => bodies.has(other));
  table.insertBefore(body, (next !== undefined && bodies.get(next)) || null);
  return body;
}

function openDiff(diff: DiffTarget): void {
  host.ask('openDiff', diff).catch((error: Error) => notice.show(error.message));
}

/** Only when something in it changed: live updates must not take the focus away. */
function drawToolbar({ runs, baselineId }: Comparison): void {
  const look = JSON.stringify([runs.map(({ name }) => name), baselineId]);
  if (look === drawnToolbar) return;
  drawnToolbar = look;
  const choices = new Map(runs.map(({ runId, name }) => [runId, name]));
  const choose = (runId: string) => {
    keep({ baselineId: runId });
    ask();
  };
  const choosing = (onlyDifferences: boolean) => {
    keep({ onlyDifferences });
    ask();
  };
  toolbar.replaceChildren(
    checkbox('Only differences', state.onlyDifferences, choosing),
    element('span', { class: 'field' }, 'Baseline', dropdown('Baseline', choices, baselineId, choose)),
    filter.element,
    element('span', { class: 'spring' }),
    follow.element,
    button('Copy as Markdown', () => void host.ask('copyAsMarkdown', { onlyDifferences: state.onlyDifferences })),
  );
}

void host.ask('ready', { view: currentView() }).then((source) => keep({ source }));

import '../shared/style.css';
import './style.css';
import type {
  CompareRunsEvent,
  CompareRunsRequests,
  CompareRunsState,
  Comparison,
  ComparisonSection,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import { button, checkbox, dropdown, textField } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { Curves } from './curves.ts';
import { Images } from './images.ts';
import { Parts } from './parts.ts';
import { drawHeader, drawSection, SHOWN, sectionToggle } from './table.ts';

const IMAGES = 'Images';

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
  draw();
});
const notice = createNotice(() => void host.ask('retry', undefined));
const curves = new Curves((keys) => host.ask('readCurves', { keys }));
const images = new Images({
  read: (runId, path) => host.ask('readImage', { runId, path }),
  step: (key) => state.steps?.[key],
  chooseStep: (key, step) => keep({ steps: { ...state.steps, [key]: step } }),
});
const parts = new Parts();
const toolbar = element('div', { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Comparison' } });
const empty = element('div', { class: 'empty', attributes: { role: 'status' } }, 'Reading runs…');
const table = element('table', { class: 'comparison' });
const content = element('div', { class: 'content' }, empty, table);
document.getElementById('root')?.replaceChildren(toolbar, notice.element, content);

/** Rows that are drawn of a section, where more were asked for. */
const limits = new Map<string, number>();
const bodies = new Map<string, HTMLElement>();
const filter = textField({ label: 'Filter keys', value: state.filter ?? '', placeholder: 'Filter keys' }, () =>
  change({ filter: filter.value }),
);
let drawnToolbar = '';

function keep(part: Partial<CompareRunsState>): void {
  state = { ...state, ...part };
  saveState(state);
}

function change(part: Partial<CompareRunsState>): void {
  keep(part);
  draw();
}

function toggle(title: string): void {
  const others = state.toggled.filter((other) => other !== title);
  change({ toggled: others.length < state.toggled.length ? others : [...others, title] });
}

function draw(): void {
  if (!comparison) return;
  empty.hidden = true;
  drawToolbar(comparison);
  const { runs, baselineId, sections } = comparison;
  const head = table.tHead ?? table.createTHead();
  parts.draw(head, [runs, baselineId], () => [
    ...drawHeader(runs, baselineId, (runId) => void host.ask('openRun', { runId })).children,
  ]);
  const drawn = sections.map((section) => drawPart(section, runs.length));
  const drawnImages = drawImages(comparison);
  for (const [title, body] of bodies) {
    if (sections.some((section) => section.title === title) || (title === IMAGES && comparison.images.length > 0))
      continue;
    body.remove();
    bodies.delete(title);
  }
  if (drawn.includes(true) || drawnImages) curves.fill(table);
}

/** @returns whether something looks different now */
function drawPart(section: ComparisonSection, columns: number): boolean {
  const { title, folded } = section;
  const isOpen = folded === state.toggled.includes(title);
  const limit = limits.get(title) ?? SHOWN;
  const { onlyDifferences } = state;
  const text = (state.filter ?? '').trim().toLowerCase();
  return parts.draw(bodyOf(title), [section, isOpen, onlyDifferences, text, limit], () =>
    drawSection(section, {
      columns,
      isOpen,
      onlyDifferences,
      filter: text,
      limit,
      toggle: () => toggle(title),
      openDiff,
      showMore() {
        limits.set(title, limit + 1_000);
        draw();
      },
    }),
  );
}

function drawImages({ images: strips, runs }: Comparison): boolean {
  if (strips.length === 0) return false;
  const isOpen = !state.toggled.includes(IMAGES);
  const look = [strips, runs.map(({ runId, name }) => [runId, name]), isOpen];
  return parts.draw(bodyOf(IMAGES), look, () => {
    const toggler = sectionToggle(IMAGES, String(strips.length), isOpen, () => toggle(IMAGES));
    const heading = element('th', { class: 'heading', attributes: { colspan: String(runs.length + 2) } }, toggler);
    const rows = isOpen ? strips.map((strip) => images.draw(strip, runs)) : [];
    return [element('tr', { class: 'section-row' }, heading), ...rows];
  });
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
  const ordered = [...bodies].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  table.append(...ordered.map(([, one]) => one));
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
    change({ baselineId: runId });
    void host.ask('setBaseline', { runId });
  };
  toolbar.replaceChildren(
    checkbox('Only differences', state.onlyDifferences, (onlyDifferences) => change({ onlyDifferences })),
    element('span', { class: 'field' }, 'Baseline', dropdown('Baseline', choices, baselineId, choose)),
    filter.element,
    element('span', { class: 'spring' }),
    button('Copy as Markdown', () => void host.ask('copyAsMarkdown', { onlyDifferences: state.onlyDifferences })),
  );
}

void host.ask('ready', { baselineId: state.baselineId }).then((source) => change({ source }));

import '../shared/style.css';
import './style.css';
import type {
  CompareRunsEvent,
  CompareRunsRequests,
  CompareRunsState,
  Comparison,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import { button, checkbox, dropdown } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';
import { connectHost, savedState, saveState } from '../shared/host.ts';
import { createNotice } from '../shared/notice.ts';
import { comparisonTable } from './table.ts';

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
    return;
  }
  notice.hide();
  comparison = event.comparison;
  draw();
});
const notice = createNotice(() => void host.ask('retry', undefined));
const toolbar = element('div', { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Comparison' } });
const content = element('div', { class: 'content' });
document.getElementById('root')?.replaceChildren(toolbar, notice.element, content);

let drawnToolbar = '';

function change(part: Partial<CompareRunsState>): void {
  state = { ...state, ...part };
  saveState(state);
  draw();
}

function draw(): void {
  if (!comparison) return;
  drawToolbar(comparison);
  const toggle = (title: string) =>
    change({
      toggled: state.toggled.includes(title)
        ? state.toggled.filter((other) => other !== title)
        : [...state.toggled, title],
    });
  const openDiff = (diff: DiffTarget) => {
    host.ask('openDiff', diff).catch((error: Error) => notice.show(error.message));
  };
  content.replaceChildren(comparisonTable(comparison, { ...state, toggle, openDiff }));
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
    element('span', { class: 'spring' }),
    button('Copy as Markdown', () => void host.ask('copyAsMarkdown', { onlyDifferences: state.onlyDifferences })),
  );
}

void host.ask('ready', { baselineId: state.baselineId }).then((source) => change({ source }));

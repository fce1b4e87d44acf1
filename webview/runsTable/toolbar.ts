import type { RunAction, ShownTable } from '../../src/protocol/runsTable.ts';
import { button, iconButton } from '../shared/controls.ts';
import { element, icon } from '../shared/dom.ts';
import { countText } from '../shared/number.ts';

export interface ToolbarOptions {
  readonly choose: (what: 'chooseColumns' | 'chooseGroup' | 'chooseView' | 'chooseExport') => void;
  readonly act: (action: RunAction) => void;
  readonly copy: () => void;
  readonly pin: () => void;
  readonly hide: () => void;
  /** Leaves out what is the same in all runs, or not. */
  readonly onlyDiffering: () => void;
  /** Shows children below their parents, or among the others. */
  readonly nest: () => void;
  readonly showHidden: () => void;
  readonly clearSelection: () => void;
}

/** What the table as a whole can do, what is selected, and what can be done with that. */
export class Toolbar {
  readonly tools: HTMLElement;
  readonly status: HTMLElement;
  readonly #count = element('span', { class: 'count', attributes: { role: 'status' } });
  readonly #progress = icon('loading');
  readonly #actions: HTMLElement;
  readonly #several: HTMLElement;
  readonly #hidden: HTMLElement;
  readonly #group: HTMLElement;
  readonly #nested: HTMLElement;
  readonly #differing: HTMLElement;
  readonly #live = element('span', { class: 'live' });
  #look = '';

  constructor({ choose, act, copy, pin, hide, onlyDiffering, nest, showHidden, clearSelection }: ToolbarOptions) {
    this.#group = iconButton('Group Runs', 'group-by-ref-type', () => choose('chooseGroup'), { pressed: false });
    this.#nested = iconButton('Nested: Children Below Their Parents', 'list-tree', nest, { pressed: true });
    this.#differing = iconButton('Only Differing Columns', 'diff', onlyDiffering, { pressed: false });
    this.tools = element(
      'div',
      { class: 'tools', attributes: { role: 'toolbar', 'aria-label': 'Table' } },
      iconButton('Choose Columns', 'list-selection', () => choose('chooseColumns')),
      this.#differing,
      this.#group,
      this.#nested,
      iconButton('Views', 'bookmark', () => choose('chooseView')),
      iconButton('Export', 'export', () => choose('chooseExport')),
    );
    this.#several = button('Compare', () => act('compare'));
    this.#hidden = button('', showHidden);
    this.#actions = element(
      'div',
      { class: 'actions', attributes: { role: 'toolbar', 'aria-label': 'Selected runs' } },
      button('Charts', () => act('chart')),
      this.#several,
      iconButton('Set Tag', 'tag', () => act('tag')),
      iconButton('Register Models', 'package', () => act('register')),
      iconButton('Copy', 'copy', copy),
      iconButton('Pin to the Top', 'pin', pin),
      iconButton('Hide', 'eye-closed', hide),
      iconButton('Delete', 'trash', () => act('delete')),
      iconButton('Clear Selection', 'close', clearSelection),
    );
    this.#progress.classList.add('codicon-modifier-spin');
    this.status = element(
      'div',
      { class: 'state' },
      this.#progress,
      this.#count,
      this.#hidden,
      this.#actions,
      this.#live,
    );
  }

  /** Whether the server can be read, so that changes appear by themselves. */
  set isLive(isLive: boolean) {
    this.#live.classList.toggle('off', !isLive);
    this.#live.title = isLive ? 'Runs appear and change here as they are logged' : 'The server cannot be read';
    this.#live.replaceChildren(icon(isLive ? 'circle-filled' : 'circle-slash'), isLive ? 'live' : 'offline');
  }

  draw(table: ShownTable, selected: number): void {
    const { total, loaded, all, isReading, view, nesting } = table;
    const look = JSON.stringify([
      total,
      loaded,
      all,
      view.onlyDiffering,
      isReading,
      selected,
      view.hiddenRuns.length,
      view.groupBy,
      nesting,
    ]);
    if (look === this.#look) return;
    this.#look = look;
    const isPart = all !== undefined && all > total;
    const count = isPart ? `${countText(total)} of ${countText(all)}` : countText(total);
    const runs = `${count} ${(isPart ? all : total) === 1 ? 'run' : 'runs'}`;
    const read = isReading ? ', reading…' : '';
    const chosen = selected > 0 ? ` · ${countText(selected)} selected` : '';
    this.#count.textContent = `${runs}${read}${chosen}`;
    this.#progress.hidden = !isReading;
    this.#actions.hidden = selected === 0;
    this.#several.toggleAttribute('disabled', selected < 2);
    this.#hidden.hidden = view.hiddenRuns.length === 0;
    this.#hidden.textContent = `Show ${view.hiddenRuns.length} hidden`;
    this.#differing.setAttribute('aria-pressed', String(view.onlyDiffering ?? false));
    this.#nested.hidden = nesting === 'none';
    this.#nested.setAttribute('aria-pressed', String(nesting === 'nested'));
    this.#group.setAttribute('aria-pressed', String(view.groupBy !== undefined));
  }
}

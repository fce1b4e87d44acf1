import type { ChartsView, Dimension } from '../../src/protocol/charts.ts';
import { checkbox, iconButton } from '../shared/controls.ts';
import { element, icon } from '../shared/dom.ts';
import { type MenuItem, openMenu } from '../shared/menu.ts';
import { isRegex } from './sections.ts';

const X_AXES: readonly (readonly [ChartsView['xAxis'], string])[] = [
  ['step', 'Step'],
  ['relative', 'Relative time'],
  ['time', 'Time'],
];

const ADDED = [
  ['bar', 'Bar Chart', 'graph'],
  ['scatter', 'Scatter Plot', 'graph-scatter'],
  ['parallel', 'Parallel Coordinates', 'list-flat'],
  ['box', 'Box Plot', 'layout'],
  ['importance', 'Parameter Importance', 'list-ordered'],
  ['images', 'Images by Step', 'file-media'],
] as const;

export type AddedKind = (typeof ADDED)[number][0];

/** Params that the menu names; the others are picked from a list. */
const NAMED = 8;

export interface ToolbarOptions {
  readonly change: (part: Partial<ChartsView>) => void;
  readonly pick: (what: 'xMetric' | 'groupBy') => void;
  readonly add: (kind: AddedKind) => void;
}

/** What holds for all cards. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #xAxis: HTMLButtonElement;
  readonly #group: HTMLButtonElement;
  readonly #reset: HTMLElement;
  readonly #filter: HTMLInputElement;
  #view: ChartsView;
  #dimensions: readonly Dimension[] = [];

  /** @param follow the button that ties the charts to a table */
  constructor(view: ChartsView, follow: HTMLElement, { change, pick, add }: ToolbarOptions) {
    this.#view = view;
    this.#xAxis = menuButton('X axis', () => this.#axisItems(change, pick));
    this.#group = menuButton('Group', () => this.#groupItems(change, pick));
    const columns = menuButton('Columns', () => this.#columnItems(change));
    columns.replaceChildren(icon('layout'), icon('chevron-down'));
    columns.title = 'Cards side by side';
    columns.setAttribute('aria-label', 'Cards side by side');
    this.#reset = iconButton('Reset Zoom (double click on a chart)', 'zoom-out', () => change({ range: undefined }));
    this.#filter = element('input', {
      class: 'search',
      attributes: {
        type: 'search',
        placeholder: 'Metrics (regex)',
        'aria-label': 'Filter metrics by a regular expression',
        spellcheck: 'false',
        value: view.filter,
      },
    });
    this.#filter.addEventListener('input', () => change({ filter: this.#filter.value }));
    const adding = iconButton('Add Chart', 'add', () => {
      const { left, bottom } = adding.getBoundingClientRect();
      const items = ADDED.map(([kind, label]): MenuItem => ({ label, run: () => add(kind) }));
      openMenu(items, { x: left, y: bottom + 2 }, 'Add chart');
    });
    this.element = element(
      'div',
      { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Charts' } },
      this.#xAxis,
      ...smoothing(view, change),
      checkbox('Log X', view.logX, (logX) => change({ logX, range: undefined })),
      checkbox('Log Y', view.logY, (logY) => change({ logY })),
      checkbox('Clip outliers', view.ignoreOutliers, (ignoreOutliers) => change({ ignoreOutliers })),
      this.#group,
      element('span', { class: 'spring' }),
      this.#reset,
      this.#filter,
      columns,
      follow,
      adding,
    );
    this.draw(view, []);
  }

  draw(view: ChartsView, dimensions: readonly Dimension[]): void {
    this.#view = view;
    this.#dimensions = dimensions;
    const axis = view.xAxis === 'metric' ? view.xMetric : X_AXES.find(([axis]) => axis === view.xAxis)?.[1];
    say(this.#xAxis, 'X axis', axis ?? '');
    const grouping = dimensions.find(({ id }) => id === view.groupBy)?.label ?? view.groupBy;
    say(this.#group, 'Group', grouping ?? 'None');
    this.#reset.classList.toggle('invisible', view.range === undefined);
    this.#filter.toggleAttribute('aria-invalid', !isRegex(view.filter));
    this.#filter.title = isRegex(view.filter) ? '' : 'No regular expression: looked for as it is';
  }

  #axisItems(change: ToolbarOptions['change'], pick: ToolbarOptions['pick']): readonly MenuItem[] {
    const { xAxis, xMetric } = this.#view;
    const axes = X_AXES.map(([axis, label]) => ({
      label,
      isChecked: axis === xAxis,
      run: () => change({ xAxis: axis, range: undefined }),
    }));
    const metric = xAxis === 'metric' && xMetric !== undefined ? [{ label: xMetric, isChecked: true, run() {} }] : [];
    return [...axes, ...metric, { label: 'Metric…', separated: true, run: () => pick('xMetric') }];
  }

  #groupItems(change: ToolbarOptions['change'], pick: ToolbarOptions['pick']): readonly MenuItem[] {
    const { groupBy } = this.#view;
    const params = this.#dimensions
      .filter(({ id, distinct }) => id === groupBy || (id.startsWith('params.') && distinct > 1))
      .sort((a, b) => a.distinct - b.distinct)
      .slice(0, NAMED);
    return [
      { label: 'None', isChecked: groupBy === undefined, run: () => change({ groupBy: undefined, hiddenGroups: [] }) },
      ...params.map(({ id, label }) => ({
        label,
        isChecked: id === groupBy,
        run: () => change({ groupBy: id, hiddenGroups: [] }),
      })),
      { label: 'More…', separated: true, run: () => pick('groupBy') },
    ];
  }

  #columnItems(change: ToolbarOptions['change']): readonly MenuItem[] {
    return [0, 1, 2, 3, 4].map((columns) => ({
      label: columns === 0 ? 'As many as fit' : columns === 1 ? '1 column' : `${columns} columns`,
      isChecked: columns === this.#view.columns,
      run: () => change({ columns }),
    }));
  }
}

function smoothing(view: ChartsView, change: ToolbarOptions['change']): readonly HTMLElement[] {
  const slider = element('input', {
    attributes: {
      type: 'range',
      min: '0',
      max: '0.99',
      step: '0.01',
      value: String(view.smoothing),
      'aria-label': 'Smoothing',
    },
  });
  const amount = element('output', { class: 'amount' }, view.smoothing.toFixed(2));
  slider.addEventListener('input', () => {
    amount.textContent = Number(slider.value).toFixed(2);
    change({ smoothing: Number(slider.value) });
  });
  return [element('span', { class: 'field' }, 'Smoothing', slider, amount)];
}

/** A button that says what is chosen, and offers the others. */
export function menuButton(name: string, items: () => readonly MenuItem[]): HTMLButtonElement {
  const made = element('button', { class: 'menu-button', attributes: { 'aria-haspopup': 'menu' } });
  made.addEventListener('click', () => {
    const { left, bottom } = made.getBoundingClientRect();
    openMenu(items(), { x: left, y: bottom + 2 }, name);
  });
  return made;
}

export function say(made: HTMLButtonElement, name: string, chosen: string): void {
  made.replaceChildren(
    element('span', { class: 'what' }, `${name}: `),
    element('span', { class: 'chosen', title: chosen }, chosen),
    icon('chevron-down'),
  );
}

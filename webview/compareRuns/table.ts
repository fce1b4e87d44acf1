import type {
  ComparedRun,
  Comparison,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import { element, icon, statusIcon, swatch } from '../shared/dom.ts';

export interface TableOptions {
  readonly onlyDifferences: boolean;
  readonly toggled: readonly string[];
  readonly toggle: (title: string) => void;
  readonly openDiff: (diff: DiffTarget) => void;
}

/** The runs as columns, their values as rows. */
export function comparisonTable({ runs, sections, baselineId }: Comparison, options: TableOptions): HTMLElement {
  const table = element('table', { class: 'comparison' }, header(runs, baselineId));
  for (const section of sections) table.append(body(section, runs.length, options));
  return table;
}

function header(runs: readonly ComparedRun[], baselineId: string): HTMLElement {
  const cells = runs.map((run) =>
    element(
      'th',
      { attributes: { scope: 'col' } },
      element(
        'span',
        { class: 'run', title: run.name },
        swatch(run),
        element('span', { class: 'run-name' }, run.name),
        statusIcon(run.status),
        run.runId === baselineId && runs.length > 1
          ? element('span', { class: 'badge', title: 'Differences count from this run' }, 'baseline')
          : undefined,
      ),
    ),
  );
  const corner = element('td', { class: 'corner' }, element('span', { class: 'visually-hidden' }, 'Key'));
  return element('thead', {}, element('tr', {}, corner, ...cells));
}

function body(section: ComparisonSection, columns: number, options: TableOptions): HTMLElement {
  const { title, rows, differing, numeric } = section;
  const open = section.folded === options.toggled.includes(title);
  const shown = options.onlyDifferences ? rows.filter(({ differs }) => differs) : rows;
  const count = `${differing} of ${rows.length} differ`;
  const toggle = element(
    'button',
    { class: 'section', attributes: { 'aria-expanded': String(open), type: 'button' } },
    icon(open ? 'chevron-down' : 'chevron-right'),
    title,
    element('span', { class: 'count' }, count),
  );
  toggle.addEventListener('click', () => options.toggle(title));
  const heading = element(
    'tr',
    {},
    element(
      'th',
      { class: 'heading', attributes: { colspan: String(columns + 1) } },
      toggle,
      diffButton(section.diff, `Open ${title} as Diff`, options),
    ),
  );
  const group = element('tbody', { attributes: { 'data-section': title } }, heading);
  if (!open) return group;
  if (shown.length === 0) {
    group.append(
      element(
        'tr',
        {},
        element('td', { class: 'same', attributes: { colspan: String(columns + 1) } }, 'No differences'),
      ),
    );
  }
  group.append(...shown.map((row) => drawRow(row, numeric, options)));
  return group;
}

function drawRow({ key, cells, differs, diff }: ComparisonRow, numeric: boolean, options: TableOptions): HTMLElement {
  return element(
    'tr',
    { class: differs ? 'differs' : '', attributes: { 'data-key': key } },
    element(
      'th',
      { class: 'key', title: key, attributes: { scope: 'row' } },
      element('span', { class: 'key-name' }, key),
      diffButton(diff, `Open Diff of ${key}`, options),
    ),
    ...cells.map((cell) => drawCell(cell, numeric)),
  );
}

function drawCell({ text, full, delta }: ComparisonCell, numeric: boolean): HTMLElement {
  if (text === undefined)
    return element('td', { class: `missing${numeric ? ' number' : ''}`, title: 'not logged' }, '—');
  return element(
    'td',
    { class: numeric ? 'number' : '', title: full ?? text },
    element('span', { class: 'value' }, text),
    // Also an empty one, so that values stand below each other.
    numeric ? element('span', { class: 'delta' }, delta) : undefined,
  );
}

function diffButton(diff: DiffTarget | undefined, label: string, { openDiff }: TableOptions): HTMLElement | undefined {
  if (!diff) return undefined;
  const button = element(
    'button',
    { class: 'diff', title: label, attributes: { type: 'button', 'aria-label': label } },
    icon('diff'),
  );
  button.addEventListener('click', () => openDiff(diff));
  return button;
}

import type {
  ComparedRun,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import { element, icon, statusIcon, swatch } from '../shared/dom.ts';
import { countText } from '../shared/number.ts';
import type { DrawnRow } from './parts.ts';

/** Rows that are shown beyond those that are shown already, when more are asked for: fewer where rows are long. */
export function moreRows(runs: number): number {
  return Math.max(200, Math.min(1_000, Math.floor(12_000 / runs)));
}

/** Columns of fixed widths: nothing moves when values change, and a browser is done with thousands of rows at once. */
export function drawColumns(runs: number): readonly HTMLElement[] {
  const width = runs <= 3 ? 'wide' : runs <= 6 ? 'middle' : 'narrow';
  const columns = Array.from({ length: runs }, () => element('col', { class: width }));
  return [element('col', { class: 'keys' }), ...columns, element('col', { class: 'curves' })];
}

export interface SectionOptions {
  readonly columns: number;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly showMore: () => void;
  readonly openDiff: (diff: DiffTarget) => void;
}

/** The runs, as the heads of their columns. */
export function drawHeader(
  runs: readonly ComparedRun[],
  baselineId: string,
  openRun: (runId: string) => void,
): HTMLElement {
  const cells = runs.map((run) => {
    const name = element(
      'button',
      {
        class: 'run-name',
        title: `${run.name}\nOpen Details`,
        attributes: { type: 'button', 'data-focus': `run ${run.runId}` },
      },
      run.name,
    );
    name.addEventListener('click', () => openRun(run.runId));
    const isBaseline = run.runId === baselineId && runs.length > 1;
    return element(
      'th',
      { attributes: { scope: 'col' } },
      element(
        'span',
        { class: 'run' },
        swatch(run),
        name,
        statusIcon(run.status),
        isBaseline
          ? element(
              'span',
              { class: 'badge', title: 'Differences count from this run' },
              runs.length > 6 ? '◂' : 'baseline',
            )
          : undefined,
      ),
    );
  });
  const corner = element('td', { class: 'corner' }, element('span', { class: 'visually-hidden' }, 'Key'));
  return element('tr', {}, corner, ...cells, element('td', { class: 'curve' }));
}

/** A section: its heading, and its rows where it is open. */
export function drawSection(section: ComparisonSection, options: SectionOptions): readonly DrawnRow[] {
  const { title, rows, numeric, matching } = section;
  const { columns, isOpen } = options;
  const { rows: _, ...heading } = section;
  const drawn: DrawnRow[] = [{ id: 'heading', look: [heading, isOpen], make: () => drawHeading(section, options) }];
  if (!isOpen) return drawn;
  for (const row of rows) drawn.push({ id: `row ${row.key}`, look: row, make: () => drawRow(row, numeric, options) });
  if (matching === 0) drawn.push({ id: 'none', look: '', make: () => wideRow(columns, 'same', 'No differences') });
  const left = matching - rows.length;
  if (left > 0) {
    const label = `Show ${countText(Math.min(left, moreRows(columns)))} more of ${countText(matching)}`;
    drawn.push({ id: 'more', look: label, make: () => wideRow(columns, 'same', moreButton(title, label, options)) });
  }
  return drawn;
}

function moreButton(title: string, label: string, { showMore }: SectionOptions): HTMLElement {
  const more = element(
    'button',
    { class: 'more', attributes: { type: 'button', 'data-focus': `more ${title}` } },
    label,
  );
  more.addEventListener('click', showMore);
  return more;
}

function drawHeading(
  { title, count: all, differing, summary, diff }: ComparisonSection,
  options: SectionOptions,
): HTMLElement {
  const { isOpen, columns } = options;
  const count = `${countText(differing)} of ${countText(all)} ${differing === 1 ? 'differs' : 'differ'}`;
  const toggle = sectionToggle(title, count, isOpen, options.toggle);
  const button = diffButton(diff, `Open ${title} as Diff`, options);
  if (!summary) {
    const wide = element('th', { class: 'heading', attributes: { colspan: String(columns + 2) } }, toggle, button);
    return element('tr', { class: 'section-row' }, wide);
  }
  return element(
    'tr',
    { class: 'section-row' },
    element('th', { class: 'heading key' }, toggle, button),
    ...summary.map((cell) => drawCell(cell, false)),
    element('td', { class: 'curve' }),
  );
}

/** What opens and closes a section. */
export function sectionToggle(title: string, count: string, isOpen: boolean, onToggle: () => void): HTMLElement {
  const toggle = element(
    'button',
    {
      class: 'section',
      attributes: { 'aria-expanded': String(isOpen), type: 'button', 'data-focus': `section ${title}` },
    },
    icon(isOpen ? 'chevron-down' : 'chevron-right'),
    title,
    element('span', { class: 'count' }, count),
  );
  toggle.addEventListener('click', onToggle);
  return toggle;
}

function wideRow(columns: number, className: string, content: Node | string): HTMLElement {
  const cell = element('td', { class: className, attributes: { colspan: String(columns + 2) } }, content);
  return element('tr', {}, cell);
}

function drawRow({ key, cells, differs, diff }: ComparisonRow, numeric: boolean, options: SectionOptions): HTMLElement {
  return element(
    'tr',
    { class: differs ? 'differs' : '', attributes: { 'data-key': key } },
    element(
      'th',
      { class: 'key', title: key, attributes: { scope: 'row' } },
      keyName(key),
      diffButton(diff, `Open Diff of ${key}`, options),
    ),
    ...cells.map((cell) => drawCell(cell, numeric)),
    numeric ? element('td', { class: 'curve', attributes: { 'data-curve': key } }) : undefined,
  );
}

/** A key, cut in its middle where there is no room: its end tells it from others. */
export function keyName(key: string): HTMLElement {
  const end = key.length > 12 ? key.length - 7 : key.length;
  return element(
    'span',
    { class: 'key-name' },
    element('span', { class: 'key-start' }, key.slice(0, end)),
    element('span', { class: 'key-end' }, key.slice(end)),
  );
}

function drawCell({ text, full, delta }: ComparisonCell, numeric: boolean): HTMLElement {
  if (text === undefined)
    return element('td', { class: `missing${numeric ? ' number' : ''}`, title: 'not logged' }, '—');
  const isSame = text === '= same';
  return element(
    'td',
    { class: `${numeric ? 'number' : ''}${isSame ? ' missing' : ''}`, title: full ?? text },
    element('span', { class: 'value' }, text),
    // Also an empty one, so that values stand below each other.
    numeric ? element('span', { class: 'delta' }, delta) : undefined,
  );
}

function diffButton(
  diff: DiffTarget | undefined,
  label: string,
  { openDiff }: SectionOptions,
): HTMLElement | undefined {
  if (!diff) return undefined;
  const button = element(
    'button',
    { class: 'diff', title: label, attributes: { type: 'button', 'aria-label': label, 'data-focus': label } },
    icon('diff'),
  );
  button.addEventListener('click', () => openDiff(diff));
  return button;
}

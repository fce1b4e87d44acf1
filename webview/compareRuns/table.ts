import type {
  ComparedRun,
  ComparisonCell,
  ComparisonRow,
  ComparisonSection,
  DiffTarget,
} from '../../src/protocol/compareRuns.ts';
import { element, icon, statusIcon, swatch } from '../shared/dom.ts';
import { countText } from '../shared/number.ts';

/** Rows of a section that are drawn until more are asked for: thousands of metrics would hold up the page. */
export const SHOWN = 200;

export interface SectionOptions {
  readonly columns: number;
  readonly isOpen: boolean;
  readonly onlyDifferences: boolean;
  /** A part of the keys that are shown, in lower case. */
  readonly filter: string;
  /** How many rows are drawn. */
  readonly limit: number;
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
          ? element('span', { class: 'badge', title: 'Differences count from this run' }, 'baseline')
          : undefined,
      ),
    );
  });
  const corner = element('td', { class: 'corner' }, element('span', { class: 'visually-hidden' }, 'Key'));
  return element('thead', {}, element('tr', {}, corner, ...cells, element('td', { class: 'curve' })));
}

/** A section: its heading, and its rows where it is open. */
export function drawSection(section: ComparisonSection, options: SectionOptions): readonly HTMLElement[] {
  const { title, rows, numeric } = section;
  const wanted = rows.filter(({ key, differs }) => {
    return (differs || !options.onlyDifferences) && key.toLowerCase().includes(options.filter);
  });
  const heading = drawHeading(section, options);
  if (!options.isOpen) return [heading];
  const shown = wanted.slice(0, options.limit).map((row) => drawRow(row, numeric, options));
  if (wanted.length === 0)
    shown.push(wideRow(options.columns, 'same', options.filter ? 'No such key' : 'No differences'));
  const left = wanted.length - options.limit;
  if (left > 0) {
    const more = element(
      'button',
      { class: 'more', attributes: { type: 'button', 'data-focus': `more ${title}` } },
      `Show ${countText(Math.min(left, 1_000))} more of ${countText(wanted.length)}`,
    );
    more.addEventListener('click', options.showMore);
    shown.push(wideRow(options.columns, 'same', more));
  }
  return [heading, ...shown];
}

function drawHeading(
  { title, rows, differing, summary, diff }: ComparisonSection,
  options: SectionOptions,
): HTMLElement {
  const { isOpen, columns } = options;
  const count = `${countText(differing)} of ${countText(rows.length)} ${differing === 1 ? 'differs' : 'differ'}`;
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
      element('span', { class: 'key-name' }, key),
      diffButton(diff, `Open Diff of ${key}`, options),
    ),
    ...cells.map((cell) => drawCell(cell, numeric)),
    numeric ? element('td', { class: 'curve', attributes: { 'data-curve': key } }) : undefined,
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

import type { DatasetRow } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { smallButton } from './buttons.ts';
import { longText } from './longText.ts';
import type { PageContext } from './page.ts';

/** Columns of a schema that are listed. */
const LISTED = 500;

/** The datasets that the run used. */
export function datasetList(datasets: readonly DatasetRow[], { host, attempt }: PageContext): HTMLElement {
  const copy = (text: string) => void attempt(() => host.ask('copyText', { text }));
  const rows = datasets.map(({ name, digest, context, source, sourceType, size, columns }) =>
    element(
      'li',
      { attributes: { 'data-dataset': name } },
      element(
        'div',
        { class: 'line' },
        element('strong', {}, name),
        context ? element('span', { class: 'badge' }, context) : undefined,
        element('span', { class: 'dim' }, 'digest ', element('code', {}, digest)),
        smallButton(`Copy digest of ${name}`, 'copy', () => copy(digest)),
        size ? element('span', { class: 'dim' }, size) : undefined,
      ),
      element('div', { class: 'line dim' }, `from ${sourceType || 'unknown'}: `, longText(source)),
      columns.length > 0 ? schema(columns) : undefined,
    ),
  );
  return element('ul', { class: 'entries' }, ...rows);
}

function schema(columns: DatasetRow['columns']): HTMLElement {
  const rows = columns
    .slice(0, LISTED)
    .map(({ name, type }) =>
      element('tr', {}, element('th', { attributes: { scope: 'row' } }, name), element('td', {}, type)),
    );
  const title = `Schema (${columns.length} ${columns.length === 1 ? 'column' : 'columns'})`;
  const more = columns.length - rows.length;
  return element(
    'details',
    { class: 'folded' },
    element('summary', {}, title),
    element(
      'table',
      { class: 'pairs' },
      element('caption', { class: 'visually-hidden' }, 'Schema'),
      element('tbody', {}, ...rows),
    ),
    more > 0 ? element('p', { class: 'note' }, `${more} more columns`) : undefined,
  );
}

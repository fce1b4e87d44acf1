import type { OriginRow } from '../../src/protocol/runDetails.ts';
import { element } from '../shared/dom.ts';
import { actionButton, linkButton, smallButton } from './buttons.ts';
import { pairColumns } from './keyValues.ts';
import type { PageContext } from './page.ts';

/** How the run was made, and the way to make it again. */
export function originList(
  rows: readonly OriginRow[],
  isProjectRun: boolean,
  { host, attempt }: PageContext,
): HTMLElement {
  const lines = rows.map(({ label, value, isCode, action }) =>
    element(
      'tr',
      { attributes: { 'data-key': label } },
      element('th', { attributes: { scope: 'row' } }, label),
      element(
        'td',
        { class: isCode ? 'value code' : 'value' },
        action
          ? linkButton(value, 'Open', () => void attempt(() => host.ask('openOrigin', { label })))
          : element('span', { class: 'text' }, value),
      ),
      element(
        'td',
        { class: 'buttons' },
        smallButton(`Copy ${label}`, 'copy', () => void attempt(() => host.ask('copyText', { text: value }))),
      ),
    ),
  );
  const act = (text: string, icon: string, action: 'again' | 'againWith') =>
    actionButton(text, icon, () => void attempt(() => host.ask('act', { action })));
  return element(
    'div',
    {},
    lines.length > 0
      ? element(
          'table',
          { class: 'pairs wide' },
          element('caption', { class: 'visually-hidden' }, 'How it was made'),
          pairColumns(),
          element('tbody', {}, ...lines),
        )
      : element('p', { class: 'note' }, 'Nothing was noted about the program that made this run.'),
    isProjectRun
      ? element(
          'div',
          { class: 'actions' },
          act('Reproduce', 'debug-rerun', 'again'),
          act('Run Again with Other Parameters…', 'gear', 'againWith'),
        )
      : undefined,
  );
}

import type { RunFamily, RunLink } from '../../src/protocol/runDetails.ts';
import { element, statusIcon, swatch } from '../shared/dom.ts';
import { linkButton } from './buttons.ts';
import type { PageContext } from './page.ts';

/** The runs around this one, as links. */
export function familyList({ parent, children, hasMore }: RunFamily, context: PageContext): HTMLElement {
  return element(
    'div',
    {},
    parent ? element('h3', {}, 'Parent') : undefined,
    parent ? element('ul', { class: 'runs' }, link(parent, context)) : undefined,
    children.length > 0 ? element('h3', {}, `Child runs (${children.length}${hasMore ? '+' : ''})`) : undefined,
    children.length > 0
      ? element('ul', { class: 'runs' }, ...children.map((child) => link(child, context)))
      : undefined,
    hasMore ? element('p', { class: 'note' }, 'The newest ones. All of them are in the Experiments view.') : undefined,
  );
}

function link(run: RunLink, { host, attempt }: PageContext): HTMLElement {
  const { runId, name, metric } = run;
  return element(
    'li',
    { attributes: { 'data-run': runId } },
    swatch(run),
    linkButton(name, `Show the details of ${name}`, () => void attempt(() => host.ask('openRun', { runId }))),
    statusIcon(run.status),
    metric ? element('span', { class: 'dim' }, metric) : undefined,
  );
}

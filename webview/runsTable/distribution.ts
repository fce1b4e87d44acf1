import type { Distribution } from '../../src/protocol/runsTable.ts';
import { element } from '../shared/dom.ts';
import { countText } from '../shared/number.ts';

/** How the values of a column are spread: beside its menu, filled when it has been counted. */
export function distributionPanel(counting: Promise<Distribution>): HTMLElement {
  const panel = element('div', { class: 'distribution', attributes: { role: 'note', 'aria-label': 'Distribution' } });
  void counting.then(
    (distribution) => panel.replaceChildren(...draw(distribution)),
    () => undefined, // the server is away, which the table says
  );
  return panel;
}

function draw({ bars, isNumber, missing, others }: Distribution): readonly HTMLElement[] {
  if (bars.length === 0) return [];
  const most = Math.max(...bars.map(({ count }) => count));
  const share = (count: number) => `${Math.round((count / most) * 100)}%`;
  const rest = isNumber ? 'NaN or infinite' : others === 1 ? 'other' : 'others';
  const told = [others > 0 ? `${countText(others)} ${rest}` : '', missing > 0 ? `${countText(missing)} without` : ''];
  const note = element('div', { class: 'note' }, told.filter(Boolean).join(' · '));
  if (!isNumber) {
    const lines = bars.map(({ label, count }) => {
      const bar = element('span', { class: 'bar' });
      bar.style.width = share(count);
      return element(
        'div',
        { class: 'line', title: label },
        bar,
        element('span', { class: 'text' }, label || '(empty)'),
        element('span', { class: 'number' }, countText(count)),
      );
    });
    return [...lines, note];
  }
  const columns = bars.map(({ label, count }) => {
    const bar = element('span', { title: `${label}: ${countText(count)}` });
    bar.style.height = count === 0 ? '0' : `max(2px, ${share(count)})`;
    return bar;
  });
  const [first, last] = [bars[0]?.label.split(' – ')[0], bars.at(-1)?.label.split(' – ').at(-1)];
  const axis = element('div', { class: 'axis' }, element('span', {}, first), element('span', {}, last));
  return [element('div', { class: 'histogram', attributes: { 'aria-hidden': 'true' } }, ...columns), axis, note];
}

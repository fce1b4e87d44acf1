import { element, swatch } from '../shared/dom.ts';
import { shortNumber } from '../shared/number.ts';
import type { Reading } from './lines.ts';

/** Rows around the nearest line; more would cover the chart. */
const ROWS = 13;

/** What all lines say at the cursor, the greatest value first and the nearest one bold. There is one for all cards. */
export class Tooltip {
  readonly element = element('div', { class: 'tooltip', attributes: { 'aria-hidden': 'true', hidden: '' } });

  /**
   * @param nearest its place among the readings
   * @param at where the cursor is on the page (px)
   */
  show(
    title: string,
    readings: readonly Reading[],
    nearest: number,
    at: { readonly x: number; readonly y: number },
  ): void {
    const from = Math.max(0, Math.min(nearest - Math.floor(ROWS / 2), readings.length - ROWS));
    const shown = readings.slice(from, from + ROWS);
    const rest = (count: number, word: string) =>
      count > 0 ? element('div', { class: 'rest' }, `${count} ${word}`) : undefined;
    this.element.replaceChildren(
      element('div', { class: 'title' }, title),
      ...[
        rest(from, 'above'),
        ...shown.map((reading, place) => row(reading, from + place === nearest)),
        rest(readings.length - from - shown.length, 'below'),
      ].filter((it) => it !== undefined),
    );
    this.element.hidden = readings.length === 0;
    const { width, height } = this.element.getBoundingClientRect();
    const isRight = at.x + 16 + width > window.innerWidth;
    this.element.style.left = `${Math.max(0, isRight ? at.x - 16 - width : at.x + 16)}px`;
    this.element.style.top = `${Math.max(0, Math.min(at.y - height / 2, window.innerHeight - height - 4))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}

function row({ line, value, raw }: Reading, isNearest: boolean): HTMLElement {
  return element(
    'div',
    { class: isNearest ? 'row nearest' : 'row' },
    swatch(line),
    element('span', { class: 'name' }, line.label),
    element('span', { class: 'value' }, shortNumber(value)),
    raw === undefined ? undefined : element('span', { class: 'raw' }, shortNumber(raw)),
  );
}

import type { ChartsCommand } from './chartsAnswers.ts';
import { defineSteps, tellAnswers } from './measuredPage.ts';

const tell = (command: ChartsCommand) => tellAnswers(command);
const card = () => document.querySelector<HTMLElement>('.card[data-metric="metric0"]');
const canvas = () => card()?.querySelector('canvas') as HTMLCanvasElement;
const data = (name: string) => card()?.dataset[name];

defineSteps({
  /** Not measured: the points are made. */
  make({ runs, points }: { readonly runs: number; readonly points: number }) {
    let isMade = false;
    window.addEventListener('message', ({ data: { kind } }) => {
      isMade ||= kind === 'made';
    });
    tell({ kind: 'make', runs, points });
    return () => isMade;
  },
  first(runs: number) {
    tell({ kind: 'show' });
    return () => data('curves') === String(runs);
  },
  hover(at: number) {
    const { left, top, width, height } = canvas().getBoundingClientRect();
    const [x, y] = [width * at, height / 2];
    const title = () => document.querySelector('.tooltip:not([hidden]) .title')?.textContent;
    const before = title();
    const event = new PointerEvent('pointermove', { clientX: left + x, clientY: top + y, bubbles: true });
    canvas().dispatchEvent(event);
    return () => title() !== undefined && title() !== before;
  },
  zoom() {
    const before = data('xMin');
    canvas().dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
    return () => data('xMin') !== before;
  },
  /** After a zoom: the part with all the points that there is room for. */
  detail() {
    const before = Number(data('drawn'));
    canvas().dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
    return () => Number(data('drawn')) !== before;
  },
  reset() {
    canvas().dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    return () => data('xMin') === '0';
  },
  toggle(row: number) {
    const before = data('curves');
    document.querySelectorAll<HTMLInputElement>('.runs input')[row]?.click();
    return () => data('curves') !== before;
  },
  update(run: number) {
    const before = data('points');
    tell({ kind: 'update', run });
    return () => data('points') !== before;
  },
});

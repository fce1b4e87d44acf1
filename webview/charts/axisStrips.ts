import type { Chart } from 'chart.js';
import type { Range } from '../../src/protocol/charts.ts';
import { element } from '../shared/dom.ts';
import type { ParallelAxis } from './parallelAxis.ts';
import { axisPlace } from './parallelDrawing.ts';

/** px to each side of an axis that belong to it. */
const REACH = 12;
/** A shorter stroke is a click, which takes the limit away (part of the axis). */
const CLICK = 0.02;
/** What a key moves a limit by (part of the axis). */
const KEY_STEP = 0.05;

const ALL: Range = { min: 0, max: 1 };

/**
 * The places where an axis can be limited: dragged along with the pointer, or moved by the arrows (the lower end; with
 * Shift the upper one).
 */
export function axisStrips(
  chart: Chart,
  axes: readonly ParallelAxis[],
  limits: Readonly<Record<string, Range>>,
  onLimits: (limits: Readonly<Record<string, Range>>) => void,
): readonly HTMLElement[] {
  const { chartArea } = chart;
  if (!chartArea) return [];
  const setLimit = (id: string, limit: Range | undefined) => {
    const others = Object.entries(limits).filter(([other]) => other !== id);
    onLimits(Object.fromEntries(limit ? [...others, [id, limit]] : others));
  };
  return axes.map((axis, at) => {
    const { x, top, bottom } = axisPlace(chartArea, at, axes.length);
    const { id, label } = axis;
    const limit = limits[id] ?? ALL;
    const box = element('div', { class: 'limit' });
    const strip = element(
      'div',
      {
        class: limits[id] ? 'strip limited' : 'strip',
        attributes: {
          role: 'slider',
          tabindex: '0',
          'aria-orientation': 'vertical',
          'aria-label': `Limit of ${label}`,
          'aria-valuemin': '0',
          'aria-valuemax': '100',
          'aria-valuenow': String(Math.round(limit.min * 100)),
          'aria-valuetext': limits[id] ? `${percent(limit.min)} to ${percent(limit.max)} of the axis` : 'not limited',
        },
      },
      box,
    );
    strip.dataset.axis = id;
    Object.assign(strip.style, {
      left: `${x - REACH}px`,
      width: `${2 * REACH}px`,
      top: `${top}px`,
      height: `${bottom - top}px`,
    });
    const show = ({ min, max }: Range) =>
      Object.assign(box.style, { bottom: percent(min), height: percent(max - min) });
    show(limit);
    const partAt = ({ offsetY }: { offsetY: number }) => Math.max(0, Math.min(1, 1 - offsetY / (bottom - top)));
    strip.addEventListener('pointerdown', (down) => {
      const from = partAt(relative(strip, down));
      strip.setPointerCapture(down.pointerId);
      strip.classList.add('limited');
      const range = (event: PointerEvent) => {
        const to = partAt(relative(strip, event));
        return { min: Math.min(from, to), max: Math.max(from, to) };
      };
      const move = (event: PointerEvent) => show(range(event));
      const up = (event: PointerEvent) => {
        strip.removeEventListener('pointermove', move);
        const chosen = range(event);
        setLimit(id, chosen.max - chosen.min < CLICK ? undefined : chosen);
      };
      strip.addEventListener('pointermove', move);
      strip.addEventListener('pointerup', up, { once: true });
    });
    strip.addEventListener('keydown', (event) => {
      const by = { ArrowUp: KEY_STEP, ArrowDown: -KEY_STEP }[event.key];
      if (event.key === 'Escape') setLimit(id, undefined);
      else if (by === undefined) return;
      else if (event.shiftKey) setLimit(id, { ...limit, max: Math.max(limit.min, Math.min(1, limit.max + by)) });
      else setLimit(id, { ...limit, min: Math.min(limit.max, Math.max(0, limit.min + by)) });
      event.preventDefault();
    });
    return strip;
  });
}

/** The box inside of the strip would give its own place. */
function relative(strip: HTMLElement, { clientY }: PointerEvent): { offsetY: number } {
  return { offsetY: clientY - strip.getBoundingClientRect().top };
}

function percent(part: number): string {
  return `${Math.round(part * 100)}%`;
}

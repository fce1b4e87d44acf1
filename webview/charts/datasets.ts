import type { ChartsView } from '../../src/protocol/charts.ts';
import type { CurveDataset } from './curveController.ts';
import type { Line } from './lines.ts';
import { visibleRange } from './visibleRange.ts';

/** Lines that have their dashes, at most: those of a hundred are only slow to draw. */
const DASHED = 40;

/** What Chart.js draws of some lines. @param raised id of the line that is over the others */
export function datasetsOf(lines: readonly Line[], view: ChartsView, raised: string | undefined): CurveDataset[] {
  const yRange = visibleRange(
    lines.map(({ curve: { x, y, raw }, band }) => ({
      x,
      y,
      ...band,
      ghost: view.smoothing > 0 && !band ? raw : undefined,
    })),
    view.range,
    view,
  );
  return lines.map(({ id, label, color, dash, curve, band }) => ({
    id,
    label,
    color,
    dash: lines.length > DASHED ? [] : dash,
    curve,
    band,
    hasGhost: view.smoothing > 0 && !band,
    ...emphasis(id, raised),
    yRange,
    data: [],
  }));
}

/** The lowest order is drawn last. */
export function emphasis(id: string, raised: string | undefined): Pick<CurveDataset, 'emphasis' | 'order'> {
  if (raised === undefined) return { emphasis: 'none', order: 0 };
  return id === raised ? { emphasis: 'raised', order: -1 } : { emphasis: 'dimmed', order: 0 };
}

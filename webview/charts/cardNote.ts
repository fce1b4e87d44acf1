import type { ChartsView } from '../../src/protocol/charts.ts';
import type { Line } from './lines.ts';

/** What is to be said below curves that do not show all there is, and what would show it. */
export interface CardNote {
  readonly text: string;
  readonly action?: 'bars' | 'time' | undefined;
}

/** @returns none where the curves say it all */
export function noteOf(
  lines: readonly Line[],
  { xAxis, logY }: Pick<ChartsView, 'xAxis' | 'logY'>,
): CardNote | undefined {
  if (lines.length === 0) return undefined;
  const values = lines.map(({ curve }) => curve.y);
  if (values.every((y) => y.every(Number.isNaN))) {
    return lines.every(({ curve }) => curve.x.every(Number.isNaN))
      ? { text: 'The metric of the x axis has no value at these steps.' }
      : { text: 'All values are NaN or infinite: × at the bottom, ▴ and ▾ at the edges.' };
  }
  const below = logY ? values.reduce((sum, y) => sum + y.filter((value) => value <= 0).length, 0) : 0;
  if (below > 0) return { text: `A logarithmic axis cannot show ${below} points that are not above 0.` };
  if (lines.length > 1 && lines.every(({ total, band }) => total === 1 && !band)) {
    return { text: 'One point a run.', action: 'bars' };
  }
  const [first] = lines;
  const step = first?.curve.x[0];
  const isOneStep =
    xAxis === 'step' && lines.every(({ curve, total }) => total > 1 && curve.x.every((x) => x === step));
  return isOneStep ? { text: `All points were logged at step ${step}.`, action: 'time' } : undefined;
}

import type { ChartsView } from '../../src/protocol/charts.ts';
import { applyView, curveOptions } from './chartOptions.ts';
import { datasetsOf } from './datasets.ts';
import type { LineCard } from './lineCard.ts';
import { chartPicture } from './picture.ts';
import { PRINT } from './theme.ts';

/** The chart of a metric as a file, as it is looked at now. */
export function curvePicture(format: 'png' | 'svg', card: LineCard, view: ChartsView): Promise<Uint8Array> {
  const { metricKey, lines, chart } = card;
  const options = curveOptions(() => undefined);
  const { x } = chart.scales;
  applyView(options, { ...view, ...(x && { range: { min: x.min, max: x.max } }) }, PRINT);
  const datasets = datasetsOf(lines, view, undefined) as never;
  return chartPicture(format, metricKey, { type: 'curve', data: { datasets }, options }, lines);
}

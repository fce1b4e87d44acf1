import type { AddedChart, Dimension } from '../../src/protocol/charts.ts';
import type { AddedKind } from './toolbar.ts';

/** Axes of parallel coordinates that are there at first. */
const AXES = 6;

/** A chart of what suggests itself: the main metric, and params that differ among the runs. */
export function newChart(kind: AddedKind, id: string, dimensions: readonly Dimension[], metric: string): AddedChart {
  const params = dimensions.filter((it) => it.id.startsWith('params.') && it.distinct > 1);
  const [firstNumber] = params.filter(({ isNumeric }) => isNumeric);
  const by = params.toSorted((a, b) => a.distinct - b.distinct)[0]?.id ?? 'attributes.status';
  switch (kind) {
    case 'bar':
    case 'importance':
      return { id, kind, metric };
    case 'images':
      return { id, kind };
    case 'box':
      return { id, kind, metric, by };
    case 'scatter':
      return { id, kind, x: firstNumber?.id ?? params[0]?.id ?? 'attributes.start_time', y: `metrics.${metric}` };
    case 'parallel': {
      const axes = [...params.slice(0, AXES).map((param) => param.id), `metrics.${metric}`];
      return { id, kind, axes, color: `metrics.${metric}`, limits: {} };
    }
  }
}

export function titleOf(chart: AddedChart): string {
  switch (chart.kind) {
    case 'bar':
      return `${chart.metric} of each run`;
    case 'images':
      return 'Images';
    case 'importance':
      return `Importance of parameters for ${chart.metric}`;
    case 'box':
      return `${chart.metric} by ${keyOf(chart.by)}`;
    case 'scatter':
      return `${keyOf(chart.y)} over ${keyOf(chart.x)}`;
    case 'parallel':
      return `Parallel coordinates of ${keyOf(chart.color)}`;
  }
}

/** The id without its group. */
export function keyOf(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

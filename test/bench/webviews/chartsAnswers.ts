import { selectPoints, statisticsOf } from '../../../src/entities/metricSeries.ts';
import { answerWebview } from '../../../src/protocol/channel.ts';
import { CHARTS_CHECKS, type ChartsEvent, type ChartsRequests } from '../../../src/protocol/charts.ts';
import { listedRun } from '../../../src/views/charts/chartRun.ts';
import { dimensionsOf, valuesOf } from '../../../src/views/charts/dimensions.ts';
import { series } from '../../../src/views/charts/series.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { benchRun } from '../benchRun.ts';
import { answersPort } from './answersPort.ts';
import { curveValue } from './curveValue.ts';

const METRIC = 'metric0';

/** What happens to the runs: they are shown with so many points each, or one of them has logged a point more. */
export type ChartsCommand =
  | { readonly kind: 'make'; readonly runs: number; readonly points: number }
  | { readonly kind: 'show' }
  | { readonly kind: 'update'; readonly run: number };

// The extension's end of the charts, without VS Code and without a server: all points are there, and are thinned out as a
// server does.
let columns = new RunColumns();
let values: Float64Array[] = [];
let steps = new Float64Array();

const port = answersPort<ChartsCommand>((command) => {
  if (command.kind === 'make') make(command.runs, command.points);
  else if (command.kind === 'show') show();
  else update(command.run);
});

const send = answerWebview<ChartsRequests, ChartsEvent>(port, CHARTS_CHECKS, {
  ready: () => ({ experiment: { connectionId: 'bench', experimentId: '1' } }),
  retry: () => undefined,
  showLog: () => undefined,
  follow: () => undefined,
  readCurves: ({ metricKey, points, runs }) =>
    metricKey === METRIC
      ? runs.map(({ runId, steps: part }) => {
          const own = values[columns.slot(runId) ?? 0] ?? new Float64Array();
          const all = { steps: steps.subarray(0, own.length), timestamps: steps.subarray(0, own.length), values: own };
          const selected = selectPoints(all, { limit: points, steps: part });
          return { runId, series: series({ ...selected, statistics: statisticsOf(all) }) };
        })
      : [],
  readValues: (ids) => ({
    runIds: columns.order.map((slot) => columns.runId(slot)),
    values: ids.map((id) => valuesOf(columns, columns.order, id)),
  }),
  rankParams: () => [],
  saveCsv: () => undefined,
  saveImage: () => undefined,
  listImages: () => [],
  readImage: () => ({ note: '' }),
  pickDimensions: () => [],
  openRun: () => undefined,
});

function make(runs: number, points: number): void {
  columns = new RunColumns();
  columns.append(Array.from({ length: runs }, (_, at) => benchRun(at)));
  // Room for points that are logged later.
  steps = Float64Array.from({ length: points + 1_000 }, (_, at) => at);
  values = Array.from({ length: runs }, (_, run) =>
    Float64Array.from({ length: points }, (_, at) => curveValue(run, at)),
  );
  self.postMessage({ kind: 'made' });
}

function show(): void {
  send({
    kind: 'show',
    source: undefined,
    isFollowing: undefined,
    runs: columns.order.map((slot) => listedRun(columns, slot, METRIC)),
    mainMetric: METRIC,
    dimensions: dimensionsOf(columns).filter(({ id }) => !id.startsWith('metrics.') || id === `metrics.${METRIC}`),
    isReading: false,
  });
}

function update(run: number): void {
  const grown = values[run] ?? new Float64Array();
  const longer = new Float64Array(grown.length + 1);
  longer.set(grown);
  longer[grown.length] = curveValue(run, grown.length);
  values[run] = longer;
  const slot = columns.order[run] ?? 0;
  send({ kind: 'changed', runs: [listedRun(columns, slot, METRIC)] });
}

import { answerWebview } from '../../../src/protocol/channel.ts';
import {
  RUNS_TABLE_CHECKS,
  type RunsTableEvent,
  type RunsTableRequests,
  type ShownColumn,
} from '../../../src/protocol/runsTable.ts';
import { DEFAULT_VIEW } from '../../../src/views/runsTable/view.ts';
import { answersPort } from './answersPort.ts';
import { SILENT_TABLE } from './silentTable.ts';

/** A table of more rows and columns than there is room for: what stands in a cell is worked out of its place. */
export interface FormulaTable {
  readonly kind: 'show';
  readonly rows: number;
  /** Metrics beside the name, which is the row's number, counted from 0. */
  readonly metrics: number;
}

const NAME: ShownColumn = {
  id: 'attributes.run_name',
  key: 'attributes.run_name',
  label: 'Name',
  group: 'attributes',
  isNumber: false,
  isSortable: false,
};

let columns: readonly ShownColumn[] = [];

const port = answersPort<FormulaTable>(({ rows, metrics }) => {
  columns = [NAME, ...Array.from({ length: metrics }, (_, at) => metricColumn(at))];
  send({
    kind: 'show',
    columns,
    view: DEFAULT_VIEW,
    rows,
    total: rows,
    loaded: rows,
    isReading: false,
    nesting: 'none',
  });
});

const send = answerWebview<RunsTableRequests, RunsTableEvent>(port, RUNS_TABLE_CHECKS, {
  ready: () => ({ connectionId: 'many', experimentId: '1' }),
  ...SILENT_TABLE,
  setView: () => undefined,
  rows({ from, to, columns: keys, anchors }) {
    const numbers = Array.from({ length: to - from }, (_, at) => from + at);
    const heads = numbers.map(String).map((name) => {
      return { runId: `run-${name}`, name, status: 'FINISHED', isPinned: false, color: '#3b82d6', dash: [] };
    });
    const cells = keys.map((key) => {
      const metric = Number(key.slice(METRIC.length));
      const text = (row: number) =>
        key === NAME.key ? String(row) : String(((row * 7_919 + metric * 31) % 9_973) / 1e4);
      return [key, { texts: numbers.map(text), full: {} }];
    });
    const block = { from, heads, cells: Object.fromEntries(cells) };
    return { block, places: anchors.map((runId) => Number(runId.slice(4))) };
  },
});

const METRIC = 'metrics.m';

function metricColumn(at: number): ShownColumn {
  const id = `${METRIC}${at}`;
  return { id, key: id, label: `m${at}`, group: 'metrics', isNumber: true, isSortable: true };
}

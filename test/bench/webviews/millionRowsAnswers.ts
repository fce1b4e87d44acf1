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

// A table of more rows than a browser has room for: of each the name is its number, counted from 0.
const NAME: ShownColumn = {
  id: 'attributes.run_name',
  key: 'attributes.run_name',
  label: 'Name',
  group: 'attributes',
  isNumber: false,
  isSortable: false,
};

const port = answersPort<{ readonly kind: 'show'; readonly rows: number }>(({ rows }) => {
  send({
    kind: 'show',
    columns: [NAME],
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
  rows({ from, to, anchors }) {
    const numbers = Array.from({ length: to - from }, (_, at) => String(from + at));
    const heads = numbers.map((name) => {
      return { runId: `run-${name}`, name, status: 'FINISHED', isPinned: false, color: '#3b82d6', dash: [] };
    });
    const cells = { [NAME.key]: { texts: numbers, full: {} } };
    return { block: { from, heads, cells }, places: anchors.map((runId) => Number(runId.slice(4))) };
  },
});

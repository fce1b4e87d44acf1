import type { Handlers } from '../../../src/protocol/channel.ts';
import type { RunsTableRequests } from '../../../src/protocol/runsTable.ts';

/** What a measured table may ask and needs no answer to. */
export const SILENT_TABLE: Omit<Handlers<RunsTableRequests>, 'ready' | 'rows' | 'setView'> = {
  retry: () => undefined,
  showLog: () => undefined,
  allRunIds: () => [],
  runIds: () => [],
  gone: () => [],
  distribution: () => ({ bars: [], isNumber: false, missing: 0, others: 0 }),
  complete: () => ({ from: 0, items: [] }),
  chooseColumns: () => undefined,
  chooseGroup: () => undefined,
  chooseView: () => undefined,
  chooseExport: () => undefined,
  act: () => undefined,
  copyCell: () => undefined,
  copy: () => undefined,
  selected: () => undefined,
};

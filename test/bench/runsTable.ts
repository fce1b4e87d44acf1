import type { Run } from '../../src/entities/run.ts';
import { arrangeRows } from '../../src/views/runsTable/arrange.ts';
import { readBlock } from '../../src/views/runsTable/block.ts';
import { automaticColumns } from '../../src/views/runsTable/columns.ts';
import { RunColumns } from '../../src/views/runsTable/runColumns.ts';
import { DEFAULT_VIEW } from '../../src/views/runsTable/view.ts';
import type { Bench } from './bench.ts';
import { benchRun } from './benchRun.ts';
import { timed } from './samples.ts';

const ROUNDS = 30;
/** Runs of a page of the reader, and rows of a block of the page. */
const [PAGE, BLOCK] = [500, 100];
const PARENT_TAG = 'mlflow.parentRunId';
const NO_STATISTICS = { number: () => undefined, curve: () => undefined };

/** What the extension host does for a runs table, in the pieces between which the editor goes on. */
export async function measureRunsTable({ stores, report }: Bench): Promise<void> {
  const { runs: count } = stores.medium;
  const runs = Array.from({ length: count }, (_, number) => benchRun(number));
  const [pages, blocks, updates] = [[] as number[], [] as number[], [] as number[]];
  const columns = new RunColumns();
  for (let from = 0; from < count; from += PAGE) {
    const page = runs.slice(from, from + PAGE);
    pages.push(await timed(() => columns.append(page)));
  }
  const choices = automaticColumns(columns);
  for (let round = 0; round < ROUNDS; round++) {
    const from = Math.floor((round / ROUNDS) * (count - BLOCK));
    const request = { rows: columns.order, from, to: from + BLOCK, choices, pinnedRuns: [], now: Date.now() };
    blocks.push(await timed(() => readBlock(columns, NO_STATISTICS, request)));
    const run = benchRun(Math.floor((round / ROUNDS) * count), round);
    const sort = [{ id: 'metrics.metric3', descending: true }];
    updates.push(await timed(() => columns.update([run.info.runId], [run], sort, true)));
  }
  report('runsTable.page', { ours: pages });
  report('runsTable.block', { ours: blocks });
  report('runsTable.update', { ours: updates });
  report('runsTable.nest', { ours: await measureNesting(runs) });
}

/** A hundred open parents with all other runs below them. */
async function measureNesting(runs: readonly Run[]): Promise<number[]> {
  const parents = runs.slice(0, 100);
  const columns = new RunColumns();
  columns.append(parents);
  const children = runs.slice(100).map((run, at): Run => {
    const tags = new Map([[PARENT_TAG, parents[at % 100]?.info.runId ?? '']]);
    return { ...run, data: { ...run.data, tags } };
  });
  columns.append(children);
  const view = { ...DEFAULT_VIEW, openRuns: parents.map(({ info }) => info.runId) };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(() => arrangeRows(columns, view)));
  return times;
}

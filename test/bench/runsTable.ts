import type { Run } from '../../src/entities/run.ts';
import { readBlock } from '../../src/views/runsTable/block.ts';
import { automaticColumns } from '../../src/views/runsTable/columns.ts';
import { RunColumns } from '../../src/views/runsTable/runColumns.ts';
import type { Bench } from './bench.ts';
import { timed } from './samples.ts';

const ROUNDS = 30;
/** Runs of a page of the reader, and rows of a block of the page. */
const [PAGE, BLOCK] = [500, 100];
const NO_STATISTICS = { number: () => undefined, curve: () => undefined };

/** What the extension host does for a runs table, in the pieces between which the editor goes on. */
export async function measureRunsTable({ stores, report }: Bench): Promise<void> {
  const { runs: count } = stores.medium;
  const runs = Array.from({ length: count }, (_, number) => makeRun(number));
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
    const run = makeRun(Math.floor((round / ROUNDS) * count), round);
    const sort = [{ id: 'metrics.metric3', descending: true }];
    updates.push(await timed(() => columns.update([run.info.runId], [run], sort, true)));
  }
  report('runsTable.page', { ours: pages });
  report('runsTable.block', { ours: blocks });
  report('runsTable.update', { ours: updates });
}

function makeRun(number: number, round = 0): Run {
  const runId = number.toString(16).padStart(32, '0');
  const startTime = 1_700_000_000_000 - number * 1_000;
  const metrics = Array.from({ length: 10 }, (_, at) => {
    const value = ((number * 7_919 + at * 31 + round) % 10_007) / 10_007;
    return [`metric${at}`, { key: `metric${at}`, value, step: 0, timestamp: startTime }] as const;
  });
  return {
    info: {
      runId,
      runName: `run-${number}`,
      experimentId: '1',
      userId: 'bench',
      status: 'FINISHED',
      startTime,
      endTime: startTime + 60_000,
      artifactUri: `file:///store/1/${runId}/artifacts`,
      lifecycleStage: 'active',
    },
    data: {
      metrics: new Map(metrics),
      params: new Map(Array.from({ length: 5 }, (_, at) => [`param${at}`, String((number + at) % 10)])),
      tags: new Map([['mlflow.user', 'bench']]),
    },
    datasetInputs: [],
    modelInputs: [],
    modelOutputs: [],
  };
}

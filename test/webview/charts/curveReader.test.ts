import { describe, expect, test } from 'vitest';
import type { Host } from '../../../src/protocol/channel.ts';
import type { ChartRun, ChartsRequests, CurvesRequest } from '../../../src/protocol/charts.ts';
import { CurveReader } from '../../../webview/charts/curveReader.ts';

const TOTAL = 10_000;

function run(runId: string): ChartRun {
  return { runId, name: runId, status: 'RUNNING', startTime: 0, color: '', dash: [] };
}

/** The other end: every run has so many points of every metric, of which as many are sent as are asked for. */
function openReader() {
  const asked: CurvesRequest[] = [];
  let isAway = false;
  const answer = async (request: CurvesRequest) => {
    asked.push(request);
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (isAway) throw new Error('the server is away');
    return request.runs.map(({ runId, steps }) => {
      const from = steps?.from ?? 0;
      const count = Math.min(request.points, steps ? steps.to - from + 1 : TOTAL);
      const values = Float64Array.from({ length: count }, (_, at) => from + at);
      const statistics = { last: 1, min: 0, max: 1, lastStep: TOTAL - 1 };
      return { runId, series: { steps: values, times: values, values, total: TOTAL, statistics } };
    });
  };
  const host = { ask: (_: string, request: CurvesRequest) => answer(request) } as unknown as Host<ChartsRequests>;
  const read: string[] = [];
  const failures: string[] = [];
  const reader = new CurveReader(
    host,
    (key) => read.push(key),
    (message) => failures.push(message),
  );
  return {
    reader,
    asked,
    read,
    failures,
    setAway: (away: boolean) => {
      isAway = away;
    },
    /** Until nothing has been asked for a while. */
    async settle() {
      for (let before = -1; before !== asked.length; ) {
        before = asked.length;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    },
    runsOf: (request: CurvesRequest | undefined) => request?.runs.map(({ runId }) => runId),
  };
}

describe('curves are read', () => {
  test('of the runs that are drawn, for cards that can be seen, once', async () => {
    const { reader, asked, read, settle, runsOf } = openReader();
    // The card comes into view before its runs are known, in the same turn.
    reader.show('loss', 400);
    reader.setRuns(['a', 'b'].map(run));
    await settle();
    expect(asked).toHaveLength(1);
    expect(runsOf(asked[0])).toEqual(['a', 'b']);
    expect(read).toContain('loss');
    reader.setRuns(['a', 'b'].map(run));
    reader.hide('loss');
    reader.setRuns(['a', 'b', 'c'].map(run));
    await settle();
    expect(asked).toHaveLength(1);
    reader.show('loss', 400);
    await settle();
    expect(runsOf(asked[1])).toEqual(['c']);
  });

  test('again of a run that has gone on, and only of that', async () => {
    const { reader, asked, settle, runsOf } = openReader();
    reader.setRuns(['a', 'b'].map(run));
    reader.show('loss', 400);
    await settle();
    reader.changed(['b']);
    await settle();
    expect(asked.slice(1).map(runsOf)).toEqual([['b']]);
  });

  test('with fewer points each the more runs there are', async () => {
    const { reader, asked, settle } = openReader();
    reader.setRuns(Array.from({ length: 200 }, (_, at) => run(String(at))));
    reader.show('loss', 700);
    await settle();
    expect(asked[0]?.points).toBe(200);
  });

  test('with more points of the part that is looked at, which stays while it is read again', async () => {
    const { reader, asked, settle } = openReader();
    reader.setRuns(['a', 'b'].map(run));
    reader.show('loss', 400);
    await settle();
    reader.look('100 200', () => ({ min: 100, max: 200 }));
    await settle();
    expect(asked[1]?.runs.map(({ steps }) => steps)).toEqual([
      { from: 100, to: 200 },
      { from: 100, to: 200 },
    ]);
    expect(reader.get('loss').get('a')?.part?.steps).toHaveLength(101);
    reader.changed(['a']);
    await settle();
    expect(asked.slice(2).map(({ runs }) => runs.map(({ runId, steps }) => [runId, steps?.from]))).toEqual([
      [['a', undefined]],
      [['a', 100]],
    ]);
    expect(reader.get('loss').get('b')?.part?.steps).toHaveLength(101);
    reader.look('', () => undefined);
    await settle();
    expect(reader.get('loss').get('a')?.part).toBeUndefined();
  });

  test('later where the server was away: what was read stays', async () => {
    const { reader, setAway, failures, settle } = openReader();
    reader.setRuns([run('a')]);
    reader.show('loss', 400);
    await settle();
    setAway(true);
    reader.changed(['a']);
    await settle();
    expect(failures).toEqual(['the server is away']);
    expect(reader.get('loss').get('a')?.whole.total).toBe(TOTAL);
    setAway(false);
    reader.forgetAll();
    await settle();
    expect(failures).toHaveLength(1);
    expect(reader.get('loss').get('a')?.whole.total).toBe(TOTAL);
  });
});

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleSteps } from '../../src/server/sampleSteps.ts';
import { createRun, type FileServer, openFileServer } from './fileServer.ts';

const BULK = '/ajax-api/2.0/mlflow/metrics/get-history-bulk';
const INTERVAL = `${BULK}-interval`;

let server: FileServer;
let runId: string;
beforeEach(async () => {
  server = await openFileServer();
  runId = await createRun(server);
  const metrics = Array.from({ length: 30 }, (_, step) => ({
    key: 'loss',
    value: step / 10,
    timestamp: 99 - step,
    step,
  }));
  await server.post('runs/log-batch', { run_id: runId, metrics });
});
afterEach(() => server[Symbol.asyncDispose]());

const steps = (json: { metrics?: { step: number }[] }) => (json.metrics ?? []).map(({ step }) => step);

describe('the histories of many runs', () => {
  test('come by run and time, as many as are asked for', async () => {
    const other = await createRun(server);
    await server.post('runs/log-metric', { run_id: other, key: 'loss', value: 'NaN', timestamp: 5, step: 7 });
    const { json } = await server.get(`${BULK}?run_id=${other}&run_id=${runId}&metric_key=loss`);
    const byRun = Map.groupBy<string, { run_id: string }>(json.metrics, (point) => point.run_id);
    expect([...byRun.keys()]).toEqual([runId, other].sort());
    expect(byRun.get(other)).toEqual([
      expect.objectContaining({ key: 'loss', value: 'NaN', timestamp: 5, step: 7, run_id: other }),
    ]);
    expect(steps({ metrics: byRun.get(runId) as never })).toEqual(Array.from({ length: 30 }, (_, at) => 29 - at));
    expect((await server.get(`${BULK}?run_id=${runId}&metric_key=loss&max_results=3`)).json.metrics).toHaveLength(3);
    expect((await server.get(`${BULK}?run_id=${runId}&metric_key=nope`)).json.metrics).toEqual([]);
  });

  test.each([
    [`${BULK}?metric_key=loss`, 'must specify at least one run_id'],
    [`${BULK}?run_id=a`, 'must specify a metric_key'],
    [`${BULK}?metric_key=loss&${'run_id=a&'.repeat(101)}`, 'cannot specify more than 100 run_ids. Received 101'],
    [`${BULK}?run_id=a&metric_key=loss&max_results=-1`, "parameter 'max_results'"],
    [`${INTERVAL}?metric_key=loss`, "required parameter 'run_ids'"],
    [`${INTERVAL}?run_ids=a`, "required parameter 'metric_key'"],
    [`${INTERVAL}?metric_key=loss&${'run_ids=a&'.repeat(101)}`, 'must specify at most 100 run_ids. Received 101'],
    [`${INTERVAL}?run_ids=a&metric_key=loss&start_step=5`, 'both must be specified'],
    [`${INTERVAL}?run_ids=a&metric_key=loss&start_step=9&end_step=5`, 'end_step must be greater than start_step'],
    [`${INTERVAL}?run_ids=a&metric_key=loss&max_results=2501`, 'max_results must be between 1 and 2500.'],
    [`${INTERVAL}?run_ids=a&metric_key=loss&max_results=x`, "parameter 'max_results'"],
  ])('%s is refused', async (path, message) => {
    const { status, json } = await server.get(path);
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
  });

  test.each([
    ['', 30],
    ['&max_results=5', 6],
    ['&max_results=1', 2],
    ['&start_step=5&end_step=20', 16],
    ['&start_step=5&end_step=20&max_results=4', 5],
    ['&start_step=100&end_step=200', 0],
  ])('sampled with %j are %d points', async (query, count) => {
    const { json } = await server.get(`${INTERVAL}?run_ids=${runId}&metric_key=loss${query}`);
    expect(steps(json)).toHaveLength(count);
    expect(steps(json)).toEqual(steps(json).toSorted((a, b) => a - b));
  });

  test('many points of one step are thinned, the last one stays', async () => {
    const metrics = Array.from({ length: 50 }, (_, at) => ({ key: 'flat', value: at, timestamp: at, step: 0 }));
    await server.post('runs/log-batch', { run_id: runId, metrics });
    const { json } = await server.get(`${INTERVAL}?run_ids=${runId}&metric_key=flat&max_results=5`);
    expect(json.metrics.map(({ value }: { value: number }) => value)).toEqual([0, 12, 25, 37, 49]);
  });
});

describe('sampled steps', () => {
  const runs = fc.array(fc.array(fc.integer({ min: -50, max: 500 }), { maxLength: 80 }), { maxLength: 4 });

  test('exist, are about as many as asked for, and hold both ends of every run', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 40 }), (all, count) => {
        const sampled = sampleSteps(all, count);
        const existing = new Set(all.flat().filter((step) => step >= 0));
        expect([...sampled].every((step) => existing.has(Number(step)))).toBe(true);
        expect(sampled.size).toBeLessThanOrEqual(count + 1 + 2 * all.length);
        for (const steps of all) {
          const last = Math.max(...steps);
          if (steps.length > 0 && last >= 0) expect(sampled).toContain(last);
        }
      }),
    );
  });
});

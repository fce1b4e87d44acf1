import { expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import type { App } from '../../src/server/http.ts';
import { appFetch } from '../server/appFetch.ts';
import { createRun, type FileServer, openFileServer } from '../server/fileServer.ts';

/** What a server says that knows nothing of our additions. */
const page: App = async () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' });
const unknown: App = async () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: 'Not Found' });

function withoutWorkbench(server: FileServer, other: App): App {
  return (request) => (request.path.includes('mlflow-workbench') ? other(request) : server.app(request));
}

test('points to draw are the same from our server, thinned out there, and from any other', async () => {
  await using server = await openFileServer();
  const ours = connect('http://localhost', { fetch: server.fetch });
  const runId = await createRun(server);
  const metrics = Array.from({ length: 1_000 }, (_, step) => ({
    key: 'val/loss',
    value: step === 7 ? Number.NaN : Math.sin(step),
    timestamp: 5 + step,
    step,
  }));
  await ours.tracking.logBatch(runId, { metrics });
  const queries = [{ limit: 2_000 }, { limit: 60 }, { limit: 100, steps: { from: 3.5, to: 400.2 } }];
  for (const query of queries) {
    const series = await ours.getMetricSeries(runId, 'val/loss', query);
    expect(series.values.length).toBeLessThanOrEqual(query.limit);
    expect(series.statistics).toMatchObject({ count: 1_000, last: { step: 999 }, first: { step: 0, value: 0 } });
    for (const other of [page, unknown]) {
      const client = connect('http://localhost', { fetch: appFetch(withoutWorkbench(server, other)) });
      expect(await client.getMetricSeries(runId, 'val/loss', query)).toEqual(series);
    }
  }
  expect((await ours.getMetricSeries(runId, 'none', { limit: 10 })).statistics.count).toBe(0);
  await expect(ours.getMetricSeries('0'.repeat(32), 'm', { limit: 10 })).rejects.toMatchObject({
    code: 'RESOURCE_DOES_NOT_EXIST',
  });
});

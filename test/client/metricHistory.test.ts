import { expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import type { App } from '../../src/server/http.ts';
import { appFetch } from '../server/appFetch.ts';
import { openFileServer } from '../server/fileServer.ts';

test('a history is whole also where the server pages unasked', async () => {
  await using server = await openFileServer();
  const paging: App = (request) => {
    const query = new URLSearchParams(request.query);
    if (request.path.endsWith('/get-history') && !query.has('max_results')) query.set('max_results', '7');
    return server.app({
      ...request,
      query,
    });
  };
  const { tracking } = connect('http://localhost', { fetch: appFetch(paging) });
  const { info } = await tracking.createRun({ experimentId: '0' });
  const metrics = Array.from({ length: 50 }, (_, step) => ({ key: 'm', value: step, timestamp: step, step }));
  await tracking.logBatch(info.runId, { metrics });
  expect((await tracking.getMetricHistory(info.runId, 'm')).items.map(({ step }) => step)).toEqual(
    metrics.map(({ step }) => step),
  );
  expect((await tracking.getMetricHistory(info.runId, 'm', { maxResults: 10 })).items).toHaveLength(10);
});

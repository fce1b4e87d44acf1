import { expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';

/** A server that answers everything alike. */
function answering(status: number, body: string, type = 'text/html') {
  const answer = async () => new Response(body, { status, headers: { 'content-type': type } });
  return connect('http://localhost', { fetch: answer }).tracking;
}

const UNKNOWN = { name: 'MlflowError', code: 'NOT_IMPLEMENTED' };

test.each([
  ['a page that there is no such thing', 404, '<!doctype html><title>404 Not Found</title>'],
  ['a page that the method is not allowed', 405, '<!doctype html><title>405 Method Not Allowed</title>'],
  ['a page for whatever one asks', 200, '<!doctype html><div id="root"></div>'],
  ['an empty message', 200, '{}'],
  ['an error of Databricks', 404, '{"error_code": "ENDPOINT_NOT_FOUND", "message": "No API found"}'],
])('a server that answers with %s cannot be asked', async (_, status, body) => {
  const tracking = answering(status, body);
  await expect(tracking.measureRuns(['a'])).rejects.toMatchObject(UNKNOWN);
  await expect(tracking.measureExperiment('1')).rejects.toMatchObject(UNKNOWN);
  await expect(tracking.purgeRun('a')).rejects.toMatchObject(UNKNOWN);
  await expect(tracking.purgeExperiment('1')).rejects.toMatchObject(UNKNOWN);
});

test('a run that is not there is told as such', async () => {
  const body = JSON.stringify({ error_code: 'RESOURCE_DOES_NOT_EXIST', message: "Run 'a' not found" });
  await expect(answering(404, body).purgeRun('a')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
});

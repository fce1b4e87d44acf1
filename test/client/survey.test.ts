import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareSurveys, takeSurvey } from '../../src/client/survey.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
});
afterEach(() => server[Symbol.asyncDispose]());

/** What two looks tell of what happened between them. */
async function changesOf(work: () => Promise<unknown>) {
  const { tracking, registry } = server.parts;
  const before = await takeSurvey(tracking, registry);
  await work();
  return compareSurveys(before, await takeSurvey(tracking, registry));
}

test('nothing happened, nothing changed', async () => {
  expect(await changesOf(async () => undefined)).toEqual([]);
});

test('what a run logs changes the run only', async () => {
  const { tracking } = server.parts;
  const { info } = await tracking.createRun({ experimentId: '0' });
  const run = { kind: 'run', experimentId: '0', runId: info.runId };
  const metric = { key: 'm', value: 1, timestamp: 1, step: 0 };
  expect(await changesOf(() => tracking.logBatch(info.runId, { metrics: [metric] }))).toEqual([run]);
  expect(await changesOf(() => tracking.logBatch(info.runId, { params: [{ key: 'p', value: '1' }] }))).toEqual([run]);
  expect(await changesOf(() => tracking.logBatch(info.runId, { tags: [{ key: 't', value: '1' }] }))).toEqual([run]);
  expect(await changesOf(() => tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1 }))).toEqual([run]);
});

test('what appears and what vanishes changed', async () => {
  const { tracking, registry } = server.parts;
  const experimentId = await tracking.createExperiment({ name: 'a' });
  expect(await changesOf(() => tracking.deleteExperiment(experimentId))).toEqual([
    { kind: 'experiment', experimentId },
  ]);
  expect(await changesOf(() => registry.createRegisteredModel({ name: 'M' }))).toEqual([
    { kind: 'registeredModel', name: 'M' },
  ]);
  expect(await changesOf(() => registry.deleteRegisteredModel('M'))).toEqual([{ kind: 'registeredModel', name: 'M' }]);
});

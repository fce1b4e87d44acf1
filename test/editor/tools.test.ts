import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type MlflowClient } from '../../src/client/connect.ts';
import type { Connections } from '../../src/vscode/services/connections.ts';
import { TOOLS } from '../../src/vscode/tools/tools.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

let server: FileServer;
let client: MlflowClient;
let connections: Connections;

beforeAll(async () => {
  server = await openFileServer();
  client = connect('http://127.0.0.1:1', { fetch: server.fetch });
  const connection = { ...client, id: 'a', label: 'a' };
  connections = {
    all: () => [connection],
    get: (id) => (id === 'a' ? connection : undefined),
    onDidChange: () => ({ dispose: () => undefined }),
  };
  const experimentId = await client.tracking.createExperiment({ name: 'wine' });
  for (const [at, status] of (['FINISHED', 'FINISHED', 'FAILED'] as const).entries()) {
    const startTime = Date.UTC(2026, 10, 20 + at);
    const { info } = await client.tracking.createRun({ experimentId, userId: 'ada', runName: `run ${at}`, startTime });
    const points = [1, 0.5 / (at + 1), at === 2 ? Number.NaN : 0.7].map((value, step) => {
      return { key: 'val_loss', value, step, timestamp: startTime + step };
    });
    const params = [
      { key: 'alpha', value: `0.${at}` },
      { key: 'same', value: 'a | b' },
    ];
    await client.tracking.logBatch(info.runId, { metrics: points, params });
    await client.tracking.updateRun(info.runId, { status, endTime: startTime + 61_000 });
    async function* output() {
      yield Buffer.from(`${'x'.repeat(10_000)}\nValueError: loss is not finite\n`);
    }
    if (status === 'FAILED') await client.artifacts.open(info.artifactUri).write('output.log', output());
  }
});

afterAll(async () => {
  client.dispose();
  await server[Symbol.asyncDispose]();
});

const ask = (tool: string, input: Readonly<Record<string, unknown>>) => TOOLS[tool]?.(connections, input);

describe('searching runs', () => {
  test('tells of the newest first, with what differs', async () => {
    const told = await ask('mlflow_search_runs', {});
    expect(told?.split('\n')[0]).toBe('| run | id | status | started | duration | param alpha | val_loss |');
    expect(told).toMatch(
      /\| run 2 \| [0-9a-f]{32} \| FAILED \| 2026-11-22T00:00:00\.000Z \| 1 min 1 s \| 0\.2 \| NaN \|/,
    );
    expect(told).not.toContain('param same');
  });

  test('takes a filter, an experiment, an order and a number', async () => {
    const names = async (input: Readonly<Record<string, unknown>>) =>
      (await ask('mlflow_search_runs', input))?.match(/run \d/g)?.join();
    expect(await names({ filter: "params.alpha != '0.1' and attributes.status = 'FINISHED'" })).toBe('run 0');
    expect(await names({ experiment: 'wine', orderBy: 'params.alpha ASC', maxResults: 2 })).toBe('run 0,run 1');
    expect(await ask('mlflow_search_runs', { experiment: 'gone' })).toContain('no such runs');
    await expect(ask('mlflow_search_runs', { filter: 'metrics.x ~ 1' })).rejects.toThrow();
  });
});

test('comparing takes names, ids and their beginnings', async () => {
  const [, id = ''] = /([0-9a-f]{32})/.exec((await ask('mlflow_compare_runs', { runs: ['run 1'] })) ?? '') ?? [];
  const told = await ask('mlflow_compare_runs', { runs: ['run 0', id, id.slice(0, 10)] });
  expect(told?.match(/run \d/g)).toEqual(['run 0', 'run 1', 'run 1']);
  await expect(ask('mlflow_compare_runs', { runs: ["o'hara"] })).rejects.toThrow("There is no run 'o'hara'");
  // What is left of a name without its other letters is no beginning of an id.
  const odd = `zz ${id.slice(0, 8)}`;
  await expect(ask('mlflow_compare_runs', { runs: [odd] })).rejects.toThrow(`There is no run '${odd}'`);
});

test('statistics of a metric name the best value and the course', async () => {
  const told = await ask('mlflow_metric_statistics', { metric: 'val_loss', runs: ['run 0', 'run 1'] });
  expect(told).toContain('best (lowest)');
  expect(told).toContain('| run 0 | 3 | 1 at step 0 | 0.7 at step 2 | 0.5 at step 1 | 1 at step 0 | 0.5 at step 1 |');
  expect(told).toContain('- run 1: 0: 1, 1: 0.25, 2: 0.7');
  expect(await ask('mlflow_metric_statistics', { metric: 'gone', runs: ['run 0'] })).toContain("has logged 'gone'");
});

test('a failed run is told with what stands out and the end of its output', async () => {
  const told = (await ask('mlflow_explain_run', {})) ?? '';
  expect(told).toContain('# Run run 2');
  expect(told).toContain('no finite number: val_loss');
  expect(told).toContain('ValueError: loss is not finite');
  expect(told.length).toBeLessThan(6_000);
  expect(await ask('mlflow_explain_run', { run: 'run 0' })).not.toContain('What stands out');
});

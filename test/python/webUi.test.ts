import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { type ServerProcess, startServer } from '../support/serverProcess.ts';
import { launchChromium } from '../vscode/driver/chromium.ts';
import { hasPython, MLFLOW_VERSIONS, mlflowPython } from './environments.ts';

const TRACE = `tr-${'1'.repeat(32)}`;
const SPANS = {
  spans: [
    {
      trace_id: 'ERERERERERERERERERERER==',
      span_id: 'vNhp96dTEC8=',
      parent_span_id: null,
      name: 'predict',
      start_time_unix_nano: 1_795_473_180_549_726_506n.toString(),
      end_time_unix_nano: 1_795_473_180_550_125_812n.toString(),
      events: [],
      status: { code: 'STATUS_CODE_OK', message: '' },
      attributes: { 'mlflow.traceRequestId': `"${TRACE}"`, 'mlflow.spanInputs': '{"q": 1}', 'mlflow.spanOutputs': '2' },
    },
  ],
};
/** What the pages of MLflow 3 ask of databases, users and assistants; they live without. */
const DISPENSABLE = /\/(?:users\/current|assistant\/\w+|datasets\/search|traces\/metrics)$/;

interface Recorded {
  readonly experimentId: string;
  readonly runIds: readonly string[];
}

async function record(url: string): Promise<Recorded> {
  const { tracking, registry, artifacts } = connect(url);
  const experimentId = await tracking.createExperiment({ name: 'in the browser' });
  const runIds: string[] = [];
  for (const runName of ['alpha run', 'beta run']) {
    const { info } = await tracking.createRun({ experimentId, runName, startTime: Date.now() });
    runIds.push(info.runId);
    const points = Array.from({ length: 50 }, (_, step) => ({
      key: 'loss',
      value: 1 / (step + 1),
      timestamp: step,
      step,
    }));
    await tracking.logBatch(info.runId, { metrics: points, params: [{ key: 'lr', value: '0.125' }] });
    await write(artifacts.open(info.artifactUri), 'hello.txt', 'hello artifact');
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: Date.now() });
  }
  const [runId = ''] = runIds;
  const source = (await tracking.getRun(runId)).info.artifactUri;
  await registry.createRegisteredModel({ name: 'shop model' });
  await registry.createModelVersion({ name: 'shop model', source, runId });
  await tracking.startTrace({
    traceId: TRACE,
    experimentId,
    requestTime: Date.now(),
    executionDuration: 120,
    state: 'OK',
    requestPreview: '{"q": 1}',
    responsePreview: '2',
    tags: new Map([['mlflow.traceName', 'predict']]),
    metadata: new Map([
      ['mlflow.trace_schema.version', '3'],
      ['mlflow.traceInputs', '{"q": 1}'],
    ]),
  });
  const spans = (await tracking.getTrace(TRACE)).tags.get('mlflow.artifactLocation') ?? '';
  await write(artifacts.open(spans), 'traces.json', JSON.stringify(SPANS));
  return { experimentId, runIds };
}

async function write(
  repository: { write(path: string, content: AsyncIterable<Uint8Array>): Promise<void> },
  file: string,
  text: string,
) {
  async function* content() {
    yield Buffer.from(text);
  }
  await repository.write(file, content());
}

/** MLflow's own web UI, of both versions, on our server, in a real browser. */
describe.runIf(hasPython()).each(MLFLOW_VERSIONS)('the web UI of MLflow %s', (version) => {
  let folder: string;
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let recorded: Recorded;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-ui-'));
    const environment = { VIRTUAL_ENV: path.dirname(path.dirname(mlflowPython(version))) };
    server = await startServer(path.join(folder, 'store'), [], environment, 'ui');
    recorded = await record(server.url);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1500, height: 900 }, locale: 'en-US' });
    page.on('response', (response) => {
      const request = `${response.request().method()} ${new URL(response.url()).pathname}`;
      if (response.status() >= 400 && !DISPENSABLE.test(request)) complaints.push(`${response.status()} ${request}`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
    });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function open(place: string, ...texts: string[]): Promise<void> {
    await page.goto(`${server.url}/#${place}`);
    for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 20_000 });
    const pictures = process.env.SCREENSHOTS;
    const name = `web-ui-${version}-${place.replaceAll(/\W+/g, '-').slice(0, 40)}.png`;
    if (pictures) await page.screenshot({ path: path.join(pictures, name) });
  }

  test('says where it comes from', () => {
    expect(server.output()).toContain(`MLflow's web UI: ${server.url}/`);
  });

  test('shows experiments, runs, curves, artifacts, models and traces', async () => {
    const { experimentId, runIds } = recorded;
    const experiment = `/experiments/${experimentId}`;
    // MLflow 2 has its list of experiments on the first page.
    await open(version === '2.22.5' ? '/' : '/experiments', 'in the browser');
    await open(`${experiment}/runs`, 'alpha run', 'beta run');
    await open(`${experiment}/runs/${runIds[0]}`, 'alpha run', '0.125', 'shop model');
    await open(`${experiment}/runs/${runIds[0]}/model-metrics`, 'loss');
    await page.locator('.js-plotly-plot .lines path').first().waitFor({ timeout: 30_000, state: 'attached' });
    await open(`${experiment}/runs/${runIds[0]}/artifacts`, 'hello.txt');
    await page.getByText('hello.txt').first().click();
    await page.getByText('hello artifact').first().waitFor({ timeout: 30_000 });
    await open('/models', 'shop model');
    if (version === '3.17.2') await open(`${experiment}/traces?selectedEvaluationId=${TRACE}`, 'Inputs / Outputs');
    else await open(`${experiment}?compareRunsMode=TRACES`, '120ms');
    expect(complaints).toEqual([]);
  });
});

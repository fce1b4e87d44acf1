import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type FileServer, openFileServer } from './fileServer.ts';

const V3 = '/api/3.0/mlflow/traces';
const ID = 'tr-00000000000000000000000000000001';
const LOCATION = { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '0' } };

let server: FileServer;
beforeEach(async () => {
  server = await openFileServer();
});
afterEach(() => server[Symbol.asyncDispose]());

function start(info: object = {}): Promise<Answer> {
  const trace_info = {
    trace_id: ID,
    trace_location: LOCATION,
    request_time: '2026-11-23T08:49:35.631Z',
    execution_duration: '0.5s',
    state: 'OK',
    request_preview: '{}',
    response_preview: 'é',
    trace_metadata: { 'mlflow.sourceRun': 'abc' },
    tags: { 'mlflow.traceName': 'f' },
    ...info,
  };
  return server.post(V3, { trace: { trace_info } });
}

const STORED = {
  trace_id: ID,
  trace_location: LOCATION,
  request_time: '2026-11-23T08:49:35.631Z',
  execution_duration: '0.500s',
  state: 'OK',
  request_preview: '{}',
  response_preview: 'é',
  trace_metadata: { 'mlflow.sourceRun': 'abc' },
  tags: { 'mlflow.traceName': 'f', 'mlflow.artifactLocation': `mlflow-artifacts:/0/traces/${ID}/artifacts` },
};

describe('the traces of MLflow 3', () => {
  test('are answered in its shape', async () => {
    const { status, json } = await start();
    expect([status, json]).toEqual([200, { trace: { trace_info: STORED } }]);
    expect((await server.get(`${V3}/${ID}`)).json).toEqual({ trace: { trace_info: STORED } });
    expect((await server.post(`${V3}/search`, { locations: [LOCATION] })).json).toEqual({ traces: [STORED] });
    expect((await server.get(`traces/${ID}/info`)).json.trace_info).toEqual({
      request_id: ID,
      experiment_id: '0',
      timestamp_ms: 1_795_423_775_631,
      execution_time_ms: 500,
      status: 'OK',
      request_metadata: [{ key: 'mlflow.sourceRun', value: 'abc' }],
      tags: expect.arrayContaining([{ key: 'mlflow.traceName', value: 'f' }]),
    });
  });

  test.each([
    [{ trace_id: undefined }, "Missing value for required parameter 'trace.trace_info.trace_id'"],
    [{ trace_id: '../../evil' }, "for parameter 'trace_id' supplied"],
    [{ trace_location: undefined }, "required parameter 'trace.trace_info.trace_location'"],
    [
      { trace_location: { type: 'INFERENCE_TABLE', inference_table: { full_table_name: 'a.b' } } },
      "required parameter 'trace.trace_info.trace_location.mlflow_experiment'",
    ],
    [{ request_time: 'yesterday' }, 'Invalid value "yesterday" for parameter \'trace.trace_info.request_time\''],
    [{ request_time: 5 }, "Invalid value 5 for parameter 'trace.trace_info.request_time'"],
    [{ execution_duration: '1.5' }, "for parameter 'trace.trace_info.execution_duration'"],
    [{ tags: { a: 5 } }, "Invalid value 5 for parameter 'trace.trace_info.tags.a'"],
    [{ tags: { '../x': '' } }, 'Names may be treated as files'],
    [{ tags: [] }, "for parameter 'trace.trace_info.tags'"],
  ])('%j is refused and leaves nothing', async (info, message) => {
    const { status, json } = await start(info);
    expect([status, json.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(json.message).toContain(message);
    expect(fs.existsSync(path.join(server.store, '0', 'traces'))).toBe(false);
  });

  test('of no experiment are missing', async () => {
    const location = { ...LOCATION, mlflow_experiment: { experiment_id: '77' } };
    const { status, json } = await start({ trace_location: location });
    expect([status, json.message]).toEqual([404, 'Experiment 77 does not exist.']);
    const found = await server.get(`${V3}/${ID}`);
    expect([found.status, found.json.message]).toEqual([404, `Trace with ID '${ID}' not found`]);
  });

  test('in a search need a place and a page that is not too large', async () => {
    expect((await server.post(`${V3}/search`, {})).json.message).toContain("parameter 'locations'");
    expect((await server.post(`${V3}/search`, { locations: [LOCATION], max_results: 501 })).status).toBe(400);
  });

  test('have long values cut in messages, not on disk', async () => {
    const long = 'x'.repeat(5_000);
    const { json } = await start({ tags: { long }, trace_metadata: { long } });
    expect(json.trace.trace_info.tags.long).toHaveLength(4_096);
    expect(json.trace.trace_info.trace_metadata.long).toHaveLength(250);
    expect((await server.parts.tracking.getTrace(ID)).tags.get('long')).toBe(long);
  });

  test('their spans are a file of theirs', async () => {
    await start();
    const artifact = `/ajax-api/3.0/mlflow/get-trace-artifact?request_id=${ID}`;
    expect((await server.get(artifact)).status).toBe(404);
    const spans = '{"spans": []}';
    await server.fetch(`http://localhost/api/2.0/mlflow-artifacts/artifacts/0/traces/${ID}/artifacts/traces.json`, {
      method: 'PUT',
      body: spans,
    });
    const answer = await server.get(artifact);
    expect([answer.status, answer.text]).toEqual([200, spans]);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect((await server.get(`${artifact}&path=../traces.json`)).status).toBe(400);
    expect((await server.get(`${artifact}&path=a.png`)).status).toBe(404);
  });

  test.each([
    [{}, "Missing value for required parameter 'experiment_id'"],
    [{ experiment_id: '0' }, 'Either `max_timestamp_millis` or `trace_ids` must be specified.'],
    [{ experiment_id: '0', max_timestamp_millis: 5, request_ids: ['x'] }, 'Only one of'],
    [{ experiment_id: '0', max_timestamp_millis: 5, max_traces: 0 }, '`max_traces` must be a positive integer'],
    [{ experiment_id: '0', max_traces: 3, request_ids: ['x'] }, "`max_traces` can't be specified"],
  ])('are not deleted by %j', async (body, message) => {
    await start();
    const { status, json } = await server.post(`${V3}/delete-traces`, body);
    expect([status, json.message]).toEqual([400, expect.stringContaining(message)]);
    expect((await server.get(`${V3}/${ID}`)).status).toBe(200);
  });
});

describe('an assessment', () => {
  const assess = (assessment: object) =>
    server.post(`${V3}/${ID}/assessments`, {
      assessment: { assessment_name: 'good', source: { source_type: 'HUMAN', source_id: 'me' }, ...assessment },
    });

  test('is answered in MLflow’s shape', async () => {
    await start();
    const { json } = await assess({ feedback: { value: true }, rationale: 'r', metadata: { m: '1' } });
    const expected = {
      assessment_id: expect.stringMatching(/^a-[0-9a-f]{32}$/),
      assessment_name: 'good',
      trace_id: ID,
      source: { source_type: 'HUMAN', source_id: 'me' },
      create_time: expect.stringMatching(/^20.*Z$/),
      last_update_time: expect.stringMatching(/^20.*Z$/),
      feedback: { value: true },
      rationale: 'r',
      metadata: { m: '1' },
      valid: true,
    };
    expect(json).toEqual({ assessment: expected });
    expect((await server.get(`${V3}/${ID}`)).json.trace.trace_info.assessments).toEqual([expected]);
  });

  test.each([
    [{}, 'Unknown assessment type: None'],
    [{ expectation: {} }, 'The `value` field must be specified.'],
    [{ expectation: { serialized_value: { value: '{' } } }, 'not valid JSON'],
    [{ feedback: 5 }, "for parameter 'assessment.feedback'"],
    [{ feedback: { value: 1 }, metadata: { a: 1 } }, "for parameter 'assessment.metadata.a'"],
  ])('%j is refused', async (assessment, message) => {
    await start();
    const { status, json } = await assess(assessment);
    expect([status, json.message]).toEqual([400, expect.stringContaining(message)]);
  });

  test('what protobuf does not know is unspecified', async () => {
    await start();
    const { json } = await assess({ source: { source_type: 'FOO' }, feedback: { value: 1 } });
    expect(json.assessment.source).toEqual({ source_type: 'SOURCE_TYPE_UNSPECIFIED' });
  });

  test('is updated by a mask', async () => {
    await start();
    const { assessment } = (await assess({ feedback: { value: 1 } })).json;
    const url = `${V3}/${ID}/assessments/${assessment.assessment_id}`;
    const update = async (body: object) => (await server.call('PATCH', url, body)).json;
    expect(
      (await update({ assessment: { feedback: { value: 2 } }, update_mask: 'feedback' })).assessment,
    ).toMatchObject({
      feedback: { value: 2 },
      assessment_name: 'good',
    });
    const renamed = await update({ assessment: { assessment_name: 'n' }, update_mask: 'assessmentName, rationale' });
    expect(renamed.assessment).toMatchObject({ assessment_name: 'n', rationale: '' });
    expect((await update({ assessment: {} })).message).toContain("parameter 'update_mask'");
    const both = { assessment: { feedback: {}, expectation: { value: 1 } }, update_mask: 'feedback,expectation' };
    expect((await update(both)).message).toContain('Cannot specify both');
    const other = await update({ assessment: { expectation: { value: 1 } }, update_mask: 'expectation' });
    expect(other.message).toBe('Cannot update expectation value on a Feedback assessment.');
  });
});

describe('the traces of MLflow 2', () => {
  test('begin, end, and are found', async () => {
    const begun = await server.post('traces', {
      experiment_id: '0',
      timestamp_ms: 123,
      request_metadata: [{ key: 'mlflow.traceInputs', value: '{}' }],
      tags: [{ key: 'mlflow.traceName', value: 'v2' }],
    });
    const id = begun.json.trace_info.request_id;
    expect(begun.json.trace_info).toEqual({
      request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      experiment_id: '0',
      timestamp_ms: 123,
      execution_time_ms: 0,
      status: 'IN_PROGRESS',
      request_metadata: [{ key: 'mlflow.traceInputs', value: '{}' }],
      tags: [
        { key: 'mlflow.traceName', value: 'v2' },
        { key: 'mlflow.artifactLocation', value: `mlflow-artifacts:/0/traces/${id}/artifacts` },
      ],
    });
    const ended = await server.call('PATCH', `traces/${id}`, {
      timestamp_ms: 456,
      status: 'OK',
      request_metadata: [{ key: 'a', value: 'b' }],
      tags: [{ key: 't', value: 'u' }],
    });
    expect(ended.json.trace_info).toMatchObject({ execution_time_ms: 333, status: 'OK' });
    const found = await server.get(`traces?experiment_ids=0&filter=${encodeURIComponent("tags.t = 'u'")}`);
    expect(found.json.traces).toEqual([(await server.get(`traces/${id}/info`)).json.trace_info]);
    expect((await server.call('PATCH', `traces/${id}/tags`, { key: 't' })).status).toBe(200);
    expect((await server.call('DELETE', `traces/${id}/tags`, { key: 't' })).status).toBe(200);
    const again = await server.call('DELETE', `traces/${id}/tags`, { key: 't' });
    expect([again.status, again.json.message]).toEqual([404, `No tag with name: t in trace with ID ${id}.`]);
    expect(fs.readFileSync(path.join(server.store, '0/traces', id, 'trace_info.yaml'), 'utf8')).toBe(
      `assessments: []\nexecution_time_ms: 333\nexperiment_id: '0'\nrequest_id: '${id}'\nstatus: 'OK'\ntimestamp_ms: 123\n`,
    );
  });

  test('each version has its own paths', async () => {
    expect((await server.post('traces', { trace: {} })).json.message).toBe("Invalid experiment ID: ''");
    expect((await server.post(V3, { experiment_id: '0' })).json.message).toContain("parameter 'trace'");
    expect((await server.get('/api/3.0/mlflow/traces?experiment_ids=0')).status).toBe(405);
    expect((await server.get('traces')).json.message).toContain("parameter 'experiment_ids'");
  });
});

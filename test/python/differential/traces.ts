import { Script, type Step } from './step.ts';

const V3 = '/api/3.0/mlflow/traces';
const ID = `tr-${'0'.repeat(31)}1`;
const SECOND = `tr-${'0'.repeat(31)}2`;

/** Traces of both versions of the API, and their assessments. */
export function traceScript(): readonly Step[] {
  const s = new Script();
  s.post('experiments/create', { name: 'of the traces' }, { capture: { texp: 'experiment_id' } });
  olderTraces(s);
  const newer = new Script({ since: 3 });
  newerTraces(newer);
  assessments(newer);
  deletion(newer);
  return [...s.steps, ...newer.steps];
}

function olderTraces(s: Script): void {
  const trace = {
    experiment_id: '$texp',
    timestamp_ms: 123,
    request_metadata: [{ key: 'mlflow.traceInputs', value: '{}' }],
    tags: [{ key: 'mlflow.traceName', value: 'v2' }],
  };
  s.post('traces', trace, { capture: { old: 'trace_info.request_id' } });
  s.get('traces/$old/info');
  s.call('PATCH', 'traces/$old', {
    timestamp_ms: 456,
    status: 'OK',
    request_metadata: [{ key: 'a', value: 'b' }],
    tags: [{ key: 't', value: 'u' }],
  });
  s.call('PATCH', 'traces/none', { timestamp_ms: 1, status: 'OK' });
  s.post('traces', {});
  s.post('traces', { experiment_id: '4711', timestamp_ms: 1 });
  s.post('traces', { experiment_id: '$texp', timestamp_ms: 'x' });
  s.get('traces/$old/info');
  s.get('traces/none/info');
  s.get('traces?experiment_ids=$texp');
  s.get('traces');
  s.get(`traces?experiment_ids=$texp&filter=${encodeURIComponent("tags.t = 'u'")}`);
  s.get(`traces?experiment_ids=$texp&filter=${encodeURIComponent("status = 'ERROR'")}`);
  s.get(`traces?experiment_ids=$texp&filter=${encodeURIComponent("nope = 'ERROR'")}`);
  s.get('traces?experiment_ids=$texp&max_results=501');
  s.get('traces?experiment_ids=$texp&order_by=nope');
  s.call('PATCH', 'traces/$old/tags', { key: 'a', value: 'b' });
  s.call('DELETE', 'traces/$old/tags', { key: 'a' });
  s.call('DELETE', 'traces/$old/tags', { key: 'a' });
  s.call('PATCH', 'traces/none/tags', { key: 'a', value: 'b' });
  s.post('traces/delete-traces', { experiment_id: '$texp' });
  s.post('traces/delete-traces', { experiment_id: '$texp', max_timestamp_millis: 5 });
}

function newerTraces(s: Script): void {
  const start = (more: object) =>
    s.post(V3, {
      trace: {
        trace_info: {
          trace_id: ID,
          trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '$texp' } },
          request_time: '2026-11-23T08:49:35.631Z',
          execution_duration: '0.5s',
          state: 'OK',
          request_preview: '{}',
          response_preview: 'é',
          trace_metadata: { 'mlflow.sourceRun': 'abc' },
          tags: { 'mlflow.traceName': 'f', k: 'v' },
          ...more,
        },
      },
    });
  start({});
  start({ trace_id: SECOND, state: 'IN_PROGRESS', execution_duration: undefined, client_request_id: 'cr' });
  start({ trace_id: 'tr-4', state: 'FOO' });
  start({
    trace_id: 'tr-9',
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '4711' } },
  });
  s.post(V3, {});
  s.get(`${V3}/${ID}`);
  s.get(`${V3}/${SECOND}`);
  s.get(`${V3}/none`);
  s.get(`traces/${ID}/info`);
  s.get(`${V3}/get?trace_id=${ID}`);
  s.post(`${V3}/batchGetInfos`, { trace_ids: [ID] });
  s.get(`/ajax-api/3.0/mlflow/get-trace-artifact?request_id=${ID}`);
  const search = (body: object) =>
    s.post(`${V3}/search`, {
      locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '$texp' } }],
      ...body,
    });
  search({});
  search({ max_results: 1 });
  search({ max_results: 501 });
  search({ locations: undefined });
  search({ filter: "status = 'OK'", order_by: ['timestamp_ms ASC'] });
  search({ filter: "nope = 'a'" });
  search({ filter: "span.name = 'x'" });
  search({ filter: "feedback.x = 'x'" });
  search({ filter: "trace.run_id = 'abc'" });
  search({ filter: 'execution_time_ms > 100' });
  search({ order_by: ['tag.x'] });
  search({ order_by: ['name'] });
  search({ locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '4711' } }] });
  s.call('PATCH', `${V3}/${ID}/tags`, { key: 'new', value: '1' });
  s.call('PATCH', `${V3}/${ID}/tags`, { value: '1' });
  s.call('PATCH', `${V3}/none/tags`, { key: 'new', value: '1' });
  s.call('DELETE', `${V3}/${ID}/tags`, { key: 'new' });
  s.call('DELETE', `${V3}/${ID}/tags`, { key: 'new' });
}

function assessments(s: Script): void {
  const url = `${V3}/${ID}/assessments`;
  const create = (more: object, capture?: Record<string, string>) =>
    s.post(
      url,
      {
        assessment: {
          assessment_name: 'good',
          trace_id: ID,
          source: { source_type: 'HUMAN', source_id: 'me' },
          ...more,
        },
      },
      capture && { capture },
    );
  create(
    { feedback: { value: true }, rationale: 'r', metadata: { m: '1' }, span_id: 'abcd' },
    { first: 'assessment.assessment_id' },
  );
  create({ feedback: { value: 3, error: { error_code: 'E', error_message: 'm', stack_trace: 's' } } });
  create({ feedback: { value: { a: [1, 2.5, null] } } });
  create({ feedback: {} });
  create({ feedback: { value: false }, overrides: '$first' }, { second: 'assessment.assessment_id' });
  create({ feedback: { value: false }, overrides: 'a-none' });
  create({ expectation: { value: 1 } });
  create({ expectation: { serialized_value: { serialization_format: 'JSON_FORMAT', value: '[1, {"a": 2}]' } } });
  create({ issue: { issue_name: 'i' } });
  create({ source: { source_type: 'FOO' }, feedback: { value: 1 } });
  create({});
  s.post(url, {});
  s.post(`${V3}/none/assessments`, { assessment: { feedback: { value: 1 } } });
  s.get(`${url}/$first`);
  s.get(`${url}/a-none`);
  s.call('PATCH', `${url}/$first`, {
    assessment: { feedback: { value: 'new' }, rationale: 'rr', metadata: { n: '2' } },
    update_mask: 'feedback,rationale,metadata',
  });
  s.call('PATCH', `${url}/$first`, { assessment: { assessment_name: 'nn' }, update_mask: 'assessmentName' });
  s.call('PATCH', `${url}/$first`, { assessment: { expectation: { value: 1 } }, update_mask: 'expectation' });
  s.call('PATCH', `${url}/$first`, { assessment: {} });
  s.call('DELETE', `${url}/$second`);
  s.get(`${url}/$first`);
  s.call('DELETE', `${url}/a-none`);
  s.call('DELETE', `${V3}/none/assessments/a-none`);
}

function deletion(s: Script): void {
  const remove = (body: object) => s.post(`${V3}/delete-traces`, { experiment_id: '$texp', ...body });
  remove({ experiment_id: undefined });
  remove({ max_timestamp_millis: 5, request_ids: ['x'] });
  remove({ max_timestamp_millis: 5, max_traces: 0 });
  remove({ max_traces: 3, request_ids: ['x'] });
  remove({ experiment_id: '4711', request_ids: ['x'] });
  remove({ request_ids: ['none', SECOND] });
  remove({ max_timestamp_millis: 200, max_traces: 1 });
}

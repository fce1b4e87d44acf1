import { describe, expect, test } from 'vitest';
import type { TraceInfo } from '../../src/entities/trace.ts';
import { compileTraceSearch } from '../../src/search/traces.ts';

function trace(traceId: string, requestTime: number, more: Partial<TraceInfo> = {}): TraceInfo {
  return {
    traceId,
    experimentId: '0',
    clientRequestId: undefined,
    requestTime,
    executionDuration: undefined,
    state: 'OK',
    requestPreview: undefined,
    responsePreview: undefined,
    metadata: new Map(),
    tags: new Map(),
    assessments: [],
    ...more,
  };
}

const TRACES = [
  trace('a', 100, {
    executionDuration: 20,
    tags: new Map([
      ['mlflow.traceName', 'predict'],
      ['k', 'v'],
    ]),
    clientRequestId: 'c1',
  }),
  trace('b', 300, { state: 'ERROR', executionDuration: 10, metadata: new Map([['mlflow.sourceRun', 'r1']]) }),
  trace('c', 200, { state: 'STATE_UNSPECIFIED', metadata: new Map([['user id', 'me']]) }),
  trace('d', 200, { state: 'IN_PROGRESS', tags: new Map([['mlflow.linkedPrompts', '[{"name": "p"}]']]) }),
];

function ids(filter?: string, orderBy: readonly string[] = []): string {
  const { matches, compare } = compileTraceSearch(filter, orderBy);
  return TRACES.filter(matches)
    .toSorted(compare)
    .map(({ traceId }) => traceId)
    .join(' ');
}

describe('a filter of traces', () => {
  test.each([
    ['', 'b c d a'],
    ["status = 'OK'", 'a'],
    ["trace.status != 'OK'", 'b c d'],
    ["attributes.status IN ('ERROR', 'IN_PROGRESS')", 'b d'],
    ["status = 'TRACE_STATUS_UNSPECIFIED'", 'c'],
    ["name = 'predict'", 'a'],
    ["name ILIKE 'PRE%'", 'a'],
    ["name IN ('predict', 'x')", 'a'],
    ['trace.run_id IS NOT NULL', 'b'],
    ['run_id IS NULL', 'c d a'],
    ["run_id = 'r1'", 'b'],
    ["request_id NOT IN ('a', 'b')", 'c d'],
    ["client_request_id = 'c1'", 'a'],
    ['prompt LIKE \'%"p"%\'', 'd'],
    ['timestamp > 100 AND timestamp_ms <= 200', 'c d'],
    ['execution_time_ms >= 10', 'b a'],
    ['execution_time != 10', 'a'],
    ['end_time_ms = 120', 'a'],
    ["tags.k = 'v'", 'a'],
    ["tag.k != 'v'", ''],
    ['tags.k IS NULL', 'b c d'],
    ["metadata.`user id` = 'me'", 'c'],
    ["request_metadata.mlflow.sourceRun = 'r1'", 'b'],
  ])('%s finds %s', (filter, found) => expect(ids(filter)).toBe(found));

  test.each([
    ["nonsense = 'a'", "Invalid attribute key 'nonsense' specified"],
    ["foo.bar = 'a'", "Invalid entity type 'foo'"],
    ["status > 'a'", "Invalid comparator '>'"],
    ["timestamp = 'a'", 'Expected numeric value type'],
    ["tags.k IN ('v')", "Invalid comparator 'IN'"],
    ["name RLIKE 'f'", 'Invalid clause'],
    ["span.name = 'x'", 'Span filtering requires database support'],
    ["text LIKE '%x%'", 'Span filtering requires database support'],
    ["feedback.x = 'x'", 'Assessment filtering requires database support'],
    ['expectation.x > 0.5', 'Assessment filtering requires database support'],
    ['status IS NULL', "Invalid comparator 'IS NULL'"],
    ['  ', 'Could not be parsed'],
  ])('%s is refused', (filter, message) => expect(() => ids(filter)).toThrow(message));
});

describe('an order of traces', () => {
  test.each([
    [['timestamp_ms ASC'], 'a c d b'],
    [['timestamp DESC'], 'b c d a'],
    [['execution_time'], 'b a c d'],
    [['execution_time_ms DESC'], 'a b c d'],
    [['end_time'], 'a b c d'],
    [['trace.status'], 'b d a c'],
    [['request_id DESC'], 'd c b a'],
    [['experiment_id', 'attribute.request_id'], 'a b c d'],
  ])('by %j is %s', (orderBy, order) => expect(ids('', orderBy)).toBe(order));

  test.each(['name', 'tag.k', 'nonsense', 'run_id', 'timestamp_ms up', 'metadata.x'])('by %s is refused', (orderBy) =>
    expect(() => ids('', [orderBy])).toThrow(/Invalid/),
  );
});

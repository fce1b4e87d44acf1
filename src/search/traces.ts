import { invalidParameter } from '../entities/error.ts';
import { TRACE_NAME_TAG, TRACE_RUN_METADATA, type TraceInfo } from '../entities/trace.ts';
import { type Clause, parseClauses } from './clauses.ts';
import { LISTED_TEXT, NULLABLE_TEXT, numberTest, TEXTUAL, textTest } from './compare.ts';
import type { CompiledSearch } from './compiled.ts';
import { by, type Compare, inOrder, parseOrderBy, type SortKey } from './order.ts';

const LINKED_PROMPTS_TAG = 'mlflow.linkedPrompts';

const TEXTS = new Map<string, (trace: TraceInfo) => string | undefined>([
  ['request_id', ({ traceId }) => traceId],
  ['client_request_id', ({ clientRequestId }) => clientRequestId],
  // The search speaks of MLflow 2's status, in which only the unspecified one has another name.
  ['status', ({ state }) => (state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : state)],
  ['name', ({ tags }) => tags.get(TRACE_NAME_TAG)],
  ['prompt', ({ tags }) => tags.get(LINKED_PROMPTS_TAG)],
  ['run_id', ({ metadata }) => metadata.get(TRACE_RUN_METADATA)],
]);
/** Texts that live in tags and metadata and are compared as those are. */
const MAPPED = new Set(['name', 'prompt', 'run_id']);
const LISTABLE = new Set(['request_id', 'client_request_id', 'status', 'name', 'run_id']);

const NUMBERS = new Map<string, (trace: TraceInfo) => number | undefined>(
  Object.entries({ timestamp: requestTime, execution_time: executionDuration, end_time: endTime }).flatMap(
    ([name, key]) => [[name, key] as const, [`${name}_ms`, key] as const],
  ),
);

const ORDERS = new Map<string, SortKey<TraceInfo>>([
  ...NUMBERS,
  ['status', ({ state }) => state],
  ['request_id', ({ traceId }) => traceId],
  ['experiment_id', ({ experimentId }) => experimentId],
]);

function requestTime(trace: TraceInfo): number {
  return trace.requestTime;
}

function executionDuration(trace: TraceInfo): number | undefined {
  return trace.executionDuration;
}

function endTime(trace: TraceInfo): number | undefined {
  return trace.executionDuration === undefined ? undefined : trace.requestTime + trace.executionDuration;
}

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow's file store refuses. */
export function compileTraceSearch(
  filter: string | undefined,
  orderBy: readonly string[] = [],
): CompiledSearch<TraceInfo> {
  const tests = parseClauses(filter).map(compileClause);
  return {
    matches: (trace) => tests.every((test) => test(trace)),
    compare: inOrder([
      ...orderBy.map(compileOrder),
      by<TraceInfo>(requestTime, false),
      by<TraceInfo>(({ traceId }) => traceId, true),
    ]),
  };
}

function compileClause(clause: Clause): (trace: TraceInfo) => boolean {
  const { entity, key } = clause;
  switch (entity) {
    case 'tag':
    case 'tags': {
      const test = textTest(clause, NULLABLE_TEXT, 'tag');
      return ({ tags }) => test(tags.get(key));
    }
    case 'metadata':
    case 'request_metadata': {
      const test = textTest(clause, NULLABLE_TEXT, 'request_metadata');
      return ({ metadata }) => test(metadata.get(key));
    }
    case undefined:
    case 'attribute':
    case 'attributes':
    case 'trace':
      return compileAttribute(clause);
    case 'span':
      throw needsDatabase('Span');
    case 'feedback':
    case 'expectation':
    case 'issue':
      throw needsDatabase('Assessment');
    default:
      throw invalidParameter(
        `Invalid entity type '${entity}'. Valid values are ['tag', 'request_metadata', 'metadata', 'attribute', 'trace']`,
      );
  }
}

function compileAttribute(clause: Clause): (trace: TraceInfo) => boolean {
  const { key } = clause;
  // The words of the text search are looked for in spans.
  if (key === 'text') throw needsDatabase('Span');
  const number = NUMBERS.get(key);
  if (number) {
    const test = numberTest(clause, 'numeric attribute');
    return (trace) => test(number(trace));
  }
  const text = TEXTS.get(key);
  if (!text) {
    const keys = [...NUMBERS.keys(), ...TEXTS.keys()].map((name) => `'${name}'`).join(', ');
    throw invalidParameter(`Invalid attribute key '${key}' specified. Valid keys are '{${keys}}'`);
  }
  const admitted = [...TEXTUAL, ...(LISTABLE.has(key) ? LISTED_TEXT : []), ...(MAPPED.has(key) ? NULLABLE_TEXT : [])];
  const test = textTest(clause, [...new Set(admitted)], 'attributes');
  return (trace) => test(text(trace));
}

function needsDatabase(what: string) {
  return invalidParameter(
    `${what} filtering requires database support and cannot be performed on in-memory trace data.`,
  );
}

function compileOrder(text: string): Compare<TraceInfo> {
  const { entity, key, ascending } = parseOrderBy(text);
  const isAttribute = entity === undefined || /^(?:attributes?|trace)$/.test(entity);
  const sortKey = isAttribute ? ORDERS.get(key) : undefined;
  if (sortKey) return by(sortKey, ascending);
  if (isAttribute && !TEXTS.has(key)) throw invalidParameter(`Invalid attribute key '${key}' specified.`);
  throw invalidParameter(`Invalid order_by entity \`${entity ?? 'tag'}\` with key \`${key}\``);
}

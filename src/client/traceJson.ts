import type {
  Assessment,
  AssessmentSourceType,
  AssessmentUpdate,
  AssessmentValue,
  NewAssessment,
} from '../entities/assessment.ts';
import { type Json, type JsonObject, parseJson, toJson } from '../entities/jsonText.ts';
import { formatDuration, formatTimestamp } from '../entities/protoTime.ts';
import type { NewTrace, TraceInfo, TraceState } from '../entities/trace.ts';
import type { Reply } from './reply.ts';

export function readTrace(reply: Reply): TraceInfo {
  return {
    traceId: reply.text('trace_id'),
    experimentId: reply.message('trace_location').message('mlflow_experiment').text('experiment_id'),
    clientRequestId: reply.optionalText('client_request_id'),
    requestTime: reply.optionalTimestamp('request_time') ?? 0,
    executionDuration: reply.optionalDuration('execution_duration'),
    state: (reply.optionalText('state') ?? 'STATE_UNSPECIFIED') as TraceState,
    requestPreview: reply.optionalText('request_preview'),
    responsePreview: reply.optionalText('response_preview'),
    metadata: reply.textMap('trace_metadata'),
    tags: reply.textMap('tags'),
    assessments: reply.messages('assessments').map(readAssessment),
  };
}

export function traceJson(trace: NewTrace & { readonly traceId: string }): JsonObject {
  return {
    trace_id: trace.traceId,
    client_request_id: trace.clientRequestId,
    trace_location: experimentLocationJson(trace.experimentId),
    request_preview: trace.requestPreview,
    response_preview: trace.responsePreview,
    request_time: formatTimestamp(trace.requestTime),
    execution_duration: trace.executionDuration === undefined ? undefined : formatDuration(trace.executionDuration),
    state: trace.state ?? 'IN_PROGRESS',
    trace_metadata: Object.fromEntries(trace.metadata ?? []),
    tags: Object.fromEntries(trace.tags ?? []),
  };
}

export function experimentLocationJson(experimentId: string): JsonObject {
  return { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experimentId } };
}

export function readAssessment(reply: Reply): Assessment {
  return {
    assessmentId: reply.text('assessment_id'),
    traceId: reply.text('trace_id'),
    name: reply.text('assessment_name'),
    source: {
      sourceType: (reply.message('source').optionalText('source_type') ??
        'SOURCE_TYPE_UNSPECIFIED') as AssessmentSourceType,
      sourceId: reply.message('source').optionalText('source_id'),
    },
    value: readValue(reply),
    spanId: reply.optionalText('span_id'),
    rationale: reply.optionalText('rationale'),
    metadata: reply.textMap('metadata'),
    overrides: reply.optionalText('overrides'),
    valid: reply.flag('valid'),
    createTime: reply.optionalTimestamp('create_time') ?? 0,
    lastUpdateTime: reply.optionalTimestamp('last_update_time') ?? 0,
  };
}

function readValue(reply: Reply): AssessmentValue {
  if (reply.has('issue')) return { kind: 'issue', issueName: reply.message('issue').text('issue_name') };
  if (reply.has('expectation')) {
    const expectation = reply.message('expectation');
    const serialized = expectation.message('serialized_value').optionalText('value');
    const value = serialized === undefined ? expectation.json('value') : toJson(parseJson(serialized));
    return { kind: 'expectation', value };
  }
  const feedback = reply.message('feedback');
  const error = feedback.message('error');
  return {
    kind: 'feedback',
    value: feedback.json('value'),
    error: feedback.has('error')
      ? {
          errorCode: error.text('error_code'),
          errorMessage: error.optionalText('error_message'),
          stackTrace: error.optionalText('stack_trace'),
        }
      : undefined,
  };
}

export function newAssessmentJson(assessment: NewAssessment): JsonObject {
  return {
    assessment_name: assessment.name,
    source: { source_type: assessment.source.sourceType, source_id: assessment.source.sourceId },
    [assessment.value.kind]: valueJson(assessment.value),
    span_id: assessment.spanId,
    rationale: assessment.rationale,
    metadata: assessment.metadata && Object.fromEntries(assessment.metadata),
    overrides: assessment.overrides,
  };
}

/** The changed fields, and the mask that names them. */
export function assessmentUpdateJson({ name, value, rationale, metadata }: AssessmentUpdate): JsonObject {
  const fields: Record<string, Json | undefined> = {
    assessment_name: name,
    ...(value && { [value.kind]: valueJson(value) }),
    rationale,
    metadata: metadata && Object.fromEntries(metadata),
  };
  const changed = Object.keys(fields).filter((field) => fields[field] !== undefined);
  // A mask may not be empty; this one names what no server takes.
  return { assessment: fields, update_mask: changed.join(',') || 'assessment_id' };
}

function valueJson(value: AssessmentValue): JsonObject {
  if (value.kind === 'issue') return { issue_name: value.issueName };
  if (value.kind === 'expectation') {
    if (typeof value.value !== 'object' || value.value === null) return { value: value.value };
    return { serialized_value: { serialization_format: 'JSON_FORMAT', value: JSON.stringify(value.value) } };
  }
  const { error } = value;
  return {
    value: value.value,
    error: error && {
      error_code: error.errorCode,
      error_message: error.errorMessage,
      stack_trace: error.stackTrace,
    },
  };
}

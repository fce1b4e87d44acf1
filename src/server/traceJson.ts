import type { Assessment, AssessmentValue } from '../entities/assessment.ts';
import type { JsonObject } from '../entities/jsonText.ts';
import { formatDuration, formatTimestamp } from '../entities/protoTime.ts';
import type { TraceInfo } from '../entities/trace.ts';
import { list } from './json.ts';

/** What MLflow's messages hold of a trace's metadata and tags (characters); its files hold all. */
const MAX_KEY = 250;
const MAX_METADATA_VALUE = 250;
const MAX_TAG_VALUE = 4_096;

/** As MLflow 3 has it. */
export function traceJson(trace: TraceInfo): JsonObject {
  return {
    trace_id: trace.traceId,
    client_request_id: trace.clientRequestId,
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: trace.experimentId } },
    request_preview: trace.requestPreview,
    response_preview: trace.responsePreview,
    request_time: formatTimestamp(trace.requestTime),
    execution_duration: trace.executionDuration === undefined ? undefined : formatDuration(trace.executionDuration),
    state: trace.state,
    trace_metadata: textMap(trace.metadata, MAX_METADATA_VALUE),
    tags: textMap(trace.tags, MAX_TAG_VALUE),
    ...list('assessments', trace.assessments.map(assessmentJson)),
  };
}

function textMap(map: ReadonlyMap<string, string>, limit: number): JsonObject | undefined {
  return map.size === 0 ? undefined : Object.fromEntries(cut(map, limit));
}

function cut(map: ReadonlyMap<string, string>, limit: number): (readonly [string, string])[] {
  return [...map].map(([key, value]) => [key.slice(0, MAX_KEY), value.slice(0, limit)]);
}

/** As MLflow 2 has it. */
export function traceV2Json(trace: TraceInfo): JsonObject {
  const pairs = (map: ReadonlyMap<string, string>, limit: number) =>
    cut(map, limit).map(([key, value]) => ({ key, value }));
  return {
    request_id: trace.traceId,
    experiment_id: trace.experimentId,
    timestamp_ms: trace.requestTime,
    execution_time_ms: trace.executionDuration ?? 0,
    status: trace.state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : trace.state,
    ...list('request_metadata', pairs(trace.metadata, MAX_METADATA_VALUE)),
    ...list('tags', pairs(trace.tags, MAX_TAG_VALUE)),
  };
}

export function assessmentJson(assessment: Assessment): JsonObject {
  return {
    assessment_id: assessment.assessmentId,
    assessment_name: assessment.name,
    trace_id: assessment.traceId,
    span_id: assessment.spanId,
    source: { source_type: assessment.source.sourceType, source_id: assessment.source.sourceId },
    create_time: formatTimestamp(assessment.createTime),
    last_update_time: formatTimestamp(assessment.lastUpdateTime),
    [assessment.value.kind]: assessmentValueJson(assessment.value),
    rationale: assessment.rationale,
    metadata: assessment.metadata.size === 0 ? undefined : Object.fromEntries(assessment.metadata),
    overrides: assessment.overrides,
    valid: assessment.valid,
  };
}

function assessmentValueJson(value: AssessmentValue): JsonObject {
  if (value.kind === 'issue') return { issue_name: value.issueName };
  if (value.kind === 'feedback') {
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
  // As MLflow does: lists and objects go as JSON text.
  if (typeof value.value !== 'object' || value.value === null) return { value: value.value };
  return { serialized_value: { serialization_format: 'JSON_FORMAT', value: JSON.stringify(value.value) } };
}

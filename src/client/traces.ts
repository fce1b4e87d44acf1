import { checkAssessmentId, checkTraceId } from '../entities/limits.ts';
import type { TraceInfo } from '../entities/trace.ts';
import type { TraceStore } from '../tracking/store.ts';
import { pairsJson, readPage, searchJson } from './json.ts';
import type { Rest } from './rest.ts';
import {
  assessmentUpdateJson,
  experimentLocationJson,
  newAssessmentJson,
  readAssessment,
  readTrace,
  traceJson,
} from './traceJson.ts';

const V3 = '/api/3.0/mlflow/traces';

/** Traces by the API of MLflow 3; ending one is of MLflow 2, and 3 still has it. */
export function traceStore(rest: Rest): TraceStore {
  async function getTrace(traceId: string): Promise<TraceInfo> {
    const reply = await rest.message('GET', tracePath(traceId), {});
    return readTrace(reply.message('trace').message('trace_info'));
  }

  return {
    getTrace,

    async startTrace(trace) {
      const traceId = trace.traceId ?? `tr-${crypto.randomUUID().replaceAll('-', '')}`;
      const body = { trace: { trace_info: traceJson({ ...trace, traceId }) } };
      return readTrace((await rest.message('POST', V3, { body })).message('trace').message('trace_info'));
    },
    async endTrace(traceId, { endTime, state, metadata, tags }) {
      checkTraceId(traceId);
      await rest.patch(`/traces/${traceId}`, {
        request_id: traceId,
        timestamp_ms: endTime,
        status: state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : state,
        request_metadata: pairsJson(metadata),
        tags: pairsJson(tags),
      });
      // The older message, which answers, leaves out what the trace has beyond it.
      return getTrace(traceId);
    },
    async searchTraces({ experimentIds, ...search }) {
      if (experimentIds.length === 0) return { items: [] };
      const body = { locations: experimentIds.map(experimentLocationJson), ...searchJson(search) };
      return readPage(await rest.message('POST', `${V3}/search`, { body }), 'traces', readTrace);
    },
    async deleteTraces(experimentId, selection) {
      const chosen =
        'traceIds' in selection
          ? { request_ids: selection.traceIds }
          : { max_timestamp_millis: selection.maxTimestamp, max_traces: selection.maxTraces };
      // A request without ids would be no selection at all.
      if ('traceIds' in selection && selection.traceIds.length === 0) return 0;
      const body = { experiment_id: experimentId, ...chosen };
      return (await rest.message('POST', `${V3}/delete-traces`, { body })).number('traces_deleted');
    },
    async setTraceTag(traceId, { key, value }) {
      await rest.message('PATCH', `${tracePath(traceId)}/tags`, { body: { key, value } });
    },
    async deleteTraceTag(traceId, key) {
      await rest.message('DELETE', `${tracePath(traceId)}/tags`, { body: { key } });
    },
    async createAssessment(traceId, assessment) {
      const body = { assessment: newAssessmentJson(assessment) };
      return readAssessment(
        (await rest.message('POST', `${tracePath(traceId)}/assessments`, { body })).message('assessment'),
      );
    },
    async getAssessment(traceId, assessmentId) {
      return readAssessment(
        (await rest.message('GET', assessmentPath(traceId, assessmentId), {})).message('assessment'),
      );
    },
    async updateAssessment(traceId, assessmentId, update) {
      const body = assessmentUpdateJson(update);
      return readAssessment(
        (await rest.message('PATCH', assessmentPath(traceId, assessmentId), { body })).message('assessment'),
      );
    },
    async deleteAssessment(traceId, assessmentId) {
      await rest.message('DELETE', assessmentPath(traceId, assessmentId), { body: {} });
    },
  };
}

function tracePath(traceId: string): string {
  checkTraceId(traceId);
  return `${V3}/${traceId}`;
}

function assessmentPath(traceId: string, assessmentId: string): string {
  checkAssessmentId(assessmentId);
  return `${tracePath(traceId)}/assessments/${assessmentId}`;
}

import type { TraceState } from '../entities/trace.ts';
import { pageJson } from './json.ts';
import { readSearch, readTags } from './reading.ts';
import type { MessageHandler } from './route.ts';
import { traceV2Json } from './traceJson.ts';

/** The trace API of MLflow 2, which its clients use and MLflow 3 goes on serving. */

const STATUSES = ['TRACE_STATUS_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'] as const;

/** The client gets the id from us and ends the trace later. */
export const startTrace: MessageHandler = async ({ tracking }, message) => ({
  trace_info: traceV2Json(
    await tracking.startTrace({
      experimentId: message.anyText('experiment_id'),
      requestTime: message.optionalNumber('timestamp_ms') ?? 0,
      metadata: readTags(message, 'request_metadata'),
      tags: readTags(message),
    }),
  ),
});

export const endTrace: MessageHandler = async ({ tracking }, message) => {
  const status = message.choice('status', STATUSES) ?? 'TRACE_STATUS_UNSPECIFIED';
  const state: TraceState = status === 'TRACE_STATUS_UNSPECIFIED' ? 'STATE_UNSPECIFIED' : status;
  const ended = await tracking.endTrace(message.text('trace_id'), {
    endTime: message.optionalNumber('timestamp_ms') ?? 0,
    state,
    metadata: readTags(message, 'request_metadata'),
    tags: readTags(message),
  });
  return { trace_info: traceV2Json(ended) };
};

export const getTrace: MessageHandler = async ({ tracking }, message) => ({
  trace_info: traceV2Json(await tracking.getTrace(message.text('trace_id'))),
});

export const searchTraces: MessageHandler = async ({ tracking }, message) => {
  const experimentIds = message.requiredTexts('experiment_ids');
  const page = await tracking.searchTraces({ experimentIds, ...readSearch(message) });
  return pageJson('traces', page, traceV2Json);
};

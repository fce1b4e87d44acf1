import { invalidParameter } from '../entities/error.ts';
import type { TraceState } from '../entities/trace.ts';
import type { TraceSelection } from '../tracking/store.ts';
import { pageJson } from './json.ts';
import { type Message, missingParameter } from './message.ts';
import { readSearch, readTag } from './reading.ts';
import type { MessageHandler } from './route.ts';
import { traceJson } from './traceJson.ts';

const STATES: readonly TraceState[] = ['STATE_UNSPECIFIED', 'OK', 'ERROR', 'IN_PROGRESS'];

export const startTrace: MessageHandler = async ({ tracking }, message) => {
  const info = message.message('trace').message('trace_info');
  const requestTime = info.optionalTimestamp('request_time') ?? 0;
  const started = await tracking.startTrace({
    traceId: info.text('trace_id'),
    experimentId: info.message('trace_location').message('mlflow_experiment').text('experiment_id'),
    clientRequestId: info.optionalText('client_request_id'),
    requestTime,
    executionDuration: info.optionalDuration('execution_duration'),
    state: info.choice('state', STATES) ?? 'STATE_UNSPECIFIED',
    requestPreview: info.optionalText('request_preview'),
    responsePreview: info.optionalText('response_preview'),
    metadata: info.textMap('trace_metadata'),
    tags: info.textMap('tags'),
  });
  return { trace: { trace_info: traceJson(started) } };
};

export const getTrace: MessageHandler = async ({ tracking }, message) => ({
  trace: { trace_info: traceJson(await tracking.getTrace(message.text('trace_id'))) },
});

export const searchTraces: MessageHandler = async ({ tracking }, message) => {
  const locations = message.messages('locations');
  if (locations.length === 0) throw missingParameter('locations');
  const experimentIds = locations.flatMap(
    (location) => location.optionalMessage('mlflow_experiment')?.text('experiment_id') ?? [],
  );
  const page = await tracking.searchTraces({ experimentIds, ...readSearch(message) });
  return pageJson('traces', page, traceJson);
};

export const deleteTraces: MessageHandler = async ({ tracking }, message) => {
  const experimentId = message.text('experiment_id');
  return { traces_deleted: await tracking.deleteTraces(experimentId, readSelection(message)) };
};

function readSelection(message: Message): TraceSelection {
  const maxTimestamp = message.optionalNumber('max_timestamp_millis');
  const maxTraces = message.optionalNumber('max_traces');
  const traceIds = message.texts('request_ids');
  if (maxTimestamp === undefined) {
    if (traceIds.length === 0)
      throw invalidParameter('Either `max_timestamp_millis` or `trace_ids` must be specified.');
    if (maxTraces !== undefined) throw invalidParameter("`max_traces` can't be specified if `trace_ids` is specified.");
    return { traceIds };
  }
  if (traceIds.length > 0) {
    throw invalidParameter('Only one of `max_timestamp_millis` and `trace_ids` can be specified.');
  }
  return { maxTimestamp, maxTraces };
}

export const setTraceTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.setTraceTag(message.text('trace_id'), readTag(message));
  return {};
};

export const deleteTraceTag: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteTraceTag(message.text('trace_id'), message.text('key'));
  return {};
};

import { formatTimestamp, parseTimestamp } from '../../entities/protoTime.ts';
import type { TraceInfo, TraceState } from '../../entities/trace.ts';
import { integerField, mapField, requiredText, textField } from '../../files/metaFields.ts';
import { formatMeta, type Meta, type MetaInput } from '../../files/metaYaml.ts';
import { readMeta } from '../../files/readMeta.ts';
import { makeFolder, replaceFile } from '../../files/write.ts';
import { readAssessments } from './assessmentFile.ts';
import { readKeyFiles, writeKeyFile } from './keyFiles.ts';
import { TAGS, TRACE, TRACE_METADATA, TRACE_V2, traceInfoFile } from './layout.ts';
import type { ReportProblem } from './problems.ts';

const STATES: readonly TraceState[] = ['OK', 'ERROR', 'IN_PROGRESS'];

/**
 * Reads a trace's folder; `undefined` where it is none. An assessment that cannot be read is reported and left out.
 * @throws an Error that says what is wrong with the trace's own file.
 */
export async function readTrace(folder: string, report: ReportProblem): Promise<TraceInfo | undefined> {
  const meta = await readMeta(traceInfoFile(folder));
  if (!meta) return undefined;
  return {
    ...(meta.has(TRACE_V2.id) ? fromMetaV2(meta) : fromMeta(meta)),
    metadata: readKeyFiles(folder, TRACE_METADATA),
    tags: readKeyFiles(folder, TAGS),
    assessments: await readAssessments(folder, report),
  };
}

type Head = Omit<TraceInfo, 'metadata' | 'tags' | 'assessments'>;

function fromMeta(meta: Meta): Head {
  const time = requiredText(meta, TRACE.requestTime);
  const requestTime = parseTimestamp(time);
  if (requestTime === undefined) throw new Error(`its ${TRACE.requestTime} '${time}' is no time`);
  const location = meta.get(TRACE.location);
  return {
    traceId: requiredText(meta, TRACE.id),
    experimentId:
      location instanceof Map ? (mapField(location, TRACE.locationExperiment).get(TRACE.experimentId) ?? '') : '',
    clientRequestId: textField(meta, TRACE.clientRequestId),
    requestTime,
    executionDuration: integerField(meta, TRACE.executionDuration),
    state: toState(textField(meta, TRACE.state)),
    requestPreview: textField(meta, TRACE.requestPreview),
    responsePreview: textField(meta, TRACE.responsePreview),
  };
}

function fromMetaV2(meta: Meta): Head {
  return {
    traceId: requiredText(meta, TRACE_V2.id),
    experimentId: requiredText(meta, TRACE_V2.experimentId),
    clientRequestId: undefined,
    requestTime: integerField(meta, TRACE_V2.timestamp) ?? 0,
    executionDuration: integerField(meta, TRACE_V2.executionTime),
    state: toState(textField(meta, TRACE_V2.status)),
    requestPreview: undefined,
    responsePreview: undefined,
  };
}

function toState(text: string | undefined): TraceState {
  return STATES.find((state) => state === text) ?? 'STATE_UNSPECIFIED';
}

/** Writes all but the assessments; the trace's own file comes last, since it makes the folder a trace. */
export function writeTrace(folder: string, trace: TraceInfo): void {
  for (const kind of [TRACE_METADATA, TAGS]) makeFolder(`${folder}/${kind}`);
  for (const [key, value] of trace.metadata) writeKeyFile(folder, TRACE_METADATA, key, value);
  for (const [key, value] of trace.tags) writeKeyFile(folder, TAGS, key, value);
  replaceFile(traceInfoFile(folder), formatMeta(isOfV2(trace) ? toMetaV2(trace) : toMeta(trace)));
}

/** What MLflow 2 has begun it can go on reading: MLflow 3 reads both forms, 2 its own only. */
function isOfV2({ traceId, clientRequestId, requestPreview, responsePreview }: TraceInfo): boolean {
  const hasMore = [clientRequestId, requestPreview, responsePreview].some((text) => text !== undefined);
  return !traceId.startsWith('tr-') && !hasMore;
}

function toMetaV2(trace: TraceInfo): Readonly<Record<string, MetaInput>> {
  return {
    [TRACE_V2.id]: trace.traceId,
    [TRACE_V2.experimentId]: trace.experimentId,
    [TRACE_V2.timestamp]: trace.requestTime,
    [TRACE_V2.executionTime]: trace.executionDuration,
    [TRACE_V2.status]: trace.state === 'STATE_UNSPECIFIED' ? 'TRACE_STATUS_UNSPECIFIED' : trace.state,
    // They have files of their own, but MLflow wants the key.
    assessments: [],
  };
}

/** Absent fields have no key: MLflow makes no difference between an empty and a missing one otherwise. */
function toMeta(trace: TraceInfo): Readonly<Record<string, MetaInput>> {
  const fields: Record<string, MetaInput> = {
    [TRACE.id]: trace.traceId,
    [TRACE.location]: {
      [TRACE.locationType]: 'MLFLOW_EXPERIMENT',
      [TRACE.locationExperiment]: { [TRACE.experimentId]: trace.experimentId },
    },
    [TRACE.requestTime]: formatTimestamp(trace.requestTime),
    [TRACE.state]: trace.state,
    [TRACE.clientRequestId]: trace.clientRequestId,
    [TRACE.executionDuration]: trace.executionDuration,
    [TRACE.requestPreview]: trace.requestPreview,
    [TRACE.responsePreview]: trace.responsePreview,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

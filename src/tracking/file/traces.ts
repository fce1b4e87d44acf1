import path from 'node:path';
import { doesNotExist, invalidParameter, MlflowError } from '../../entities/error.ts';
import { checkExperimentId, checkKey, checkTraceId } from '../../entities/limits.ts';
import { TRACE_ARTIFACTS_TAG, type TraceInfo } from '../../entities/trace.ts';
import { isSystemError, unlessBroken } from '../../files/missing.ts';
import { isFile } from '../../files/read.ts';
import { allOrNothing, discard, remove, removeWhole } from '../../files/write.ts';
import { paginate } from '../../search/paging.ts';
import { compileTraceSearch } from '../../search/traces.ts';
import type { TraceSelection, TraceStore } from '../store.ts';
import { assessmentStore } from './assessments.ts';
import type { StoreContext } from './context.ts';
import { readExperimentInfo } from './experimentFile.ts';
import { newRunId } from './ids.ts';
import { checkKeysFit, writeKeyFile } from './keyFiles.ts';
import { ARTIFACTS, artifactUri, keyFile, TAGS, TRACE_METADATA, TRACES, traceInfoFile } from './layout.ts';
import { readTrace, writeTrace } from './traceFile.ts';

const PAGE = { default: 100, limit: 500 };

export function traceStore(context: StoreContext): TraceStore {
  const { folder, problems, turns } = context;

  /** What cannot be read is reported, and left out. */
  async function readForList(traceFolder: string): Promise<TraceInfo | undefined> {
    return read(traceFolder).catch(() => undefined);
  }

  /** @throws the system's error, where it could not give the file. */
  async function read(traceFolder: string): Promise<TraceInfo | undefined> {
    const experimentId = path.basename(path.dirname(path.dirname(traceFolder)));
    const report = problems.reader(traceFolder, { experimentId });
    try {
      return await readTrace(traceFolder, report);
    } catch (error) {
      report(traceInfoFile(traceFolder), error instanceof Error ? error.message : String(error));
      if (isSystemError(error)) throw error;
      return undefined;
    }
  }

  async function getTrace(traceId: string): Promise<TraceInfo> {
    const trace = await read(folder.traceFolder(traceId));
    if (trace?.traceId !== traceId) throw doesNotExist(`Trace with ID '${traceId}' not found`);
    return trace;
  }

  /** Deleted experiments keep their traces. */
  function experimentFolder(experimentId: string): string {
    checkExperimentId(experimentId);
    try {
      return folder.experimentFolder(experimentId);
    } catch (error) {
      if (error instanceof MlflowError) throw doesNotExist(`Experiment ${experimentId} does not exist.`);
      throw error;
    }
  }

  async function readTraces(experimentId: string): Promise<TraceInfo[]> {
    const found = await Promise.all(folder.traceFolders(experimentFolder(experimentId)).map(readForList));
    return found.filter((trace) => trace !== undefined);
  }

  async function select(experimentId: string, selection: TraceSelection): Promise<readonly string[]> {
    if ('traceIds' in selection) return [...new Set(selection.traceIds)];
    const { maxTimestamp, maxTraces } = selection;
    if (maxTraces !== undefined && maxTraces <= 0) {
      throw invalidParameter(`\`max_traces\` must be a positive integer, received ${maxTraces}.`);
    }
    const old = (await readTraces(experimentId)).filter(({ requestTime }) => requestTime <= maxTimestamp);
    old.sort((a, b) => a.requestTime - b.requestTime);
    return old.slice(0, maxTraces).map(({ traceId }) => traceId);
  }

  return {
    getTrace,
    ...assessmentStore(context, getTrace),

    async startTrace(trace) {
      const { experimentId, traceId = newRunId(), metadata = new Map(), tags = new Map() } = trace;
      checkTraceId(traceId);
      for (const key of [...metadata.keys(), ...tags.keys()]) checkKey(key, 'key');
      const experiment = await unlessBroken(readExperimentInfo(experimentFolder(experimentId)));
      if (experiment?.lifecycleStage !== 'active') throw doesNotExist(`Experiment ${experimentId} does not exist.`);
      return turns.take(traceId, async () => {
        const traceFolder = path.join(folder.activeFolder(experimentId), TRACES, traceId);
        checkMapsFit(traceFolder, metadata, tags);
        const before = await read(traceFolder);
        const started: TraceInfo = {
          traceId,
          experimentId,
          clientRequestId: trace.clientRequestId,
          requestTime: trace.requestTime,
          executionDuration: trace.executionDuration,
          state: trace.state ?? 'IN_PROGRESS',
          requestPreview: trace.requestPreview,
          responsePreview: trace.responsePreview,
          metadata: new Map([...(before?.metadata ?? []), ...metadata]),
          tags: new Map([
            ...(before?.tags ?? []),
            ...tags,
            [TRACE_ARTIFACTS_TAG, artifactUri(experiment.artifactLocation, TRACES, traceId, ARTIFACTS)],
          ]),
          assessments: before?.assessments ?? [],
        };
        await allOrNothing((onFailure) => {
          if (!before) onFailure(() => discard(traceFolder));
          writeTrace(traceFolder, started);
        });
        return started;
      });
    },

    async endTrace(traceId, { endTime, state, metadata = new Map(), tags = new Map() }) {
      for (const key of [...metadata.keys(), ...tags.keys()]) checkKey(key, 'key');
      return turns.take(traceId, async () => {
        const trace = await getTrace(traceId);
        checkMapsFit(folder.traceFolder(traceId), metadata, tags);
        const ended: TraceInfo = {
          ...trace,
          executionDuration: endTime - trace.requestTime,
          state,
          metadata: new Map([...trace.metadata, ...metadata]),
          tags: new Map([...trace.tags, ...tags]),
        };
        writeTrace(folder.traceFolder(traceId), ended);
        return ended;
      });
    },

    async searchTraces({ experimentIds, filter, orderBy, maxResults, pageToken }) {
      const { matches, compare } = compileTraceSearch(filter, orderBy);
      const traces = await Promise.all([...new Set(experimentIds)].map(readTraces));
      return paginate(traces.flat().filter(matches).sort(compare), maxResults, pageToken, PAGE);
    },

    async deleteTraces(experimentId, selection) {
      const parent = path.join(experimentFolder(experimentId), TRACES);
      const ids = await select(experimentId, selection);
      for (const traceId of ids) checkTraceId(traceId);
      const existing = ids.filter((traceId) => isFile(traceInfoFile(path.join(parent, traceId))));
      for (const traceId of existing) await turns.take(traceId, async () => removeWhole(path.join(parent, traceId)));
      return existing.length;
    },

    async setTraceTag(traceId, { key, value }) {
      checkKey(key, 'key');
      await turns.take(traceId, async () => writeKeyFile(folder.traceFolder(traceId), TAGS, key, value));
    },

    async deleteTraceTag(traceId, key) {
      checkKey(key, 'key');
      await turns.take(traceId, async () => {
        const file = keyFile(folder.traceFolder(traceId), TAGS, key);
        if (!isFile(file)) throw doesNotExist(`No tag with name: ${key} in trace with ID ${traceId}.`);
        remove(file);
      });
    },
  };
}

function checkMapsFit(folder: string, metadata: ReadonlyMap<string, string>, tags: ReadonlyMap<string, string>): void {
  checkKeysFit(folder, TRACE_METADATA, [...metadata.keys()]);
  checkKeysFit(folder, TAGS, [...tags.keys()]);
}

import type { Assessment, AssessmentValue } from '../../entities/assessment.ts';
import { doesNotExist, invalidParameter } from '../../entities/error.ts';
import { checkAssessmentId } from '../../entities/limits.ts';
import type { TraceInfo } from '../../entities/trace.ts';
import { unlessBroken } from '../../files/missing.ts';
import { allOrNothing, remove } from '../../files/write.ts';
import type { TraceStore } from '../store.ts';
import { readAssessment, writeAssessment } from './assessmentFile.ts';
import type { StoreContext } from './context.ts';
import { newAssessmentId } from './ids.ts';
import { assessmentFile } from './layout.ts';

type AssessmentStore = Pick<TraceStore, 'createAssessment' | 'getAssessment' | 'updateAssessment' | 'deleteAssessment'>;

/** What is found out about traces. `getTrace` rejects where there is no such trace. */
export function assessmentStore(
  { folder, turns }: StoreContext,
  getTrace: (traceId: string) => Promise<TraceInfo>,
): AssessmentStore {
  async function read(traceId: string, assessmentId: string): Promise<Assessment | undefined> {
    return readAssessment(folder.traceFolder(traceId), assessmentId);
  }

  async function find(traceId: string, assessmentId: string): Promise<Assessment | undefined> {
    checkAssessmentId(assessmentId);
    await getTrace(traceId);
    return unlessBroken(read(traceId, assessmentId));
  }

  async function getAssessment(traceId: string, assessmentId: string): Promise<Assessment> {
    const found = await find(traceId, assessmentId);
    if (!found) throw doesNotExist(`Assessment with ID '${assessmentId}' not found for trace '${traceId}'`);
    return found;
  }

  function fileOf({ traceId, assessmentId }: Pick<Assessment, 'traceId' | 'assessmentId'>): string {
    return assessmentFile(folder.traceFolder(traceId), assessmentId);
  }

  function write(assessment: Assessment): Assessment {
    writeAssessment(folder.traceFolder(assessment.traceId), assessment);
    return assessment;
  }

  return {
    getAssessment,

    createAssessment(traceId, { name, source, value, spanId, rationale, metadata = new Map(), overrides }) {
      return turns.take(traceId, async () => {
        await getTrace(traceId);
        const overridden = overrides === undefined ? undefined : await getAssessment(traceId, overrides);
        const now = Date.now();
        const created: Assessment = {
          assessmentId: newAssessmentId(),
          traceId,
          name,
          source,
          value,
          spanId,
          rationale,
          metadata,
          overrides,
          valid: true,
          createTime: now,
          lastUpdateTime: now,
        };
        return allOrNothing((onFailure) => {
          onFailure(() => remove(fileOf(created)));
          write(created);
          if (overridden) write({ ...overridden, valid: false });
          return created;
        });
      });
    },

    updateAssessment(traceId, assessmentId, { name, value, rationale, metadata }) {
      return turns.take(traceId, async () => {
        const before = await getAssessment(traceId, assessmentId);
        if (value) checkKind(before.value, value);
        return write({
          ...before,
          name: name ?? before.name,
          value: value ?? before.value,
          rationale: rationale ?? before.rationale,
          metadata: new Map([...before.metadata, ...(metadata ?? [])]),
          lastUpdateTime: Date.now(),
        });
      });
    },

    deleteAssessment(traceId, assessmentId) {
      return turns.take(traceId, async () => {
        const deleted = await find(traceId, assessmentId);
        const overridden = deleted?.overrides && (await find(traceId, deleted.overrides));
        await allOrNothing((onFailure) => {
          if (overridden) {
            onFailure(() => write(overridden));
            write({ ...overridden, valid: true, lastUpdateTime: Date.now() });
          }
          remove(fileOf({ traceId, assessmentId }));
        });
      });
    },
  };
}

function checkKind(before: AssessmentValue, value: AssessmentValue): void {
  if (before.kind === value.kind) return;
  const article = before.kind === 'feedback' ? 'a' : 'an';
  throw invalidParameter(
    `Cannot update ${value.kind} value on ${article} ${before.kind[0]?.toUpperCase()}${before.kind.slice(1)} assessment.`,
  );
}

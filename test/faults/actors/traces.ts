import { sorted } from '../compare.ts';
import type { Shown, Stores } from '../stores.ts';
import type { Play } from './actor.ts';
import type { Random } from './random.ts';

type Trace = {
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly assessments: Readonly<Record<string, string>>;
};
type Traces = Readonly<Record<string, Trace>>;

const SOURCE = { sourceType: 'HUMAN', sourceId: 'me' } as const;

/** Starts, ends, tags, assesses and deletes traces of an experiment of its own. */
export async function tracesPlay(name: string, stores: Stores, random: Random): Promise<Play> {
  const experimentId = await stores.tracking.createExperiment({ name });
  let count = 0;

  return {
    name,

    async read({ tracking }) {
      const { items } = await tracking.searchTraces({ experimentIds: [experimentId], maxResults: 500 });
      return sorted(
        items.map(({ traceId, state, tags, assessments }) => [
          traceId,
          {
            state,
            tags: sorted([...tags].filter(([key]) => !key.startsWith('mlflow.'))),
            assessments: sorted(assessments.map((found) => [found.name, found.rationale ?? ''])),
          },
        ]),
      );
    },

    next(now) {
      const all = now as Traces;
      const ids = Object.keys(all);
      const put = (traceId: string, trace: Trace) => sorted(Object.entries({ ...all, [traceId]: trace })) as Shown;
      const kind = ids.length === 0 ? 0 : random.below(7);
      if (kind === 0) {
        const traceId = `tr-${name}-${String(count++).padStart(4, '0')}`;
        return {
          name: 'start-trace',
          after: put(traceId, { state: 'IN_PROGRESS', tags: { k: '0' }, assessments: {} }),
          run: ({ tracking }) =>
            tracking.startTrace({
              ...{ traceId, experimentId, requestTime: count, state: 'IN_PROGRESS' },
              tags: new Map([['k', '0']]),
              metadata: new Map([['m', '1']]),
            }),
        };
      }
      const traceId = random.pick(ids);
      const trace = all[traceId] as Trace;
      if (kind === 1) {
        return {
          name: 'end-trace',
          after: put(traceId, { ...trace, state: 'OK' }),
          run: ({ tracking }) => tracking.endTrace(traceId, { endTime: 10_000, state: 'OK' }),
        };
      }
      if (kind === 2) {
        const value = String(count++);
        return {
          name: 'set-trace-tag',
          after: put(traceId, { ...trace, tags: { ...trace.tags, k: value } }),
          run: ({ tracking }) => tracking.setTraceTag(traceId, { key: 'k', value }),
        };
      }
      if (kind === 3 && ids.length > 3) {
        const { [traceId]: _, ...others } = all;
        return {
          name: 'delete-traces',
          after: others as Shown,
          run: ({ tracking }) => tracking.deleteTraces(experimentId, { traceIds: [traceId] }),
        };
      }
      const assessments = Object.keys(trace.assessments);
      if (kind === 4 || assessments.length === 0) {
        const created = `a${String(count++).padStart(4, '0')}`;
        const changed = sorted(Object.entries({ ...trace.assessments, [created]: '' })) as Trace['assessments'];
        return {
          name: 'create-assessment',
          after: put(traceId, { ...trace, assessments: changed }),
          run: ({ tracking }) =>
            tracking.createAssessment(traceId, {
              ...{ name: created, source: SOURCE, value: { kind: 'feedback', value: true } },
            }),
        };
      }
      const chosen = random.pick(assessments);
      const idOf = async ({ tracking }: Stores) =>
        (await tracking.getTrace(traceId)).assessments.find((found) => found.name === chosen)?.assessmentId ?? '';
      if (kind === 5) {
        const { [chosen]: _, ...rest } = trace.assessments;
        return {
          name: 'delete-assessment',
          after: put(traceId, { ...trace, assessments: rest }),
          run: async (to) => to.tracking.deleteAssessment(traceId, await idOf(to)),
        };
      }
      const rationale = String(count++);
      return {
        name: 'update-assessment',
        after: put(traceId, { ...trace, assessments: { ...trace.assessments, [chosen]: rationale } }),
        run: async (to) => to.tracking.updateAssessment(traceId, await idOf(to), { rationale }),
      };
    },
  };
}

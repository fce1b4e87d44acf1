import { describe, expect, test } from 'vitest';
import type { AssessmentValue, NewAssessment } from '../../src/entities/assessment.ts';
import type { NewTrace } from '../../src/entities/trace.ts';
import type { TrackingStore } from '../../src/tracking/store.ts';
import { allPages, BAD, BAD_KEYS, KEYS, MISSING, type Open, TEXTS } from './openStore.ts';
import { withStore } from './withStore.ts';

const TIME = Date.UTC(2026, 10, 23, 8, 49, 35, 631);
const UNKNOWN = 'tr-0123456789abcdef0123456789abcdef';
const BAD_IDS = ['', '..', '../0', 'a/b', 'a\\b', 'tr 1', '.trash', 'x'.repeat(300)];

function traceId(at: number): string {
  return `tr-${String(at).padStart(32, '0')}`;
}

export function describeTraces(open: Open<TrackingStore>): void {
  describe('traces', () => {
    const store = withStore(open);

    async function start(at: number, trace: Partial<NewTrace> = {}) {
      return store().startTrace({ traceId: traceId(at), experimentId: '0', requestTime: TIME + at, ...trace });
    }

    async function found(filter?: string, orderBy?: readonly string[]): Promise<number[]> {
      const { items } = await store().searchTraces({ experimentIds: ['0'], filter, orderBy });
      return items.map((trace) => Number(trace.traceId.slice(3)));
    }

    test('a trace is kept as it was sent, with the place of its spans', async () => {
      const pairs = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? '']));
      const started = await start(1, {
        clientRequestId: 'request 1',
        executionDuration: 1_234,
        state: 'OK',
        requestPreview: '{"x": "größe\\n"}',
        responsePreview: 'null',
        metadata: pairs,
        tags: pairs,
      });
      const { artifactLocation } = await store().getExperiment('0');
      expect(started).toEqual({
        traceId: traceId(1),
        experimentId: '0',
        clientRequestId: 'request 1',
        requestTime: TIME + 1,
        executionDuration: 1_234,
        state: 'OK',
        requestPreview: '{"x": "größe\\n"}',
        responsePreview: 'null',
        metadata: pairs,
        tags: new Map([...pairs, ['mlflow.artifactLocation', `${artifactLocation}/traces/${traceId(1)}/artifacts`]]),
        assessments: [],
      });
      expect(await store().getTrace(traceId(1))).toEqual(started);
      expect((await store().searchTraces({ experimentIds: ['0'] })).items).toEqual([started]);
    });

    test('a trace without an id gets one, and is in progress until it ends', async () => {
      const started = await store().startTrace({ experimentId: '0', requestTime: TIME });
      expect(started.traceId).toMatch(/^(?:tr-)?[0-9a-f]{32}$/);
      expect(started).toMatchObject({ state: 'IN_PROGRESS', executionDuration: undefined });
      const metadata = new Map([['mlflow.traceOutputs', '3']]);
      const ended = await store().endTrace(started.traceId, {
        endTime: TIME + 250,
        state: 'ERROR',
        metadata,
        tags: new Map([['t', 'u']]),
      });
      expect(ended).toMatchObject({ state: 'ERROR', executionDuration: 250, metadata });
      expect([...ended.tags.keys()].sort()).toEqual(['mlflow.artifactLocation', 't']);
      expect(await store().getTrace(started.traceId)).toEqual(ended);
      await expect(store().endTrace(UNKNOWN, { endTime: 1, state: 'OK' })).rejects.toMatchObject(MISSING);
    });

    test('sent again, it is replaced and nothing that was added is lost', async () => {
      await start(1, { tags: new Map([['a', '1']]) });
      await store().setTraceTag(traceId(1), { key: 'b', value: '2' });
      const again = await start(1, { state: 'OK', executionDuration: 5, tags: new Map([['c', '3']]) });
      expect(again).toMatchObject({ state: 'OK', executionDuration: 5 });
      expect([...again.tags.keys()].sort()).toEqual(['a', 'b', 'c', 'mlflow.artifactLocation']);
      expect(await found()).toEqual([1]);
    });

    test.each(BAD_IDS.slice(1))('%j is no id of a trace', async (id) => {
      await expect(start(1, { traceId: id })).rejects.toMatchObject(BAD);
      await expect(store().getTrace(id)).rejects.toMatchObject(BAD);
      await expect(store().setTraceTag(id, { key: 'k', value: '' })).rejects.toMatchObject(BAD);
      await expect(store().deleteTraces('0', { traceIds: [id] })).rejects.toMatchObject(BAD);
    });

    test('what is not there is missing', async () => {
      await expect(start(1, { experimentId: '123456' })).rejects.toMatchObject(MISSING);
      await expect(store().getTrace(UNKNOWN)).rejects.toMatchObject(MISSING);
      await expect(store().setTraceTag(UNKNOWN, { key: 'k', value: '' })).rejects.toMatchObject(MISSING);
      await expect(store().deleteTraceTag(UNKNOWN, 'k')).rejects.toMatchObject(MISSING);
      await expect(store().searchTraces({ experimentIds: ['123456'] })).rejects.toMatchObject(MISSING);
      await expect(store().deleteTraces('123456', { traceIds: [UNKNOWN] })).rejects.toMatchObject(MISSING);
      expect((await store().searchTraces({ experimentIds: [] })).items).toEqual([]);
    });

    test('an experiment that was deleted takes no traces and keeps those it has', async () => {
      const experimentId = await store().createExperiment({ name: 'gone' });
      await start(1, { experimentId });
      await store().deleteExperiment(experimentId);
      await expect(start(2, { experimentId })).rejects.toMatchObject(MISSING);
      expect((await store().getTrace(traceId(1))).experimentId).toBe(experimentId);
      expect((await store().searchTraces({ experimentIds: [experimentId] })).items).toHaveLength(1);
    });

    test('tags come and go', async () => {
      await start(1);
      for (const [at, key] of KEYS.entries()) await store().setTraceTag(traceId(1), { key, value: TEXTS[at] ?? '' });
      await store().setTraceTag(traceId(1), { key: 'plain', value: 'again' });
      await store().deleteTraceTag(traceId(1), 'val/loss');
      await expect(store().deleteTraceTag(traceId(1), 'val/loss')).rejects.toMatchObject(MISSING);
      const expected = new Map(KEYS.map((key, at) => [key, TEXTS[at] ?? ''])).set('plain', 'again');
      expected.delete('val/loss');
      const { tags } = await store().getTrace(traceId(1));
      expect(new Map([...tags].filter(([key]) => key !== 'mlflow.artifactLocation'))).toEqual(expected);
      for (const key of BAD_KEYS) {
        await expect(store().setTraceTag(traceId(1), { key, value: '' })).rejects.toMatchObject(BAD);
      }
    });

    test('searches filter, order and page', async () => {
      await start(1, { state: 'OK', executionDuration: 20, tags: new Map([['mlflow.traceName', 'predict']]) });
      await start(2, { state: 'ERROR', executionDuration: 10, metadata: new Map([['mlflow.sourceRun', 'abc']]) });
      await start(3, { requestTime: TIME });
      expect(await found()).toEqual([2, 1, 3]);
      expect(await found(undefined, ['timestamp_ms ASC'])).toEqual([3, 1, 2]);
      expect(await found(undefined, ['execution_time'])).toEqual([2, 1, 3]);
      expect(await found("status = 'OK'")).toEqual([1]);
      expect(await found("name LIKE 'pre%'")).toEqual([1]);
      expect(await found("run_id = 'abc'")).toEqual([2]);
      expect(await found('execution_time_ms > 15')).toEqual([1]);
      const pages = await allPages((pageToken) =>
        store().searchTraces({ experimentIds: ['0'], maxResults: 2, pageToken }),
      );
      expect(pages.map((page) => page.length)).toEqual([2, 1]);
      await expect(found("nonsense = 'a'")).rejects.toMatchObject(BAD);
      await expect(found("span.name = 'a'")).rejects.toMatchObject(BAD);
      await expect(found(undefined, ['name'])).rejects.toMatchObject(BAD);
      await expect(store().searchTraces({ experimentIds: ['0'], maxResults: 501 })).rejects.toMatchObject(BAD);
    });

    test('traces are deleted by id, or by age from the oldest on', async () => {
      for (const at of [1, 2, 3, 4, 5]) await start(at);
      expect(await store().deleteTraces('0', { traceIds: [traceId(5), traceId(5), UNKNOWN] })).toBe(1);
      expect(await store().deleteTraces('0', { traceIds: [] })).toBe(0);
      expect(await store().deleteTraces('0', { maxTimestamp: TIME + 3, maxTraces: 2 })).toBe(2);
      expect(await found()).toEqual([4, 3]);
      expect(await store().deleteTraces('0', { maxTimestamp: TIME + 3 })).toBe(1);
      expect(await found()).toEqual([4]);
      await expect(store().getTrace(traceId(3))).rejects.toMatchObject(MISSING);
      await expect(store().deleteTraces('0', { maxTimestamp: TIME, maxTraces: 0 })).rejects.toMatchObject(BAD);
    });
  });

  describe('assessments of traces', () => {
    const store = withStore(open);
    const trace = traceId(1);
    const source = { sourceType: 'HUMAN', sourceId: 'me@example.org' } as const;

    async function create(assessment: Partial<NewAssessment> = {}) {
      await store().startTrace({ traceId: trace, experimentId: '0', requestTime: TIME });
      const value = { kind: 'feedback', value: true } as const;
      return store().createAssessment(trace, { name: 'correct', source, value, ...assessment });
    }

    test.each<AssessmentValue>([
      { kind: 'feedback', value: true },
      { kind: 'feedback', value: null },
      { kind: 'feedback', value: 0.1 },
      { kind: 'feedback', value: 1e21 },
      { kind: 'feedback', value: -3 },
      { kind: 'feedback', value: '1e5' },
      { kind: 'feedback', value: 'null' },
      { kind: 'feedback', value: 'line\n: {#} \u2028 😀' },
      { kind: 'feedback', value: ['a', 1, null, [false, {}], { 'a b': [] }] },
      { kind: 'feedback', value: { yes: 'no', [`${'k'.repeat(1_200)}`]: 1 } },
      { kind: 'feedback', value: null, error: { errorCode: 'E', errorMessage: 'no', stackTrace: 'a\n b' } },
      { kind: 'expectation', value: 'yes' },
      { kind: 'expectation', value: 5 },
      { kind: 'expectation', value: [1, { a: 2.5 }] },
      { kind: 'expectation', value: { text: 'größe', list: [null] } },
      { kind: 'issue', issueName: 'too slow' },
    ])('%j is kept', async (value) => {
      const created = await create({
        value,
        rationale: 'because',
        metadata: new Map([['judge', '1e5']]),
        spanId: 'ab',
      });
      expect(created).toEqual({
        assessmentId: expect.stringMatching(/^a-[0-9a-f]{32}$/),
        traceId: trace,
        name: 'correct',
        source,
        value: 'error' in value || value.kind !== 'feedback' ? value : { ...value, error: undefined },
        spanId: 'ab',
        rationale: 'because',
        metadata: new Map([['judge', '1e5']]),
        overrides: undefined,
        valid: true,
        createTime: expect.any(Number),
        lastUpdateTime: created.createTime,
      });
      expect(await store().getAssessment(trace, created.assessmentId)).toEqual(created);
      expect((await store().getTrace(trace)).assessments).toEqual([created]);
    });

    test('an overridden one is invalid as long as there is the one that overrides it', async () => {
      const first = await create();
      const second = await create({ overrides: first.assessmentId, value: { kind: 'feedback', value: false } });
      expect(second).toMatchObject({ valid: true, overrides: first.assessmentId });
      expect(await store().getAssessment(trace, first.assessmentId)).toEqual({ ...first, valid: false });
      await store().deleteAssessment(trace, second.assessmentId);
      expect(await store().getAssessment(trace, first.assessmentId)).toMatchObject({ valid: true });
      await expect(create({ overrides: second.assessmentId })).rejects.toMatchObject(MISSING);
      expect((await store().getTrace(trace)).assessments).toHaveLength(1);
    });

    test('an update changes what it names, and never the kind', async () => {
      const { assessmentId, ...before } = await create({ metadata: new Map([['a', '1']]) });
      const changed = await store().updateAssessment(trace, assessmentId, {
        value: { kind: 'feedback', value: 'new' },
        rationale: 'second thoughts',
        metadata: new Map([['b', '2']]),
      });
      expect(changed).toMatchObject({
        name: before.name,
        source,
        value: { kind: 'feedback', value: 'new' },
        rationale: 'second thoughts',
        metadata: new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
        createTime: before.createTime,
      });
      expect(await store().updateAssessment(trace, assessmentId, { name: 'other' })).toMatchObject({
        name: 'other',
        value: { kind: 'feedback', value: 'new' },
      });
      const value = { kind: 'expectation', value: 1 } as const;
      await expect(store().updateAssessment(trace, assessmentId, { value })).rejects.toMatchObject(BAD);
      expect(await store().updateAssessment(trace, assessmentId, {})).toMatchObject({ name: 'other' });
    });

    test('what is not there is missing, but may be deleted', async () => {
      const { assessmentId } = await create();
      await expect(store().getAssessment(trace, 'a-0')).rejects.toMatchObject(MISSING);
      await expect(store().updateAssessment(trace, 'a-0', { name: 'x' })).rejects.toMatchObject(MISSING);
      await expect(store().getAssessment(UNKNOWN, assessmentId)).rejects.toMatchObject(MISSING);
      await expect(store().deleteAssessment(UNKNOWN, assessmentId)).rejects.toMatchObject(MISSING);
      await store().deleteAssessment(trace, assessmentId);
      await store().deleteAssessment(trace, assessmentId);
      await expect(store().getAssessment(trace, assessmentId)).rejects.toMatchObject(MISSING);
      expect((await store().getTrace(trace)).assessments).toEqual([]);
      for (const id of BAD_IDS) await expect(store().getAssessment(trace, id)).rejects.toMatchObject(BAD);
    });
  });
}

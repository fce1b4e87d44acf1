import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MlflowError } from '../../src/entities/error.ts';
import type { Page } from '../../src/entities/page.ts';
import { type FileRegistryStore, openFileRegistryStore } from '../../src/registry/file/fileRegistryStore.ts';
import { type FileTrackingStore, openFileTrackingStore } from '../../src/tracking/file/fileTrackingStore.ts';
import { hasPython } from './environments.ts';
import { type Recorded, recordData, seeded } from './search/data.ts';
import { intendedDifference } from './search/intended.ts';
import { type Answer, type Question, SearchOracle } from './search/oracle.ts';
import { makeQuestion } from './search/questions.ts';

/** Another seed asks other questions: `SEARCH_SEED=7 SEARCH_QUESTIONS=5000 npm run test:python`. */
const SEED = Number(process.env.SEARCH_SEED ?? 42);
const QUESTIONS = Number(process.env.SEARCH_QUESTIONS ?? 400);

const KINDS = ['runs', 'experiments', 'registered', 'versions', 'models', 'traces'] as const;

/** The same searches, asked of MLflow's own file stores and of ours, on the same folder. */
describe.runIf(hasPython())(`searches beside MLflow (seed ${SEED})`, () => {
  let folder: string;
  let tracking: FileTrackingStore;
  let registry: FileRegistryStore;
  let recorded: Recorded;
  let oracle: SearchOracle;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-search-'));
    const root = path.join(folder, 'store');
    tracking = await openFileTrackingStore({ root });
    registry = await openFileRegistryStore({ root, lookup: tracking });
    recorded = await recordData(tracking, registry, seeded(SEED));
    oracle = new SearchOracle('3.17.2', root);
  });

  afterAll(async () => {
    oracle?.end();
    await tracking?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function search(question: Question): Promise<Page<string>> {
    const { experiments: experimentIds = [], filter, order_by: orderBy } = question;
    const options = { filter, orderBy, maxResults: question.max_results, pageToken: question.page_token };
    switch (question.kind) {
      case 'runs':
        return ids(
          await tracking.searchRuns({ experimentIds, viewType: question.view, ...options }),
          (run) => run.info.runId,
        );
      case 'experiments':
        return ids(await tracking.searchExperiments({ viewType: question.view, ...options }), (e) => e.experimentId);
      case 'registered':
        return ids(await registry.searchRegisteredModels(options), ({ name }) => name);
      case 'versions':
        return ids(await registry.searchModelVersions(options), ({ name, version }) => `${name}/${version}`);
      case 'traces': {
        const maxResults = Math.min(question.max_results ?? 500, 500);
        return ids(await tracking.searchTraces({ experimentIds, ...options, maxResults }), ({ traceId }) => traceId);
      }
      case 'models': {
        const orders = question.order_models?.map(({ field_name, ascending }) => ({
          fieldName: field_name,
          ascending,
        }));
        const datasets = question.datasets?.map(({ dataset_name }) => ({ name: dataset_name }));
        const found = await tracking.searchLoggedModels({ experimentIds, ...options, orderBy: orders, datasets });
        return ids(found, ({ modelId }) => modelId);
      }
    }
  }

  async function answer(question: Question): Promise<Answer> {
    try {
      const { items, nextPageToken } = await search(question);
      return { ids: items, token: nextPageToken ?? null };
    } catch (error) {
      if (!(error instanceof MlflowError)) throw error;
      return { error: error.code, message: error.message };
    }
  }

  test.each(KINDS)(`${QUESTIONS} searches for %s find the same in the same order`, async (kind) => {
    const random = seeded(SEED);
    const unexpected: string[] = [];
    let found = 0;
    for (let at = 0; at < QUESTIONS; at++) {
      const question = makeQuestion(kind, random, recorded);
      const theirs = await oracle.ask(question);
      const ours = await answer(question);
      if ('ids' in theirs && theirs.ids.length > 0) found++;
      if (isSame(theirs, ours) || intendedDifference(question, theirs, ours)) continue;
      unexpected.push([question, theirs, ours].map((part) => JSON.stringify(part)).join('\n'));
    }
    expect(unexpected).toEqual([]);
    // Questions that nobody answers would prove little.
    expect(found).toBeGreaterThan(QUESTIONS / 8);
  });
});

function ids<T>({ items, nextPageToken }: Page<T>, identify: (item: T) => string): Page<string> {
  return { items: items.map(identify), nextPageToken };
}

/** Logged models have tokens of their own in MLflow; that there is one counts. */
function isSame(theirs: Answer, ours: Answer): boolean {
  if ('ids' in theirs && 'ids' in ours) {
    return theirs.ids.join() === ours.ids.join() && (theirs.token === null) === (ours.token === null);
  }
  // Where Python stumbles, a server answers 500 and we say what is wrong.
  return 'error' in ours && ('crash' in theirs || ('error' in theirs && theirs.error === ours.error));
}

import { MlflowError } from '../entities/error.ts';
import type { Json, JsonObject } from '../entities/jsonText.ts';
import { readJsonBody } from './body.ts';
import { experimentGraph, metricGraph, runGraph } from './graphqlJson.ts';
import { Message } from './message.ts';
import { readInterval, sampleHistories } from './metricHistories.ts';
import type { Parts } from './parts.ts';
import { jsonResponse } from './response.ts';
import type { RawHandler } from './route.ts';
import { readRunSearch } from './runs.ts';

/**
 * The four operations that MLflow's pages send by GraphQL. They are known by their names and answered whole, with all
 * fields that any of the pages asks for: a client takes those that its query names.
 */
export const answerOperation: RawHandler = async (parts, request) => {
  const body = Message.ofBody(await readJsonBody(request));
  const name = body.optionalText('operationName') ?? nameOf(body.anyText('query'));
  const operation = name === undefined ? undefined : OPERATIONS.get(name);
  if (!operation) return answer(null, [`There is no operation '${name ?? ''}'.`]);
  const { root, argument, type, resolve } = operation;
  try {
    const input = body.optionalMessage('variables')?.optionalMessage(argument) ?? Message.ofBody({});
    return answer({ [root]: { __typename: type, apiError: null, ...(await resolve(parts, input)) } }, null);
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    return answer({ [root]: null }, [error.message]);
  }
};

/** As MLflow answers: 200 in any case, errors as texts. */
function answer(data: JsonObject | null, errors: readonly string[] | null) {
  return jsonResponse({ data, errors });
}

function nameOf(query: string): string | undefined {
  return /^\s*query\s+(\w+)/.exec(query)?.[1];
}

interface Operation {
  /** The field of the query that it asks for, and the variable that this takes. */
  readonly root: string;
  readonly argument: string;
  readonly type: string;
  readonly resolve: (parts: Parts, input: Message) => Promise<Readonly<Record<string, Json>>>;
}

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['GetRun', { root: 'mlflowGetRun', argument: 'data', type: 'MlflowGetRunResponse', resolve: getRun }],
  ['SearchRuns', { root: 'mlflowSearchRuns', argument: 'data', type: 'MlflowSearchRunsResponse', resolve: searchRuns }],
  [
    'MlflowGetExperimentQuery',
    { root: 'mlflowGetExperiment', argument: 'input', type: 'MlflowGetExperimentResponse', resolve: getExperiment },
  ],
  [
    'GetMetricHistoryBulkInterval',
    {
      root: 'mlflowGetMetricHistoryBulkInterval',
      argument: 'data',
      type: 'MlflowGetMetricHistoryBulkIntervalResponse',
      resolve: getMetricHistories,
    },
  ],
]);

async function getRun({ tracking, registry }: Parts, input: Message) {
  const run = await tracking.getRun(input.text('runId'));
  const experiment = await tracking.getExperiment(run.info.experimentId);
  const versions = await registry.searchModelVersions({ filter: `run_id='${run.info.runId}'` });
  return { run: runGraph(run, experiment, versions.items) };
}

async function searchRuns({ tracking, registry }: Parts, input: Message) {
  const page = await tracking.searchRuns(readRunSearch(input.inSnakeCase()));
  const experiments = new Map(
    await Promise.all(
      [...new Set(page.items.map(({ info }) => info.experimentId))].map(
        async (id) => [id, await tracking.getExperiment(id)] as const,
      ),
    ),
  );
  const versions = Map.groupBy((await registry.searchModelVersions({})).items, ({ runId }) => runId);
  const runs = page.items.map((run) =>
    runGraph(run, experiments.get(run.info.experimentId), versions.get(run.info.runId) ?? []),
  );
  return { runs, nextPageToken: page.nextPageToken ?? null };
}

async function getExperiment({ tracking }: Parts, input: Message) {
  return { experiment: experimentGraph(await tracking.getExperiment(input.text('experimentId'))) };
}

async function getMetricHistories({ tracking }: Parts, input: Message) {
  const message = input.inSnakeCase();
  const [runIds, key] = [message.texts('run_ids'), message.text('metric_key')];
  const points = await sampleHistories(tracking, { runIds, key, ...readInterval(message) });
  return {
    metrics: points.map(({ runId, point }) => ({ ...metricGraph(point), __typename: 'MlflowMetricWithRunId', runId })),
  };
}

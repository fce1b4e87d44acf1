import { invalidParameter } from '../entities/error.ts';
import type { LoggedModel, LoggedModelMetric, LoggedModelStatus } from '../entities/loggedModel.ts';
import { compareRecency } from '../entities/metric.ts';
import { type Clause, parseClauses } from './clauses.ts';
import { LISTED_TEXT, NULLABLE_TEXT, numberTest, textTest } from './compare.ts';
import type { CompiledSearch } from './compiled.ts';
import { by, type Compare, inOrder } from './order.ts';

/** The part of a store's search that is compiled; field names are MLflow's. */
export interface LoggedModelQuery {
  readonly filter?: string | undefined;
  readonly datasets?: readonly DatasetQuery[] | undefined;
  readonly orderBy?: readonly LoggedModelOrderQuery[] | undefined;
}

interface DatasetQuery {
  readonly name: string;
  readonly digest?: string | undefined;
}

interface LoggedModelOrderQuery {
  readonly fieldName: string;
  readonly ascending?: boolean | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}

const STATUSES: Readonly<Record<LoggedModelStatus, string>> = {
  LOGGED_MODEL_STATUS_UNSPECIFIED: 'UNSPECIFIED',
  LOGGED_MODEL_PENDING: 'PENDING',
  LOGGED_MODEL_READY: 'READY',
  LOGGED_MODEL_UPLOAD_FAILED: 'FAILED',
};

const TEXTS = new Map<string, (model: LoggedModel) => string | undefined>([
  ['name', ({ name }) => name],
  ['model_id', ({ modelId }) => modelId],
  ['model_type', ({ modelType }) => modelType],
  // As MLflow's own entity calls it.
  ['status', ({ status }) => STATUSES[status]],
  ['source_run_id', ({ sourceRunId }) => sourceRunId],
]);

const NUMBERS = new Map<string, (model: LoggedModel) => number>([
  ['creation_timestamp', ({ creationTimestamp }) => creationTimestamp],
  ['creation_time', ({ creationTimestamp }) => creationTimestamp],
  ['last_updated_timestamp', ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp],
  ['last_updated_time', ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp],
]);

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileLoggedModelSearch(query: LoggedModelQuery): CompiledSearch<LoggedModel> {
  const datasets = query.datasets ?? [];
  const clauses = parseClauses(query.filter);
  const tests = clauses.map((clause) => compileClause(clause, datasets));
  const asksForMetrics = clauses.some(({ entity }) => entity === 'metric' || entity === 'metrics');
  // Datasets alone ask for the models that have any metric on one of them.
  if (datasets.length > 0 && !asksForMetrics) tests.push(({ metrics }) => metrics.some(isOnAnyOf(datasets)));
  return {
    matches: (model) => tests.every((test) => test(model)),
    compare: inOrder([
      ...(query.orderBy ?? []).map(compileOrder),
      by<LoggedModel>(({ creationTimestamp }) => creationTimestamp, false),
      by<LoggedModel>(({ modelId }) => modelId, true),
    ]),
  };
}

function compileClause(clause: Clause, datasets: readonly DatasetQuery[]): (model: LoggedModel) => boolean {
  const { entity, key } = clause;
  switch (entity) {
    case 'metric':
    case 'metrics': {
      const test = numberTest(clause, 'metric');
      return ({ metrics }) => latest(metrics, key, datasets).some(({ value }) => test(value));
    }
    case 'param':
    case 'params':
    case 'parameter':
    case 'parameters': {
      const test = textTest(clause, NULLABLE_TEXT, 'parameter');
      return ({ params }) => test(params.get(key));
    }
    case 'tag':
    case 'tags': {
      const test = textTest(clause, NULLABLE_TEXT, 'tag');
      return ({ tags }) => test(tags.get(key));
    }
    case undefined:
    case 'attribute':
    case 'attributes':
      return compileAttribute(clause);
    default:
      throw invalidParameter(
        `Invalid entity type '${entity}'. Valid values are ['metric', 'parameter', 'tag', 'attribute']`,
      );
  }
}

function compileAttribute(clause: Clause): (model: LoggedModel) => boolean {
  const number = NUMBERS.get(clause.key);
  if (number) {
    const test = numberTest(clause, 'numeric attribute');
    return (model) => test(number(model));
  }
  const text = TEXTS.get(clause.key);
  if (!text) throw invalidParameter(`Invalid attribute key '${clause.key}' specified.`);
  const test = textTest(clause, LISTED_TEXT, 'attributes');
  return (model) => test(text(model));
}

/** The latest points of a metric: one a dataset where datasets are asked for, else one. */
function latest(
  metrics: readonly LoggedModelMetric[],
  key: string,
  datasets: readonly DatasetQuery[],
): readonly LoggedModelMetric[] {
  const points = metrics.filter((metric) => metric.key === key);
  const groups =
    datasets.length === 0 ? [points] : datasets.map(({ name, digest }) => points.filter(isOnAnyOf([{ name, digest }])));
  return groups.flatMap((group) => group.toSorted(compareRecency).slice(-1));
}

function isOnAnyOf(datasets: readonly DatasetQuery[]): (metric: LoggedModelMetric) => boolean {
  return ({ datasetName, datasetDigest }) =>
    datasets.some(({ name, digest }) => datasetName === name && (digest === undefined || datasetDigest === digest));
}

function compileOrder(order: LoggedModelOrderQuery): Compare<LoggedModel> {
  const { fieldName, ascending = true, datasetName, datasetDigest } = order;
  const attribute = NUMBERS.get(fieldName) ?? TEXTS.get(fieldName);
  if (attribute) return by(attribute, ascending);
  const key = /^metrics\.(.+)$/s.exec(fieldName)?.[1];
  if (key === undefined) throw invalidParameter(`Invalid order by field name: ${fieldName}.`);
  const datasets = datasetName === undefined ? [] : [{ name: datasetName, digest: datasetDigest }];
  return by(({ metrics }) => latest(metrics, key, datasets)[0]?.value, ascending);
}

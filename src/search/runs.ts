import { invalidParameter } from '../entities/error.ts';
import type { Run } from '../entities/run.ts';
import { type Clause, parseClauses } from './clauses.ts';
import { LISTED_TEXT, NULLABLE_TEXT, numberTest, TEXTUAL, textTest } from './compare.ts';
import type { CompiledSearch } from './compiled.ts';
import { by, type Compare, inOrder, parseOrderBy, type SortKey } from './order.ts';

type Entity = 'metric' | 'parameter' | 'tag' | 'attribute' | 'dataset';

const ENTITIES = new Map<string, Entity>([
  ...['metric', 'metrics'].map((name) => [name, 'metric'] as const),
  ...['parameter', 'parameters', 'param', 'params'].map((name) => [name, 'parameter'] as const),
  ...['tag', 'tags'].map((name) => [name, 'tag'] as const),
  ...['attribute', 'attributes', 'attr', 'run'].map((name) => [name, 'attribute'] as const),
  ...['dataset', 'datasets'].map((name) => [name, 'dataset'] as const),
]);

const NUMBERS = new Map<string, (run: Run) => number | undefined>([
  ['start_time', ({ info }) => info.startTime],
  ['created', ({ info }) => info.startTime],
  ['Created', ({ info }) => info.startTime],
  ['end_time', ({ info }) => info.endTime],
]);

const runName = ({ info }: Run) => info.runName;
const TEXTS = new Map<string, (run: Run) => string>([
  ['run_id', ({ info }) => info.runId],
  ['artifact_uri', ({ info }) => info.artifactUri],
  ['status', ({ info }) => info.status],
  ['user_id', ({ info }) => info.userId],
  ['run_name', runName],
  ['run name', runName],
  ['Run name', runName],
  ['Run Name', runName],
]);

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileRunSearch(filter?: string, orderBy: readonly string[] = []): CompiledSearch<Run> {
  const tests = parseClauses(filter).map(compileClause);
  return {
    matches: (run) => tests.every((test) => test(run)),
    compare: inOrder([
      ...orderBy.map(compileOrder),
      by<Run>(({ info }) => info.startTime, false),
      by<Run>(({ info }) => info.runId, true),
    ]),
  };
}

function entityOf(name: string | undefined): Entity {
  const entity = name === undefined ? 'attribute' : ENTITIES.get(name);
  if (entity) return entity;
  throw invalidParameter(
    `Invalid entity type '${name}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
  );
}

function compileClause(clause: Clause): (run: Run) => boolean {
  const { key } = clause;
  switch (entityOf(clause.entity)) {
    case 'metric': {
      const test = numberTest(clause, 'metric');
      return ({ data }) => test(data.metrics.get(key)?.value);
    }
    case 'parameter': {
      const test = textTest(clause, NULLABLE_TEXT, 'parameter');
      return ({ data }) => test(data.params.get(key));
    }
    case 'tag': {
      if (clause.comparator === 'IN' || clause.comparator === 'NOT IN') {
        throw invalidParameter(`Expected a quoted string value for tag (e.g. 'my-value'). Got a list`);
      }
      const test = textTest(clause, NULLABLE_TEXT, 'tag');
      return ({ data }) => test(data.tags.get(key));
    }
    case 'dataset':
      return compileDataset(clause);
    case 'attribute':
      return compileAttribute(clause);
  }
}

function compileAttribute(clause: Clause): (run: Run) => boolean {
  const number = NUMBERS.get(clause.key);
  if (number) {
    const test = numberTest(clause, 'numeric attribute');
    return (run) => test(number(run));
  }
  const text = TEXTS.get(clause.key);
  if (!text) throw invalidAttribute(clause.key);
  const listed = clause.comparator === 'IN' || clause.comparator === 'NOT IN';
  if (listed && clause.key !== 'run_id') {
    throw invalidParameter("Only the 'run_id' attribute supports comparison with a list of quoted string values.");
  }
  const test = textTest(clause, listed ? LISTED_TEXT : TEXTUAL, 'attributes');
  return (run) => test(text(run));
}

function compileDataset(clause: Clause): (run: Run) => boolean {
  const { key } = clause;
  const test = textTest(clause, LISTED_TEXT, 'dataset');
  switch (key) {
    case 'name':
    case 'digest':
      return ({ datasetInputs }) => datasetInputs.some(({ dataset }) => test(dataset[key]));
    case 'context':
      return ({ datasetInputs }) => datasetInputs.some(({ tags }) => test(tags.get('mlflow.data.context')));
    default:
      throw invalidParameter(`Invalid dataset key '${key}' specified. Valid keys are 'name', 'digest' and 'context'.`);
  }
}

function compileOrder(text: string): Compare<Run> {
  const { entity, key, ascending } = parseOrderBy(text);
  return by(sortKey(entityOf(entity), key), ascending);
}

function sortKey(entity: Entity, key: string): SortKey<Run> {
  switch (entity) {
    case 'metric':
      return ({ data }) => data.metrics.get(key)?.value;
    case 'parameter':
      return ({ data }) => data.params.get(key);
    case 'tag':
      return ({ data }) => data.tags.get(key);
    case 'dataset':
      throw invalidParameter("Invalid order_by entity type 'dataset'");
    case 'attribute': {
      const attribute: SortKey<Run> | undefined = NUMBERS.get(key) ?? TEXTS.get(key);
      if (!attribute) throw invalidAttribute(key);
      return attribute;
    }
  }
}

function invalidAttribute(key: string) {
  const valid = [...TEXTS.keys(), ...NUMBERS.keys()].map((name) => `'${name}'`).join(', ');
  return invalidParameter(`Invalid attribute key '${key}' specified. Valid keys are '{${valid}}'`);
}

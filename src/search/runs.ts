import type { DatasetInput } from '../entities/dataset.ts';
import { invalidParameter } from '../entities/error.ts';
import type { Run } from '../entities/run.ts';
import { type Clause, parseClauses } from './clauses.ts';
import { LISTED_TEXT, NULLABLE_TEXT, type NumberTest, numberTest, TEXTUAL, type Test, textTest } from './compare.ts';
import { type Ordering, parseOrderBy, type SortValue } from './order.ts';

type Entity = 'metric' | 'parameter' | 'tag' | 'attribute' | 'dataset';

const ENTITIES = new Map<string, Entity>([
  ...['metric', 'metrics'].map((name) => [name, 'metric'] as const),
  ...['parameter', 'parameters', 'param', 'params'].map((name) => [name, 'parameter'] as const),
  ...['tag', 'tags'].map((name) => [name, 'tag'] as const),
  ...['attribute', 'attributes', 'attr', 'run'].map((name) => [name, 'attribute'] as const),
  ...['dataset', 'datasets'].map((name) => [name, 'dataset'] as const),
]);

/** The attributes that are numbers, and those that are texts, by the names that MLflow knows them under. */
const NUMBERS = new Map<string, 'startTime' | 'endTime'>([
  ['start_time', 'startTime'],
  ['created', 'startTime'],
  ['Created', 'startTime'],
  ['end_time', 'endTime'],
]);

const TEXTS = new Map<string, 'runId' | 'artifactUri' | 'status' | 'userId' | 'runName'>([
  ['run_id', 'runId'],
  ['artifact_uri', 'artifactUri'],
  ['status', 'status'],
  ['user_id', 'userId'],
  ['run_name', 'runName'],
  ['run name', 'runName'],
  ['Run name', 'runName'],
  ['Run Name', 'runName'],
]);

type Read<T, V> = (run: T) => V;

/** Runs that a search looks at, or their numbers. */
export interface Rows<T> {
  [at: number]: T;
}

/** Keeps of the first `count` rows those that match, in their order. @returns how many */
export type Narrow<T> = (rows: Rows<T>, count: number) => number;

/** One value of every run that has it. */
export interface Column<T, V extends SortValue, C extends Test<V> = Test<V>> {
  readonly get: Read<T, V | undefined>;
  /** Applies a test to the values of many runs: a loop of its own for each test takes a fraction of one for all. */
  tested(test: C): Narrow<T>;
}

export type NumberColumn<T> = Column<T, number, NumberTest>;
export type TextColumn<T> = Column<T, string>;

/** How a search reads runs, in whatever form a store keeps them. */
export interface RunFields<T> {
  /** The latest value of a metric. */
  metric(key: string): NumberColumn<T>;
  param(key: string): TextColumn<T>;
  tag(key: string): TextColumn<T>;
  number(attribute: 'startTime' | 'endTime'): NumberColumn<T>;
  text(attribute: 'runId' | 'artifactUri' | 'status' | 'userId' | 'runName'): TextColumn<T>;
  readonly datasetInputs: Read<T, readonly DatasetInput[]>;
}

/** A column whose values cost nothing to read. */
export function column<T, V extends SortValue>(get: Read<T, V | undefined>): Column<T, V> {
  return { get, tested: (test) => narrow((row) => test(get(row))) };
}

/** Keeps the rows that match. */
export function narrow<T>(matches: Read<T, boolean>): Narrow<T> {
  return (rows, count) => {
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const row = rows[at] as T;
      if (matches(row)) rows[kept++] = row;
    }
    return kept;
  };
}

/** Runs as entities. */
export const RUN_FIELDS: RunFields<Run> = {
  metric: (key) => column((run) => run.data.metrics.get(key)?.value),
  param: (key) => column((run) => run.data.params.get(key)),
  tag: (key) => column((run) => run.data.tags.get(key)),
  number: (attribute) => column((run) => run.info[attribute]),
  text: (attribute) => column((run) => run.info[attribute]),
  datasetInputs: (run) => run.datasetInputs,
};

/** A search that was read and found right, to be applied to runs in any form. */
export interface RunQuery {
  filter<T>(fields: RunFields<T>): Narrow<T>;
  /** What the runs are ordered by, the most important first; no two runs are equal in all. */
  order<T>(fields: RunFields<T>): readonly Ordering<T>[];
}

type BindFilter = <T>(fields: RunFields<T>) => Narrow<T>;
type BindKey = <T>(fields: RunFields<T>) => { readonly get: Read<T, SortValue> };

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileRunSearch(filter?: string, orderBy: readonly string[] = []): RunQuery {
  const tests = parseClauses(filter).map(compileClause);
  const orders = [
    ...orderBy.map(compileOrder),
    { ...numberOrder('startTime'), ascending: false },
    { ...textOrder('runId'), ascending: true },
  ];
  return {
    filter: (fields) => {
      const narrows = tests.map((bind) => bind(fields));
      return (rows, count) => narrows.reduce((kept, narrow) => narrow(rows, kept), count);
    },
    order: (fields) => orders.map(({ bind, ascending, isNumber }) => ({ key: bind(fields).get, ascending, isNumber })),
  };
}

function entityOf(name: string | undefined): Entity {
  const entity = name === undefined ? 'attribute' : ENTITIES.get(name);
  if (entity) return entity;
  throw invalidParameter(
    `Invalid entity type '${name}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
  );
}

function compileClause(clause: Clause): BindFilter {
  const { key } = clause;
  switch (entityOf(clause.entity)) {
    case 'metric':
      return ofNumber((fields) => fields.metric(key), numberTest(clause, 'metric'));
    case 'parameter':
      return ofText((fields) => fields.param(key), textTest(clause, NULLABLE_TEXT, 'parameter'));
    case 'tag':
      if (clause.comparator === 'IN' || clause.comparator === 'NOT IN') {
        throw invalidParameter(`Expected a quoted string value for tag (e.g. 'my-value'). Got a list`);
      }
      return ofText((fields) => fields.tag(key), textTest(clause, NULLABLE_TEXT, 'tag'));
    case 'dataset':
      return compileDataset(clause);
    case 'attribute':
      return compileAttribute(clause);
  }
}

function ofNumber(bind: <T>(fields: RunFields<T>) => NumberColumn<T>, test: NumberTest): BindFilter {
  return (fields) => bind(fields).tested(test);
}

function ofText(bind: <T>(fields: RunFields<T>) => TextColumn<T>, test: Test<string>): BindFilter {
  return (fields) => bind(fields).tested(test);
}

function compileAttribute(clause: Clause): BindFilter {
  const number = NUMBERS.get(clause.key);
  if (number) return ofNumber((fields) => fields.number(number), numberTest(clause, 'numeric attribute'));
  const text = TEXTS.get(clause.key);
  if (!text) throw invalidAttribute(clause.key);
  const listed = clause.comparator === 'IN' || clause.comparator === 'NOT IN';
  if (listed && clause.key !== 'run_id') {
    throw invalidParameter("Only the 'run_id' attribute supports comparison with a list of quoted string values.");
  }
  const test = textTest(clause, listed ? LISTED_TEXT : TEXTUAL, 'attributes');
  return ofText((fields) => fields.text(text), test);
}

function compileDataset(clause: Clause): BindFilter {
  const { key } = clause;
  const test = textTest(clause, LISTED_TEXT, 'dataset');
  const some = (matches: (input: DatasetInput) => boolean): BindFilter => {
    return ({ datasetInputs }) => narrow((run) => datasetInputs(run).some(matches));
  };
  switch (key) {
    case 'name':
    case 'digest':
      return some(({ dataset }) => test(dataset[key]));
    case 'context':
      return some(({ tags }) => test(tags.get('mlflow.data.context')));
    default:
      throw invalidParameter(`Invalid dataset key '${key}' specified. Valid keys are 'name', 'digest' and 'context'.`);
  }
}

/** What runs are ordered by, and whether those are numbers. */
interface Order {
  readonly bind: BindKey;
  readonly isNumber: boolean;
}

function compileOrder(text: string): Order & { readonly ascending: boolean } {
  const { entity, key, ascending } = parseOrderBy(text);
  return { ...orderOf(entityOf(entity), key), ascending };
}

function orderOf(entity: Entity, key: string): Order {
  switch (entity) {
    case 'metric':
      return { bind: (fields) => fields.metric(key), isNumber: true };
    case 'parameter':
      return { bind: (fields) => fields.param(key), isNumber: false };
    case 'tag':
      return { bind: (fields) => fields.tag(key), isNumber: false };
    case 'dataset':
      throw invalidParameter("Invalid order_by entity type 'dataset'");
    case 'attribute': {
      const number = NUMBERS.get(key);
      if (number) return numberOrder(number);
      const text = TEXTS.get(key);
      if (!text) throw invalidAttribute(key);
      return textOrder(text);
    }
  }
}

function numberOrder(attribute: 'startTime' | 'endTime'): Order {
  return { bind: (fields) => fields.number(attribute), isNumber: true };
}

function textOrder(attribute: 'runId' | 'artifactUri' | 'status' | 'userId' | 'runName'): Order {
  return { bind: (fields) => fields.text(attribute), isNumber: false };
}

function invalidAttribute(key: string) {
  const valid = [...TEXTS.keys(), ...NUMBERS.keys()].map((name) => `'${name}'`).join(', ');
  return invalidParameter(`Invalid attribute key '${key}' specified. Valid keys are '{${valid}}'`);
}

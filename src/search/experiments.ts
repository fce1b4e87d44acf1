import { invalidParameter } from '../entities/error.ts';
import type { Experiment } from '../entities/experiment.ts';
import { type Clause, parseClauses } from './clauses.ts';
import { LISTED_TEXT, NULLABLE_TEXT, numberTest, TEXTUAL, textTest } from './compare.ts';
import type { CompiledSearch } from './compiled.ts';
import { by, type Compare, inOrder, parseOrderBy, type SortKey } from './order.ts';

const NUMBERS = new Map<string, (experiment: Experiment) => number | undefined>([
  ['creation_time', ({ creationTime }) => creationTime],
  ['last_update_time', ({ lastUpdateTime }) => lastUpdateTime],
]);

const ORDER_KEYS = new Map<string, SortKey<Experiment>>([
  ...NUMBERS,
  ['name', ({ name }) => name],
  ['experiment_id', ({ experimentId }) => experimentId],
]);

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileExperimentSearch(filter?: string, orderBy: readonly string[] = []): CompiledSearch<Experiment> {
  const tests = parseClauses(filter).map(compileClause);
  const orders = orderBy.length > 0 ? orderBy : ['creation_time DESC'];
  return {
    matches: (experiment) => tests.every((test) => test(experiment)),
    compare: inOrder([...orders.map(compileOrder), by<Experiment>(({ experimentId }) => experimentId, true)]),
  };
}

function compileClause(clause: Clause): (experiment: Experiment) => boolean {
  const { entity, key } = clause;
  if (entity === 'tag' || entity === 'tags') {
    const test = textTest(clause, NULLABLE_TEXT, 'tag');
    return ({ tags }) => test(tags.get(key));
  }
  if (entity !== undefined && entity !== 'attribute') {
    throw invalidParameter(`Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`);
  }
  const number = NUMBERS.get(key);
  if (number) {
    const test = numberTest(clause, 'numeric attribute');
    return (experiment) => test(number(experiment));
  }
  if (key !== 'name' && key !== 'experiment_id') throw invalidAttribute(key);
  const test = textTest(clause, key === 'name' ? TEXTUAL : LISTED_TEXT, 'attributes');
  return (experiment) => test(key === 'name' ? experiment.name : experiment.experimentId);
}

function compileOrder(text: string): Compare<Experiment> {
  const { entity, key, ascending } = parseOrderBy(text);
  if (entity !== undefined && entity !== 'attribute')
    throw invalidParameter(`Invalid order_by entity: ${entity.replace(/s$/, '')}`);
  const sortKey = ORDER_KEYS.get(key);
  if (!sortKey) throw invalidAttribute(key);
  return by(sortKey, ascending);
}

function invalidAttribute(key: string) {
  return invalidParameter(
    `Invalid attribute key '${key}' specified. Valid keys are '{'name', 'experiment_id', 'creation_time', 'last_update_time'}'`,
  );
}

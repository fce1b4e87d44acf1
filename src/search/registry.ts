import { invalidParameter } from '../entities/error.ts';
import type { ModelVersion, RegisteredModel } from '../entities/registeredModel.ts';
import { type Clause, type Comparator, parseClauses } from './clauses.ts';
import { LISTED_TEXT, numberTest, TEXTUAL, textTest } from './compare.ts';
import type { CompiledSearch } from './compiled.ts';
import { by, type Compare, inOrder, parseOrderBy, type SortKey } from './order.ts';

/** Prompts are kept as registered models with this tag; searches leave them out unless the filter asks for it. */
const PROMPT_TAG = 'mlflow.prompt.is_prompt';

/** What a search of one kind of entity knows. */
interface Vocabulary<T> {
  readonly texts: ReadonlyMap<string, (item: T) => string | undefined>;
  readonly numbers: ReadonlyMap<string, (item: T) => number>;
  /** Text attributes that can be compared with a list. */
  readonly listed: ReadonlyMap<string, readonly Comparator[]>;
  readonly orderKeys: ReadonlyMap<string, SortKey<T>>;
  readonly defaultOrder: readonly string[];
  readonly tieBreakers: readonly Compare<T>[];
}

const MODELS: Vocabulary<RegisteredModel> = {
  texts: new Map([['name', ({ name }) => name]]),
  numbers: new Map(),
  listed: new Map([['name', LISTED_TEXT]]),
  orderKeys: new Map<string, SortKey<RegisteredModel>>([
    ['name', ({ name }) => name],
    ['creation_timestamp', ({ creationTimestamp }) => creationTimestamp],
    ['last_updated_timestamp', ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp],
  ]),
  defaultOrder: ['name ASC'],
  tieBreakers: [by(({ name }) => name, true)],
};

const VERSIONS: Vocabulary<ModelVersion> = {
  texts: new Map<string, (version: ModelVersion) => string | undefined>([
    ['name', ({ name }) => name],
    ['run_id', ({ runId }) => runId],
    ['source_path', ({ source }) => source],
  ]),
  numbers: new Map([['version_number', ({ version }) => Number(version)]]),
  listed: new Map([
    ['name', LISTED_TEXT],
    ['run_id', LISTED_TEXT],
  ]),
  orderKeys: new Map<string, SortKey<ModelVersion>>([
    ['name', ({ name }) => name],
    ['version_number', ({ version }) => Number(version)],
    ['creation_timestamp', ({ creationTimestamp }) => creationTimestamp],
    ['last_updated_timestamp', ({ lastUpdatedTimestamp }) => lastUpdatedTimestamp],
  ]),
  defaultOrder: ['last_updated_timestamp DESC'],
  tieBreakers: [by(({ name }) => name, true), by(({ version }) => Number(version), false)],
};

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileRegisteredModelSearch(filter?: string, orderBy?: readonly string[]) {
  return compile(MODELS, filter, orderBy);
}

/** @throws INVALID_PARAMETER_VALUE for a filter or order that MLflow refuses. */
export function compileModelVersionSearch(filter?: string, orderBy?: readonly string[]) {
  return compile(VERSIONS, filter, orderBy);
}

function compile<T extends RegisteredModel | ModelVersion>(
  vocabulary: Vocabulary<T>,
  filter: string | undefined,
  orderBy: readonly string[] = [],
): CompiledSearch<T> {
  // In the registry, MLflow takes a filter of blanks for none.
  const clauses = parseClauses(filter?.trim());
  const tests = clauses.map((clause) => compileClause(vocabulary, clause));
  const asksForPrompts = clauses.some(({ entity, key }) => isTag(entity) && key === PROMPT_TAG);
  const orders = orderBy.length > 0 ? orderBy : vocabulary.defaultOrder;
  return {
    matches: (item) => (asksForPrompts || item.tags.get(PROMPT_TAG) !== 'true') && tests.every((test) => test(item)),
    compare: inOrder([...orders.map((text) => compileOrder(vocabulary, text)), ...vocabulary.tieBreakers]),
  };
}

function isTag(entity: string | undefined): boolean {
  return entity === 'tag' || entity === 'tags';
}

function compileClause<T extends RegisteredModel | ModelVersion>(
  { texts, numbers, listed }: Vocabulary<T>,
  clause: Clause,
): (item: T) => boolean {
  const { entity, key } = clause;
  if (isTag(entity)) {
    const test = textTest(clause, TEXTUAL, 'tag');
    // An entity without the mark is no prompt.
    return ({ tags }) => test(tags.get(key) ?? (key === PROMPT_TAG ? 'false' : undefined));
  }
  if (entity !== undefined && entity !== 'attribute') {
    throw invalidParameter(`Invalid entity type '${entity}'. Valid entity types are ('attribute', 'tag', 'tags')`);
  }
  const number = numbers.get(key);
  if (number) {
    const test = numberTest(clause, 'numeric attribute');
    return (item) => test(number(item));
  }
  const text = texts.get(key);
  if (!text) throw invalidKey(key, [...texts.keys(), ...numbers.keys()]);
  const test = textTest(clause, listed.get(key) ?? TEXTUAL, 'attributes');
  return (item) => test(text(item));
}

function compileOrder<T>({ orderKeys }: Vocabulary<T>, text: string): Compare<T> {
  const { entity, key, ascending } = parseOrderBy(text);
  const sortKey = entity === undefined || entity === 'attribute' ? orderKeys.get(key) : undefined;
  if (!sortKey) throw invalidKey(key, [...orderKeys.keys()]);
  return by(sortKey, ascending);
}

function invalidKey(key: string, valid: readonly string[]) {
  const list = valid.map((name) => `'${name}'`).join(', ');
  return invalidParameter(`Invalid attribute key '${key}' specified. Valid keys are '{${list}}'`);
}

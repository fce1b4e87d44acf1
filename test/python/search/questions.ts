import { DATASETS, KEYS, NAMES, pick, type Random, type Recorded, TEXTS } from './data.ts';
import type { Question } from './oracle.ts';

type Kind = Question['kind'];

const ENTITIES: Readonly<Record<Kind, readonly string[]>> = {
  runs: [
    'metrics',
    'metric',
    'params',
    'param',
    'parameter',
    'parameters',
    'tags',
    'tag',
    'attributes',
    'attribute',
    'attr',
    'run',
    'datasets',
    'dataset',
    'nope',
  ],
  experiments: ['attribute', 'tags', 'tag', 'attributes'],
  registered: ['attribute', 'tags', 'tag', 'attributes'],
  versions: ['attribute', 'tags', 'tag', 'attributes'],
  models: ['metrics', 'params', 'tags', 'attributes', 'attribute', 'param', 'tag', 'metric'],
  traces: ['tags', 'tag', 'metadata', 'request_metadata', 'attributes', 'attribute', 'trace', 'span', 'feedback'],
};

const ATTRIBUTES: Readonly<Record<Kind, readonly string[]>> = {
  runs: [
    'run_id',
    'run_name',
    'status',
    'user_id',
    'artifact_uri',
    'start_time',
    'end_time',
    'created',
    'Created',
    '`Run name`',
    '`run name`',
    'experiment_id',
    'lifecycle_stage',
    'nope',
  ],
  experiments: ['name', 'creation_time', 'last_update_time', 'experiment_id', 'nope', 'lifecycle_stage'],
  registered: ['name', 'creation_timestamp', 'last_updated_timestamp', 'nope'],
  versions: [
    'name',
    'run_id',
    'source_path',
    'version_number',
    'creation_timestamp',
    'last_updated_timestamp',
    'current_stage',
    'nope',
  ],
  models: [
    'name',
    'model_id',
    'model_type',
    'status',
    'source_run_id',
    'creation_timestamp',
    'last_updated_timestamp',
    'nope',
  ],
  traces: [
    'request_id',
    'name',
    'status',
    'timestamp',
    'timestamp_ms',
    'execution_time',
    'execution_time_ms',
    'run_id',
    'client_request_id',
    'nope',
  ],
};

const NUMERIC = /time|timestamp|version_number|[Cc]reated/;
const COMPARATORS = ['=', '!=', '>', '>=', '<', '<=', 'LIKE', 'ILIKE', 'like', 'iLike'];
const KEYWORDS = [' AND ', ' and ', ' AND ', ' And '];

/** Questions as users write them, nearly right ones among them. */
export function makeQuestion(kind: Kind, random: Random, recorded: Recorded): Question {
  const isByExperiment = kind === 'runs' || kind === 'models' || kind === 'traces';
  const [first = '0', second = '0'] = recorded.experimentIds;
  return {
    kind,
    ...(isByExperiment && { experiments: pick(random, [[first], [first, second], [second, first]]) }),
    filter: random(8) === 0 ? undefined : makeFilter(kind, random, recorded),
    ...(kind === 'models'
      ? { order_models: random(2) ? [makeModelOrder(random)] : undefined }
      : { order_by: random(2) ? Array.from({ length: 1 + random(2) }, () => makeOrder(kind, random)) : undefined }),
    max_results: random(3) === 0 ? 1 + random(5) : 1_000,
    ...((kind === 'runs' || kind === 'experiments') && { view: pick(random, ['ACTIVE_ONLY', 'ALL', 'DELETED_ONLY']) }),
    ...(kind === 'models' && random(4) === 0 && { datasets: [{ dataset_name: pick(random, DATASETS) }] }),
  };
}

function makeFilter(kind: Kind, random: Random, recorded: Recorded): string {
  const clauses = Array.from({ length: 1 + random(3) - random(2) }, () => makeClause(kind, random, recorded));
  const filter = clauses.join(pick(random, KEYWORDS));
  return random(7) === 0 ? damage(filter, random) : filter;
}

/** Swaps, drops or doubles a word: what is then wrong must be refused by both, what is not must mean the same. */
function damage(filter: string, random: Random): string {
  const words = filter.split(' ');
  const at = random(words.length);
  switch (random(4)) {
    case 0:
      words.splice(at, 1);
      break;
    case 1:
      words.splice(at, 0, pick(random, ['OR', 'NOT', 'AND', '(', ')', '=', ',', 'NULL', "'x'", '1']));
      break;
    case 2:
      words[at] = pick(random, ['OR', '==', '<>', 'BETWEEN', 'IN', "''", '""', '``']);
      break;
    default:
      return `${filter}${pick(random, [' AND', ';', ' ', ' OR', "'", ' AND ', ';;'])}`;
  }
  return words.join(' ');
}

function makeClause(kind: Kind, random: Random, recorded: Recorded): string {
  const { identifier, isNumeric, isList } = makeIdentifier(kind, random);
  const space = random(5) === 0 ? '' : ' ';
  const roll = random(12);
  if (roll === 0) return `${identifier} IS ${random(2) ? 'NOT ' : ''}NULL`;
  if (roll === 1 || (isList && roll < 6)) {
    const values = Array.from({ length: random(4) }, () => quote(makeText(identifier, random, recorded), random));
    return `${identifier} ${random(2) ? 'NOT ' : ''}IN (${values.join(', ')})`;
  }
  const wantsNumber = isNumeric === random(10) > 0;
  const comparator = pick(
    random,
    wantsNumber ? COMPARATORS.slice(0, 6) : COMPARATORS.filter((_, at) => at < 2 || at > 5),
  );
  const gap = /\w/.test(comparator) ? ' ' : space;
  const value = wantsNumber
    ? pick(random, ['0', '1', '-1', '0.5', '1e-3', '.5', '1000', '2000', '1E300', '+1', '01', '0x1', '-.5'])
    : quote(makeText(identifier, random, recorded), random);
  return `${identifier}${gap}${random(20) === 0 ? pick(random, COMPARATORS) : comparator}${gap}${value}`;
}

function makeIdentifier(kind: Kind, random: Random) {
  if (random(2)) {
    const attribute = pick(random, ATTRIBUTES[kind]);
    const prefix = random(3)
      ? ''
      : `${pick(
          random,
          ENTITIES[kind].filter((entity) => /attr|^run$|trace/.test(entity)),
        )}.`;
    const isList = /run_id|model_id|request_id|status|^name/.test(attribute);
    return { identifier: prefix + attribute, isNumeric: NUMERIC.test(attribute), isList };
  }
  const entity = pick(random, ENTITIES[kind]);
  if (/^dataset/.test(entity)) {
    return {
      identifier: `${entity}.${pick(random, ['name', 'digest', 'context', 'profile'])}`,
      isNumeric: false,
      isList: true,
    };
  }
  return {
    identifier: `${entity}.${quoteKey(pick(random, KEYS), random)}`,
    isNumeric: /^metric/.test(entity),
    isList: false,
  };
}

function quoteKey(key: string, random: Random): string {
  const isPlain = /^[\w.]+$/.test(key);
  const style = random(isPlain ? 4 : 8);
  if (style === 0 || (!isPlain && style < 4)) return `\`${key}\``;
  if (style === 1 || (!isPlain && style < 7)) return `"${key}"`;
  return key;
}

function makeText(identifier: string, random: Random, recorded: Recorded): string {
  if (/run_id/.test(identifier)) return pick(random, [...recorded.runIds, ...NAMES]);
  if (/model_id/.test(identifier)) return pick(random, recorded.modelIds);
  if (/request_id/.test(identifier)) return pick(random, [...recorded.traceIds, ...TEXTS.slice(0, 6)]);
  if (/status/.test(identifier))
    return pick(random, ['RUNNING', 'FINISHED', 'OK', 'ERROR', 'READY', 'finished', 'F%', '2']);
  if (/dataset/.test(identifier)) return pick(random, [...DATASETS, 'abc', 'training', 'eval', '%i%']);
  if (/name/.test(identifier))
    return pick(random, [...NAMES, ...NAMES.map((name) => `${name} exp`), 'alpha', 'one', '%r%', 'a_b', '_irst']);
  return pick(random, [...TEXTS, 'h%', '%o%', '_', '%', 'hello world', 'é_', '5_%', '[ab]', '.*']);
}

function quote(text: string, random: Random): string {
  if (random(40) === 0) return text || 'x';
  return text.includes("'") || random(5) === 0 ? `"${text}"` : `'${text}'`;
}

function makeOrder(kind: Kind, random: Random): string {
  const { identifier } = random(3) ? makeIdentifier(kind, random) : { identifier: pick(random, ATTRIBUTES[kind]) };
  return `${identifier}${pick(random, ['', '', ' ASC', ' DESC', ' desc', ' asc', ' Desc', ' sideways', ' DESC NULLS LAST'])}`;
}

function makeModelOrder(random: Random) {
  const field_name = pick(random, [...ATTRIBUTES.models, 'metrics.acc', 'metrics.val/loss', 'params.acc']);
  return { field_name, ascending: random(2) === 0 };
}

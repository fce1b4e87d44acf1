import { invalidParameter } from '../entities/error.ts';
import { type Token, tokenize } from './tokens.ts';

export type Comparator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'LIKE'
  | 'ILIKE'
  | 'IN'
  | 'NOT IN'
  | 'IS NULL'
  | 'IS NOT NULL';

export type Literal =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'string'; readonly value: string; readonly text: string };

/** One comparison of a filter; the filter matches when all of them do. */
export interface Clause {
  /** What stands before the first dot; `undefined` for a bare key. */
  readonly entity: string | undefined;
  readonly key: string;
  readonly comparator: Comparator;
  /** One for a comparison, any number for a list, none for IS [NOT] NULL. */
  readonly values: readonly Literal[];
}

/** As many as nobody writes; each is asked of every entity. */
const MAX_CLAUSES = 100;
const COMPARISONS = new Set(['=', '!=', '>', '>=', '<', '<=']);

/**
 * Reads MLflow's filter language: comparisons joined by AND. No filter is no clause.
 * @throws INVALID_PARAMETER_VALUE with MLflow's words for what it does not know (OR, parentheses, `==`, …).
 */
export function parseClauses(filter: string | undefined): Clause[] {
  if (!filter) return [];
  const tokens = tokenize(filter);
  if (tokens.length === 0) throw invalidParameter(`Invalid filter '${filter}'. Could not be parsed.`);
  if (tokens.some(({ text }) => text === ';')) {
    throw invalidParameter(`Search filter contained multiple expression '${filter}'. Provide AND-ed expression list.`);
  }
  const reader = new Reader(tokens);
  const clauses: Clause[] = [];
  do {
    if (clauses.length === MAX_CLAUSES) {
      throw invalidParameter(
        `The filter has more than ${MAX_CLAUSES} comparisons, which is the most that is possible.`,
      );
    }
    clauses.push(parseClause(reader));
  } while (reader.takeWord('AND') && !reader.atEnd);
  if (!reader.atEnd) throw invalidClauses(reader.rest());
  return clauses;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  /** Takes the keyword, in any case, if it comes next. */
  takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token?.kind === 'word' && token.text.toUpperCase() === word;
    if (found) this.#at++;
    return found;
  }

  rest(): string {
    return this.#tokens
      .slice(this.#at)
      .map(({ text }) => text)
      .join(' ');
  }
}

function parseClause(reader: Reader): Clause {
  const identifier = reader.next();
  if (!identifier || (identifier.kind !== 'word' && identifier.kind !== 'quoted') || isKeyword(identifier)) {
    throw invalidClauses(identifier?.text ?? '');
  }
  const { entity, key } = splitIdentifier(identifier.text);
  const comparator = parseComparator(reader);
  return { entity, key, comparator, values: parseValues(reader, comparator) };
}

function isKeyword({ kind, text }: Token): boolean {
  return kind === 'word' && /^(?:and|or|not|in|is|null|like|ilike|between)$/i.test(text);
}

/** The part before the first dot is the entity, unless the whole is quoted. */
export function splitIdentifier(text: string): { entity: string | undefined; key: string } {
  const dot = /^[`"]/.test(text) ? -1 : text.indexOf('.');
  if (dot < 0) return { entity: undefined, key: unquote(text) };
  return { entity: text.slice(0, dot), key: unquote(text.slice(dot + 1)) };
}

function unquote(text: string): string {
  return text.length > 1 && /^[`"]/.test(text) && text.at(-1) === text[0] ? text.slice(1, -1) : text;
}

function parseComparator(reader: Reader): Comparator {
  if (reader.takeWord('LIKE')) return 'LIKE';
  if (reader.takeWord('ILIKE')) return 'ILIKE';
  if (reader.takeWord('IN')) return 'IN';
  if (reader.takeWord('NOT')) {
    if (reader.takeWord('IN')) return 'NOT IN';
    throw invalidClauses(`NOT ${reader.rest()}`);
  }
  if (reader.takeWord('IS')) {
    const comparator = reader.takeWord('NOT') ? 'IS NOT NULL' : 'IS NULL';
    if (reader.takeWord('NULL')) return comparator;
    throw invalidClauses(`IS ${reader.rest()}`);
  }
  const token = reader.next();
  if (token?.kind === 'operator' && COMPARISONS.has(token.text)) return token.text as Comparator;
  if (token?.kind === 'operator') {
    throw invalidParameter(`Invalid comparator '${token.text}' not one of '${[...COMPARISONS].join("', '")}'`);
  }
  throw invalidClauses(`${token?.text ?? ''} ${reader.rest()}`.trim());
}

function parseValues(reader: Reader, comparator: Comparator): Literal[] {
  if (comparator === 'IS NULL' || comparator === 'IS NOT NULL') return [];
  if (comparator !== 'IN' && comparator !== 'NOT IN') return [parseLiteral(reader.next())];
  const open = reader.next();
  if (open?.text !== '(') throw invalidClauses(open?.text ?? '');
  const values: Literal[] = [];
  for (let token = reader.next(); token?.text !== ')'; token = reader.next()) {
    if (values.length > 0) {
      if (token?.text !== ',') throw invalidClauses(token?.text ?? '');
      token = reader.next();
      // Python takes a list with a comma at its end, and so does MLflow.
      if (token?.text === ')') break;
    }
    // Two texts side by side lack a comma.
    if (/^(['"]).*\1\1.*\1$/s.test(token?.text ?? '')) throw invalidClauses(token?.text ?? '');
    values.push(parseLiteral(token));
  }
  return values;
}

function parseLiteral(token: Token | undefined): Literal {
  if (token?.kind === 'number') return { kind: 'number', value: Number(token.text), text: token.text };
  if (token?.kind === 'string' || token?.kind === 'quoted') {
    return { kind: 'string', value: token.value, text: token.text };
  }
  throw invalidClauses(token?.text ?? '');
}

function invalidClauses(text: string) {
  return invalidParameter(`Invalid clause(s) in filter string: '${text}'`);
}

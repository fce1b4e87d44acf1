import { invalidParameter } from '../entities/error.ts';
import type { Clause, Comparator } from './clauses.ts';
import { compileLike } from './like.ts';

/** The comparators that MLflow admits for each kind of value. */
export const NUMERIC: readonly Comparator[] = ['>', '>=', '!=', '=', '<', '<='];
export const TEXTUAL: readonly Comparator[] = ['=', '!=', 'LIKE', 'ILIKE'];
export const NULLABLE_TEXT: readonly Comparator[] = [...TEXTUAL, 'IS NULL', 'IS NOT NULL'];
export const LISTED_TEXT: readonly Comparator[] = [...TEXTUAL, 'IN', 'NOT IN'];

/** @throws INVALID_PARAMETER_VALUE */
export function checkComparator({ comparator }: Clause, admitted: readonly Comparator[]): void {
  if (admitted.includes(comparator)) return;
  throw invalidParameter(
    `Invalid comparator '${comparator}' not one of '{${admitted.map((c) => `'${c}'`).join(', ')}}'`,
  );
}

export type Test<T> = (value: T | undefined) => boolean;

/**
 * A comparison with a number, and what it is made of: a loop over millions of values that calls nothing takes a fifth of
 * the time.
 */
export interface NumberTest extends Test<number> {
  readonly wanted: number;
  /** The outcomes of `compareNumbers` that satisfy it, added up. */
  readonly accepted: number;
}

/** What comparing two numbers can come to, a bit each. */
const [LESS, EQUAL, GREATER, UNORDERED] = [1, 2, 4, 8];

/** Without a branch: which way it goes is a matter of chance, and each wrong guess of the processor takes as long as the rest. */
export function compareNumbers(value: number, wanted: number): number {
  const [less, equal, greater] = [Number(value < wanted), Number(value === wanted), Number(value > wanted)];
  return less * LESS + equal * EQUAL + greater * GREATER + (1 - less - equal - greater) * UNORDERED;
}

/** Nothing but NaN is unequal to itself, so that NaN satisfies `!=` only. */
const ACCEPTED = new Map<Comparator, number>([
  ['=', EQUAL],
  ['!=', LESS | GREATER | UNORDERED],
  ['>', GREATER],
  ['>=', GREATER | EQUAL],
  ['<', LESS],
  ['<=', LESS | EQUAL],
]);

/**
 * Compiles a comparison with a number. A missing value satisfies none.
 * @param what how the error names the value's kind.
 */
export function numberTest(clause: Clause, what: string): NumberTest {
  checkComparator(clause, NUMERIC);
  const [literal] = clause.values;
  if (literal?.kind !== 'number') {
    throw invalidParameter(`Expected numeric value type for ${what}. Found ${literal?.text}`);
  }
  const wanted = literal.value;
  const accepted = ACCEPTED.get(clause.comparator) ?? 0;
  const test = (value: number | undefined) => value !== undefined && (compareNumbers(value, wanted) & accepted) !== 0;
  return Object.assign(test, { wanted, accepted });
}

/**
 * Compiles a comparison with a text. A missing value satisfies IS NULL alone.
 * @param what how the error names the value's kind.
 */
export function textTest(clause: Clause, admitted: readonly Comparator[], what: string): Test<string> {
  checkComparator(clause, admitted);
  const texts = clause.values.map((literal) => {
    if (literal.kind === 'string') return literal.value;
    throw invalidParameter(`Expected a quoted string value for ${what} (e.g. 'my-value'). Got value ${literal.text}`);
  });
  const [text = ''] = texts;
  switch (clause.comparator) {
    case 'IS NULL':
      return (value) => value === undefined;
    case 'IS NOT NULL':
      return (value) => value !== undefined;
    case 'IN':
    case 'NOT IN': {
      if (texts.length === 0) {
        throw invalidParameter(
          `While parsing a list in the query, expected a non-empty list of string values, but got empty list`,
        );
      }
      const wanted = new Set(texts);
      const among = clause.comparator === 'IN';
      return (value) => value !== undefined && wanted.has(value) === among;
    }
    case 'LIKE': {
      const like = compileLike(text);
      return (value) => value !== undefined && like(value);
    }
    case 'ILIKE': {
      const like = compileLike(text.toLowerCase());
      return (value) => value !== undefined && like(value.toLowerCase());
    }
    case '!=':
      return (value) => value !== undefined && value !== text;
    default:
      return (value) => value === text;
  }
}

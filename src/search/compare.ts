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
 * Compiles a comparison with a number. Nothing but NaN is unequal to itself, so that NaN satisfies `!=` only.
 * @param what how the error names the value's kind.
 */
export function numberTest(clause: Clause, what: string): Test<number> {
  checkComparator(clause, NUMERIC);
  const [literal] = clause.values;
  if (literal?.kind !== 'number') {
    throw invalidParameter(`Expected numeric value type for ${what}. Found ${literal?.text}`);
  }
  const wanted = literal.value;
  const compare = NUMBER_TESTS[clause.comparator as keyof typeof NUMBER_TESTS];
  return (value) => value !== undefined && compare(value, wanted);
}

const NUMBER_TESTS = {
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
};

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

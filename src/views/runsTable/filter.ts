import { quoteValue } from '../filterText.ts';

/**
 * What was typed as a filter of MLflow's search language. A text without a comparison is looked for in the names of runs,
 * upper or lower case.
 */
export function typedFilter(text: string): string {
  const isComparison = /[=<>]|\s(I?LIKE|IN|IS)\s/i.test(text);
  return isComparison || text.trim() === '' ? text : `attributes.run_name ILIKE ${quoteValue(`%${text.trim()}%`)}`;
}

/** A filter and a choice of runs at once. */
export function filterOf(filter: string, ...choices: readonly (readonly string[] | undefined)[]): string | undefined {
  const lists = choices.flatMap((runIds) =>
    runIds === undefined ? [] : [`attributes.run_id IN (${runIds.map(quoteValue).join(', ')})`],
  );
  const clauses = [filter.trim(), ...lists].filter(Boolean);
  return clauses.length > 0 ? clauses.join(' AND ') : undefined;
}

import type { Run } from '../../src/entities/run.ts';

/** A comparison as it is read from a filter. */
export interface Comparison {
  readonly entity: 'metric' | 'param' | 'tag';
  readonly key: string;
  readonly comparator: '>' | '=' | 'LIKE';
  /** A pattern is one that was compiled once. */
  readonly value: string | number | RegExp;
}

/** What a compiled search is compared with: looks at each part of the filter anew for each run. */
export function interpret(runs: readonly Run[], filter: readonly Comparison[]): Run[] {
  return runs.filter((run) => filter.every((comparison) => holds(comparison, read(run, comparison))));
}

function read({ data }: Run, { entity, key }: Comparison): string | number | undefined {
  switch (entity) {
    case 'metric':
      return data.metrics.get(key)?.value;
    case 'param':
      return data.params.get(key);
    case 'tag':
      return data.tags.get(key);
  }
}

function holds({ comparator, value }: Comparison, actual: string | number | undefined): boolean {
  if (actual === undefined) return false;
  switch (comparator) {
    case '>':
      return Number(actual) > Number(value);
    case '=':
      return String(actual) === value;
    case 'LIKE':
      return value instanceof RegExp && value.test(String(actual));
  }
}

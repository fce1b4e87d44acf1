import type { Run } from '../../entities/run.ts';
import type { ComparisonCell, ComparisonRow, ComparisonSection } from './comparison.ts';

/** Characters of a value that a cell shows, and that its title does. */
const [SHOWN, TOLD] = [200, 2_000];

/** How a value of a run is read and shown. */
export interface CellReader {
  /** What tells whether runs differ. */
  value(run: Run, key: string): string | undefined;
  cell?(run: Run, key: string): ComparisonCell;
}

/** @param keys of the rows, in their order; those that no run has are left out */
export function makeSection(
  title: string,
  runs: readonly Run[],
  keys: readonly string[],
  { value, cell = (run, key) => textCell(value(run, key)) }: CellReader,
): ComparisonSection {
  const rows = keys.flatMap((key): ComparisonRow[] => {
    const values = runs.map((run) => value(run, key));
    if (values.every((it) => it === undefined)) return [];
    return [{ key, cells: runs.map((run) => cell(run, key)), differs: values.some((it) => it !== values[0]) }];
  });
  return { title, rows, differing: rows.filter(({ differs }) => differs).length, folded: false, numeric: false };
}

/** All keys that some run has, by name. */
export function keysOf(runs: readonly Run[], read: (run: Run) => Iterable<string>): readonly string[] {
  return [...new Set(runs.flatMap((run) => [...read(run)]))].sort((a, b) => (a < b ? -1 : 1));
}

/** A text as a cell: long ones by their beginning. */
export function textCell(value: string | undefined): ComparisonCell {
  if (value === undefined || value.length <= SHOWN) return { text: value };
  return {
    text: `${value.slice(0, SHOWN)}…`,
    full: value.length > TOLD ? `${value.slice(0, TOLD)}… (${value.length} characters)` : value,
  };
}

/** What differs gets a way to see how; nothing that is equal needs one. */
export function withRowDiffs(
  section: ComparisonSection,
  diffOf: (row: ComparisonRow) => ComparisonRow['diff'],
): ComparisonSection {
  const rows = section.rows.map((row) => {
    const diff = row.differs ? diffOf(row) : undefined;
    return diff ? { ...row, diff } : row;
  });
  return { ...section, rows };
}

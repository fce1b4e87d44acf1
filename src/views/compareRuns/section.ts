import type { Run } from '../../entities/run.ts';
import type { ComparisonCell, ComparisonRow, ComparisonSection, RowChoice } from './comparison.ts';

/** Characters of a value that a cell shows, and that its title does. */
const [SHOWN, TOLD] = [200, 2_000];

/** How a value of a run is read and shown. */
export interface CellReader {
  /** What tells whether runs differ. */
  value(run: Run, key: string): string | number | undefined;
  cell?(run: Run, key: string): ComparisonCell;
}

/** @param keys of the rows, in their order; those that no run has are left out */
export function makeSection(
  title: string,
  runs: readonly Run[],
  keys: readonly string[],
  { value, cell = (run, key) => textCell(value(run, key)) }: CellReader,
  { onlyDifferences, filter, limits, limit }: RowChoice,
): ComparisonSection {
  const rows: ComparisonRow[] = [];
  let [count, differing, matching] = [0, 0, 0];
  const [part, most] = [filter.trim().toLowerCase(), limits[title] ?? limit];
  const [first, ...others] = runs;
  for (const key of keys) {
    const base = first && value(first, key);
    const differs = others.some((run) => !Object.is(value(run, key), base));
    if (!differs && base === undefined) continue;
    count += 1;
    if (differs) differing += 1;
    if ((onlyDifferences && !differs) || !key.toLowerCase().includes(part)) continue;
    matching += 1;
    if (rows.length < most) rows.push({ key, cells: runs.map((run) => cell(run, key)), differs });
  }
  return { title, rows, count, differing, matching, folded: false, numeric: false };
}

/** All keys that some run has, by name. */
export function keysOf(runs: readonly Run[], read: (run: Run) => Iterable<string>): readonly string[] {
  const keys = new Set<string>();
  for (const run of runs) for (const key of read(run)) keys.add(key);
  return [...keys].sort((a, b) => (a < b ? -1 : 1));
}

/** A text as a cell: long ones by their beginning. */
export function textCell(text: string | number | undefined): ComparisonCell {
  const value = text === undefined ? undefined : String(text);
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

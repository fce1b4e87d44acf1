import type { Measurement } from './bench.ts';
import { judge, wantsSpeedup } from './judge.ts';
import { ROWS, type Row, type RowName, type Target } from './rows.ts';
import { median } from './samples.ts';

const HEAD = ['', 'ours', '(best)', 'floor', '(best)', 'ratio', 'target', '', 'unit, floor, note'];
/** The columns of words. */
const WORDS = new Set([0, 6, 7, 8]);

/** The rows as text; of each the medians of the rounds and the best of them. @param titled says what it is called. */
export function formatTable(measured: ReadonlyMap<RowName, Measurement>, titled: (row: Row) => string): string {
  const lines = [HEAD, ...[...measured].map(([name, measurement]) => cells(ROWS[name], measurement, titled))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, at: number) =>
    WORDS.has(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

function cells(row: Row, measurement: Measurement, titled: (row: Row) => string): string[] {
  const { ours, floor = [], note } = measurement;
  const { ratio, isMet } = judge(row, measurement);
  const remarks = [row.unit, ...(floor.length > 0 ? [row.floor] : []), ...(note ? [note] : [])];
  return [
    titled(row),
    number(median(ours)),
    `(${number(best(row, ours))})`,
    floor.length > 0 ? number(median(floor)) : '',
    floor.length > 0 ? `(${number(best(row, floor))})` : '',
    ratio === undefined ? '' : `${number(ratio)}${wantsSpeedup(row.targets) ? 'x' : ''}`,
    row.targets.map((target) => describe(target, row)).join(', '),
    isMet === undefined ? (row.targets.length > 0 ? '?' : '') : isMet ? '✓' : '✗',
    remarks.join('; '),
  ];
}

function describe({ of, atMost, atLeast }: Target, { unit }: Row): string {
  const limit = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  return of === 'ours' ? `${limit} ${unit}` : of === 'ratio' ? limit : `${limit}x faster`;
}

function best({ unit }: Row, samples: readonly number[]): number {
  return unit.endsWith('/s') ? Math.max(...samples) : Math.min(...samples);
}

/** Three digits, as many as a noisy machine can tell. */
function number(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(value < 1 && value > -1 ? 2 : 3);
}

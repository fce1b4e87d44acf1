import { formatNumber } from '../../../src/views/formatNumber.ts';
import { benchRun } from '../benchRun.ts';
import { defineSteps, tellAnswers } from './measuredPage.ts';
import type { TableCommand } from './runsTableAnswers.ts';

const METRIC = 'metrics.metric0';
const ROW = 22;

const tell = (command: TableCommand) => tellAnswers(command);
const grid = () => document.querySelector('.grid') as HTMLElement;

defineSteps({
  first() {
    tell({ kind: 'show' });
    return () => isFilledAt(0);
  },
  scroll(rows: number) {
    grid().scrollBy({ top: rows * ROW, behavior: 'instant' });
    return isFilled;
  },
  jump(row: number) {
    grid().scrollTo({ top: row * ROW, behavior: 'instant' });
    return () => isFilledAt(row);
  },
  update({ run, round }: { readonly run: number; readonly round: number }) {
    tell({ kind: 'update', run, round });
    const value = formatNumber(benchRun(run, round).data.metrics.get('metric0')?.value ?? 0);
    return () => cell(run)?.textContent === value;
  },
});

/** The metric of a row, counted from 0. */
function cell(row: number): Element | null {
  return document.querySelector(`.canvas .row[aria-rowindex="${row + 2}"] [data-column="${METRIC}"]`);
}

/** Whether every row of the window that begins there has its values. */
function isFilledAt(row: number): boolean {
  const seen = Math.floor((grid().clientHeight - ROW * 2) / ROW);
  return Array.from({ length: seen }, (_, at) => cell(row + at)?.textContent).every(Boolean);
}

function isFilled(): boolean {
  return isFilledAt(Math.round(grid().scrollTop / ROW));
}

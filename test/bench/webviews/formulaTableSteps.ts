import type { FormulaTable } from './formulaTableAnswers.ts';
import { defineSteps, tellAnswers } from './measuredPage.ts';

/** Points of the window that are looked at, across and down. */
const [ACROSS, DOWN] = [10, 8];

const grid = () => document.querySelector('.grid') as HTMLElement;

defineSteps({
  show(table: Omit<FormulaTable, 'kind'>) {
    tellAnswers({ kind: 'show', ...table });
    return table.metrics > 0 ? isFilled : () => document.querySelector('.canvas .row .name') !== null;
  },
  scroll(by: { readonly top?: number; readonly left?: number }) {
    grid().scrollBy({ ...by, behavior: 'instant' });
    return isFilled;
  },
});

/** Whether there is a text wherever one looks. */
function isFilled(): boolean {
  const { left, top, width, height } = grid().getBoundingClientRect();
  const head = document.querySelector('.head')?.getBoundingClientRect().height ?? 0;
  for (let x = 0.5; x < ACROSS; x++) {
    for (let y = 0.5; y < DOWN; y++) {
      const at = [left + (width * x) / ACROSS, top + head + ((height - head) * y) / DOWN] as const;
      if (!document.elementFromPoint(...at)?.closest('.row > *')?.textContent) return false;
    }
  }
  return true;
}

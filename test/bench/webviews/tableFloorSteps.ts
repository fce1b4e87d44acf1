import { defineSteps } from './measuredPage.ts';

// What a table costs at least: a pool of rows by hand, without headings, selection, focus or anything that is asked for.
const [ROW, POOL, COLUMNS, RUNS] = [22, 46, 20, 10_000];

const values = Array.from({ length: RUNS }, (_, row) =>
  Array.from({ length: COLUMNS }, (_, column) => String(((row * 7_919 + column * 31) % 10_007) / 10_007).slice(0, 6)),
);
const root = document.getElementById('root') as HTMLElement;
const scroller = document.createElement('div');
scroller.style.cssText = 'height: 900px; overflow: auto; position: relative';
const pool: HTMLElement[] = [];

defineSteps({
  first() {
    const canvas = document.createElement('div');
    canvas.style.cssText = `height: ${RUNS * ROW}px; position: relative`;
    for (let nth = 0; nth < POOL; nth++) {
      const row = document.createElement('div');
      row.style.cssText = `position: absolute; height: ${ROW}px; display: flex`;
      for (let column = 0; column < COLUMNS; column++) {
        const cell = document.createElement('span');
        cell.style.width = '60px';
        row.append(cell);
      }
      canvas.append(row);
      pool.push(row);
    }
    scroller.append(canvas);
    root.replaceChildren(scroller);
    scroller.addEventListener('scroll', fill);
    fill();
    return () => true;
  },
  jump(row: number) {
    scroller.scrollTo({ top: row * ROW, behavior: 'instant' });
    return () => pool[0]?.firstElementChild?.textContent === values[row]?.[0];
  },
  update(value: string) {
    const cell = pool[10]?.children[3];
    if (cell) cell.textContent = value;
    return () => true;
  },
  naive(rows: number) {
    const table = document.createElement('table');
    for (const line of values.slice(0, rows)) {
      const row = table.insertRow();
      for (const value of line) row.insertCell().textContent = value;
    }
    root.replaceChildren(table);
    return () => true;
  },
});

function fill(): void {
  const from = Math.floor(scroller.scrollTop / ROW);
  for (const [nth, row] of pool.entries()) {
    row.style.transform = `translateY(${(from + nth) * ROW}px)`;
    for (const [column, cell] of [...row.children].entries()) cell.textContent = values[from + nth]?.[column] ?? '';
  }
}

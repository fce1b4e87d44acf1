import { describe, expect, test } from 'vitest';
import type { RowsReply, RowsRequest } from '../../../src/protocol/runsTable.ts';
import { Blocks, type Wanted } from '../../../webview/runsTable/blocks.ts';

const WANTED: Wanted = { from: 0, to: 40, rows: 1_000, columns: ['a', 'b'], nextColumns: [], anchors: [] };

/** Blocks whose cells say where they stand, and what was asked for them. */
function blocksOf(rows = 1_000) {
  const asked: RowsRequest[] = [];
  const answer = async (request: RowsRequest): Promise<RowsReply> => {
    asked.push(request);
    const numbers = Array.from({ length: Math.min(request.to, rows) - request.from }, (_, at) => request.from + at);
    const heads = numbers.map((row) => {
      return { runId: `${row}`, name: `${row}`, status: 'FINISHED', isPinned: false, color: '#000000', dash: [] };
    });
    const cells = request.columns.map((key) => [key, { texts: numbers.map((row) => `${key}${row}`), full: {} }]);
    return { block: { from: request.from, heads, cells: Object.fromEntries(cells) }, places: [] };
  };
  return { blocks: new Blocks(answer, () => undefined), asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
const ranges = (asked: readonly RowsRequest[]) =>
  asked.map(({ from, to, columns }) => `${from}-${to} ${columns.join()}`);

describe('the rows that a table has read', () => {
  test('are those of the window first, then those around it', async () => {
    const { blocks, asked } = blocksOf();
    blocks.want({ ...WANTED, from: 150, to: 250 });
    await settled();
    expect(ranges(asked)).toEqual(['100-300 a,b', '300-400 a,b', '0-100 a,b']);
    expect(blocks.cell(199, 'b')?.text).toBe('b199');
    expect(blocks.head(399)).toMatchObject({ name: '399' });
  });

  test('columns beside the window are read before it comes to them, and tell that nobody sees them', async () => {
    const { blocks, asked } = blocksOf(100);
    blocks.want({ ...WANTED, rows: 100, nextColumns: ['c'] });
    await settled();
    expect(ranges(asked)).toEqual(['0-100 a,b', '0-100 c']);
    expect(asked.map(({ visible }) => visible)).toEqual([
      { from: 0, to: 40 },
      { from: 0, to: 0 },
    ]);
    blocks.want({ ...WANTED, rows: 100, columns: ['b', 'c'], nextColumns: ['a', 'd'] });
    expect(blocks.cell(7, 'c')?.text).toBe('c7');
    await settled();
    expect(ranges(asked.slice(2))).toEqual(['0-100 d']);
  });

  test('that came by themselves need not be asked for', async () => {
    const { blocks, asked } = blocksOf(100);
    const head = { runId: '0', name: '0', status: 'FINISHED', isPinned: false, color: '#000000', dash: [] };
    blocks.take({ from: 0, heads: [head], cells: { a: { texts: ['a0'], full: {} }, b: { texts: ['b0'], full: {} } } });
    blocks.want({ ...WANTED, to: 1, rows: 1 });
    await settled();
    expect(asked).toEqual([]);
    expect(blocks.cell(0, 'a')?.text).toBe('a0');
  });

  test('are read again when they are old, and stay until then', async () => {
    const { blocks, asked } = blocksOf(100);
    blocks.want({ ...WANTED, rows: 100 });
    await settled();
    blocks.age();
    expect(blocks.cell(1, 'a')?.text).toBe('a1');
    blocks.want({ ...WANTED, rows: 100 });
    await settled();
    expect(ranges(asked)).toEqual(['0-100 a,b', '0-100 a,b']);
  });
});

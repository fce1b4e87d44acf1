import { describe, expect, test } from 'vitest';
import { previewKind } from '../../../src/views/runDetails/artifacts.ts';
import { sandboxedPage } from '../../../src/views/runDetails/sandboxedPage.ts';
import { delimitedTable, parquetTable } from '../../../src/views/runDetails/tables.ts';

describe('separated values', () => {
  test('are a table, with quotes, lines and all separators', () => {
    const table = {
      columns: ['a', 'b'],
      rows: [
        ['1', 'x, "y"\nz'],
        ['2', ''],
      ],
      total: 2,
    };
    expect(delimitedTable('a,b\r\n1,"x, ""y""\nz"\r\n2,\r\n', false)).toEqual({ kind: 'table', table });
    expect(delimitedTable('a;b\n1;2', false)).toMatchObject({ table: { rows: [['1', '2']] } });
    expect(delimitedTable('a\tb\n1\t2\n', false)).toMatchObject({ table: { rows: [['1', '2']] } });
    expect(previewKind('data/x.CSV').kind).toBe('delimited');
  });

  test('that are cut lose the line that may be half', () => {
    const cut = delimitedTable('a,b\n1,2\n3,', true);
    expect(cut).toMatchObject({ table: { rows: [['1', '2']] }, note: expect.stringMatching(/^The first 1 rows/) });
    const long = `a,b\n${'1,2\n'.repeat(500)}`;
    expect(delimitedTable(long, false)).toMatchObject({ table: { total: 200 }, note: expect.any(String) });
  });

  test('of one column are a text', () => {
    expect(delimitedTable('just a text\nof two lines', false)).toBeUndefined();
    expect(delimitedTable('', false)).toBeUndefined();
  });

  test('that are ragged are filled', () => {
    expect(delimitedTable('a,b\n1\n1,2,3\n', false)).toMatchObject({
      table: {
        rows: [
          ['1', ''],
          ['1', '2'],
        ],
      },
    });
  });
});

test('a large Parquet file shows its columns', () => {
  const preview = parquetTable({ columns: [{ name: 'a', type: 'int64' }], total: 12_345_678, rows: undefined });
  expect(preview).toMatchObject({
    kind: 'table',
    table: { columns: ['column', 'type'], rows: [['a', 'int64']] },
    note: expect.stringMatching(/^12,345,678 rows/),
  });
});

test('a page is shown behind a policy that comes first', () => {
  const page = sandboxedPage(
    '<html><head><META HTTP-EQUIV="refresh" content="0;url=https://x"><script>alert(1)</script>',
  );
  expect(page).toMatch(/^<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none';/);
  expect(page).not.toMatch(/refresh/i);
  expect(page.match(/http-equiv/gi)).toHaveLength(1);
});

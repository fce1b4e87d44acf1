import { formatCount } from '../tree/row.ts';
import { cellText, type LoggedTable, type Preview, SHOWN_COLUMNS, SHOWN_ROWS } from './artifacts.ts';

/**
 * Separated values as a table: RFC 4180, with any of the usual separators.
 * @param isCut whether the text ends before the file does
 * @returns none where it has one column only, as texts have that are no tables
 */
export function delimitedTable(text: string, isCut: boolean): Preview | undefined {
  const first = text.slice(0, text.search(/\r?\n|$/));
  const separator = [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  const [header, ...lines] = parseDelimited(text, separator, SHOWN_ROWS + 2);
  if (!header || header.length < 2) return undefined;
  // The last line may have been cut, too.
  const rows = lines.slice(
    0,
    isCut || lines.length > SHOWN_ROWS ? Math.min(SHOWN_ROWS, lines.length - 1) : lines.length,
  );
  const table: LoggedTable = {
    columns: header.slice(0, SHOWN_COLUMNS).map(cellText),
    rows: rows.map((row) => header.slice(0, SHOWN_COLUMNS).map((_, at) => cellText(row[at] ?? ''))),
    total: rows.length,
  };
  if (!isCut && rows.length === lines.length) return { kind: 'table', table };
  return { kind: 'table', table, note: `The first ${formatCount(rows.length)} rows. Open it to see the rest.` };
}

function parseDelimited(text: string, separator: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const end = () => {
    row.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const letter = text[at];
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === separator) end();
    else if (letter === '\n') {
      end();
      rows.push(row);
      row = [];
    } else if (letter !== '\r') cell += letter;
  }
  if (rows.length < most && (cell !== '' || row.length > 0)) {
    end();
    rows.push(row);
  }
  return rows;
}

/** What was read of a Parquet file. */
interface ColumnFile {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly total: number;
  readonly rows: readonly (readonly unknown[])[] | undefined;
}

/** The first rows of a Parquet file; its columns alone where there are too many rows to be read in passing. */
export function parquetTable({ columns, total, rows }: ColumnFile): Preview {
  if (!rows) {
    const table = {
      columns: ['column', 'type'],
      rows: columns.map(({ name, type }) => [name, type]),
      total: columns.length,
    };
    return {
      kind: 'table',
      table,
      note: `${formatCount(total)} rows, which are too large to be shown here. The columns:`,
    };
  }
  const table: LoggedTable = {
    columns: columns.map(({ name }) => cellText(name)),
    rows: rows.map((row) => columns.map(({ type }, at) => cellText(parquetValue(row[at], type)))),
    total,
  };
  return { kind: 'table', table };
}

/** As a text, or what JSON has a text for. */
function parquetValue(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (value instanceof Date) {
    const text = Number.isNaN(value.getTime()) ? 'no time' : value.toISOString();
    return type === 'date' ? text.slice(0, 10) : text;
  }
  if (typeof value !== 'object') return value;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
}

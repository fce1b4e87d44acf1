import { describe, expect, test } from 'vitest';
import { EXPORT_FORMATS, exportTable, sheetText } from '../../../src/views/runsTable/exportTable.ts';
import { RunColumns } from '../../../src/views/runsTable/runColumns.ts';
import { metric, NOON, run } from '../sampleRun.ts';

const NO_STATISTICS = { number: () => undefined };

function table(name: string, params: Readonly<Record<string, string>> = {}, value = -0.1234567890123) {
  const columns = new RunColumns();
  columns.append([run({ info: { runId: 'a', runName: name }, params, metrics: [metric('rmse', value)] })]);
  const choices = [
    { id: 'attributes.run_name' },
    { id: 'attributes.start_time' },
    { id: 'attributes.duration' },
    { id: 'params.p' },
    { id: 'metrics.rmse' },
    { id: 'metrics.rmse', statistic: 'curve' as const },
  ];
  return { columns, rows: [{ value: 'x', slots: [0], isClosed: true }], choices, statistics: NO_STATISTICS, now: NOON };
}

describe('a table as', () => {
  test('CSV has all digits, quotes, and no formulas', () => {
    const [header, line] = exportTable(table('=cmd|"x"', { p: '-1.5' }), 'csv').split('\r\n');
    expect(header).toBe('run_name,start_time,duration_seconds,params.p,metrics.rmse');
    expect(line).toBe(`"'=cmd|""x""",2026-11-23T12:00:00.000Z,14,-1.5,-0.1234567890123`);
  });

  test.each(['=1+1', '+x', '-x', '@SUM(A1)', '\t=1', ' =1'])('CSV and the clipboard tell %j as a text', (text) => {
    expect(exportTable(table('n', { p: text }), 'csv')).toContain(`'${text}`);
    expect(
      sheetText(table('n', { p: text }))
        .split('\n')[1]
        ?.split('\t')[3],
    ).toMatch(/^'/);
  });

  test('JSON leaves out what is not there, and tells NaN', () => {
    expect(JSON.parse(exportTable(table('n', {}, Number.NaN), 'json'))).toEqual([
      { run_name: 'n', start_time: '2026-11-23T12:00:00.000Z', duration_seconds: 14, 'metrics.rmse': 'NaN' },
    ]);
  });

  test('Markdown keeps its columns', () => {
    const lines = exportTable(table('a|b\nc', { p: '\\' }), 'md')
      .trimEnd()
      .split('\n');
    expect(lines[1]).toBe('| --- | --- | ---: | --- | ---: |');
    expect(lines[2]).toBe('| a\\|b c | 2026-11-23T12:00:00.000Z | 14 | \\\\ | -0.1234567890123 |');
  });

  test('LaTeX escapes its marks', () => {
    const text = exportTable(table('50% & a_b #1 {x} ~^\\ $', {}), 'tex');
    expect(text).toContain('\\begin{tabular}{llrlr}');
    expect(text).toContain('50\\% \\& a\\_b \\#1 \\{x\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{} \\$');
  });

  test.each(EXPORT_FORMATS)('%s has a line for a moment that no calendar knows', (format) => {
    const columns = new RunColumns();
    columns.append([run({ info: { startTime: 9e15 } })]);
    const odd = { ...table('n'), columns };
    expect(exportTable(odd, format)).toContain('9000000000000000');
  });
});

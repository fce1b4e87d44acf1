// `npm run bench`: speed as ratios to a floor that is measured in the same run. `--json` for machines, `--runs N` for the
// size of the store that is scanned.
import { parseArgs } from 'node:util';
import { measureLogMetric } from './logMetric.ts';
import { measureScan } from './scan.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, runs: { type: 'string', default: '1000' } },
});

const logMetric = await measureLogMetric();
const scan = await measureScan(Number(values.runs));

if (values.json) {
  console.log(JSON.stringify({ logMetric, scan }));
} else {
  const files = `${scan.runs} runs in ${scan.files} files`;
  const rows = [
    ['', 'ours', 'floor', 'ratio', 'floor is'],
    row('log-metric, requests/s', logMetric.ours, logMetric.parseOnly, 'node:http that parses the body'),
    row(`first scan of ${files}, ms`, scan.scan, scan.find, 'find -type f'),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  for (const cells of rows) {
    console.log(
      cells
        .map((cell, at) => (at === 0 || at === 4 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    );
  }
}

function row(name: string, ours: number, floor: number, what: string): string[] {
  return [name, ours.toFixed(0), floor.toFixed(0), (ours / floor).toFixed(2), what];
}

import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileReader } from '../../../../src/files/fileReader.ts';
import { LatestPoints } from '../../../../src/tracking/file/metrics/latestPoints.ts';
import { latestPoint, parseMetricFile } from '../../../../src/tracking/file/metrics/metricFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

/** Longer than what is read whole each time. */
const LONG = Array.from({ length: 4_000 }, (_, at) => `${1_700_000_000_000 + at} 0.5 ${at}\n`).join('');

/** Finds the latest point as a reader of runs does, and how many bytes it has read. */
function finder(file: string) {
  const [files, points] = [new FileReader(), new LatestPoints()];
  return () => {
    const read = files.read(file, points.startOf(file));
    if (typeof read !== 'object') throw new Error('there is no file');
    const found = points.find('loss', file, read);
    return { found, bytes: read.bytes.length };
  };
}

function expected(file: string) {
  return latestPoint(parseMetricFile('loss', fs.readFileSync(file, 'utf8')).points);
}

describe('the latest point of a long file', () => {
  test('is found by reading what is new', () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'loss');
    fs.writeFileSync(file, LONG);
    const find = finder(file);
    expect(find()).toEqual({ found: expected(file), bytes: LONG.length });
    expect(find()).toEqual({ found: expected(file), bytes: 0 });
    const line = '1700000009000 0.25 9000\n';
    fs.appendFileSync(file, line);
    expect(find()).toEqual({ found: expected(file), bytes: line.length });
    fs.appendFileSync(file, '1700000009001 0.125 10\n');
    expect(find().found?.step).toBe(9_000);
  });

  test('is found anew where the file was replaced, shortened or written over', () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'loss');
    fs.writeFileSync(file, LONG);
    const find = finder(file);
    find();
    fs.writeFileSync(file, LONG.slice(0, LONG.indexOf('\n', 80_000) + 1).replaceAll(' 0.5 ', ' 0.7 '));
    expect(find().found).toEqual(expected(file));
    fs.writeFileSync(file, LONG.replaceAll(' 0.5 ', ' 0.25 '));
    expect(find().found).toEqual(expected(file));
    fs.rmSync(file);
    fs.writeFileSync(file, LONG + LONG.replaceAll(' 0.5 ', ' 0.75 ').replaceAll('17000', '18000'));
    expect(find().found).toEqual(expected(file));
  });

  test('is found anew where something before its end was written over in its place', () => {
    using folder = temporaryFolder();
    const file = path.join(folder.path, 'loss');
    const last = '1700000004000 0.125 3\n'.repeat(4);
    fs.writeFileSync(file, LONG + last);
    const find = finder(file);
    expect(find().found?.value).toBe(0.5);
    const handle = fs.openSync(file, 'r+');
    fs.writeSync(handle, '0.7', LONG.lastIndexOf('0.5'));
    fs.closeSync(handle);
    expect(find().found?.value).toBe(0.7);
  });

  test('is told, or left to who reads all lines, however the file grew', () => {
    using folder = temporaryFolder();
    let name = 0;
    const line = fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.nat(4_001), fc.nat(4_001))
          .map(([time, step]) => `${1_700_000_000_000 + time} 0.1 ${step}\n`),
      },
      fc.constantFrom('torn\n', '1 nan 5000\n', '1700000000000 0.3 3999', '\n'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(line, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (parts) => {
        const file = path.join(folder.path, String(name++));
        fs.writeFileSync(file, LONG);
        const find = finder(file);
        find();
        for (const part of parts) {
          fs.appendFileSync(file, part.join(''));
          const { found } = find();
          if (found) expect(found).toEqual(expected(file));
        }
      }),
      { numRuns: 100 },
    );
  });
});

import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../../src/entities/metricSeries.ts';
import { MetricColumnReader } from '../../../../src/tracking/file/metrics/metricColumns.ts';
import { parseMetricFile } from '../../../../src/tracking/file/metrics/metricFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const line = fc.oneof(
  fc.tuple(fc.nat(9), fc.double(), fc.nat(9)).map(([time, value, step]) => `${time} ${value} ${step}\n`),
  fc.constantFrom('torn\n', '1 0.5\n', '2 nan 3\n', '3 0.25 4 data abc\n', '\n', '4 1_0 2\n', `${2n ** 60n} 1.5 7\n`),
);

test('columns are those of the points, however the file grew between two readings', async () => {
  using folder = temporaryFolder();
  let name = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), async (parts) => {
      const file = path.join(folder.path, String(name++));
      const reader = new MetricColumnReader();
      for (const part of parts) {
        fs.appendFileSync(file, part.join(''));
        const { points } = parseMetricFile('', fs.readFileSync(file, 'utf8'));
        expect((await reader.read(file)).columns).toEqual(columnsOf(points));
      }
    }),
    { numRuns: 300 },
  );
});

test('a file that was replaced, shortened or is being written is read anew', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'loss');
  const reader = new MetricColumnReader();
  const read = async (text: string) => {
    fs.writeFileSync(file, text);
    return [...(await reader.read(file)).columns.values];
  };
  expect(await read('1 0.5 0\n2 0.4 1\n')).toEqual([0.5, 0.4]);
  expect(await read('1 0.7 0\n2 0.6 1\n3 0.5 2\n')).toEqual([0.7, 0.6, 0.5]);
  expect(await read('1 0.7 0\n')).toEqual([0.7]);
  expect(await read('1 0.7 0\n2 0.6 1')).toEqual([0.7, 0.6]);
  expect(await read('1 0.7 0\n2 0.6 12\n')).toEqual([0.7, 0.6]);
  expect([...(await reader.read(path.join(folder.path, 'none'))).columns.values]).toEqual([]);
});

import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMetricFile } from '../../../../src/tracking/file/metrics/metricFile.ts';
import { MetricPages } from '../../../../src/tracking/file/metrics/metricPages.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

/** Lines of which some are no points. */
function lines(from: number, to: number, width = 0): string {
  const line = (at: number) => (at % 7 === 3 ? 'torn\n' : `${at} 0.5${'0'.repeat(width)} ${(from + at) % 900}\n`);
  return Array.from({ length: to - from }, (_, at) => line(at)).join('');
}

async function expectPages(pages: MetricPages, file: string, places: readonly (readonly [number, number])[]) {
  const { points } = parseMetricFile('loss', fs.readFileSync(file, 'utf8'));
  for (const [offset, count] of places) {
    expect(await pages.read('loss', file, offset, count)).toEqual({
      points: points.slice(offset, offset + count),
      hasMore: offset + count < points.length,
    });
  }
}

test('pages are those of the whole history, also where lines are no points and the file grows', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'loss');
  const pages = new MetricPages();
  for (const [from, to] of [
    [0, 2_500],
    [2_500, 2_600],
    [2_600, 7_000],
    [7_000, 40_000],
  ] as const) {
    fs.appendFileSync(file, lines(from, to));
    const { length } = parseMetricFile('loss', fs.readFileSync(file, 'utf8')).points;
    await expectPages(pages, file, [
      [0, 10],
      [0, 100_000],
      [995, 10],
      [1_000, 1_000],
      [1_999, 2_002],
      [length - 3, 10],
      [length - 10, 10],
      [length, 10],
      [length + 5, 10],
    ]);
  }
});

test('pages in any order are those of the whole history', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'loss');
  fs.writeFileSync(file, lines(0, 9_000));
  const place = fc.tuple(fc.nat(9_000), fc.integer({ min: 1, max: 3_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(place, { maxLength: 6 }), (places) => expectPages(new MetricPages(), file, places)),
    { numRuns: 30 },
  );
});

test('a file that was replaced, shortened or written over in its place is read anew', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'loss');
  const pages = new MetricPages();
  const places = [
    [1_500, 700],
    [3_999, 1_000],
  ] as const;
  for (const text of [lines(0, 6_000), lines(0, 6_000, 3), lines(0, 3_000), lines(0, 5_000, 1)]) {
    fs.writeFileSync(file, text);
    await expectPages(pages, file, places);
  }
  fs.rmSync(file);
  expect(await pages.read('loss', file, 0, 10)).toEqual({ points: [], hasMore: false });
  fs.mkdirSync(file);
  expect(await pages.read('loss', file, 0, 10)).toEqual({ points: [], hasMore: false });
});

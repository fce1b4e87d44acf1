import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isVisible, type ViewType } from '../../../../src/entities/lifecycle.ts';
import type { Run } from '../../../../src/entities/run.ts';
import { by, inOrder } from '../../../../src/search/order.ts';
import { compileRunSearch, RUN_FIELDS } from '../../../../src/search/runs.ts';
import { unpackRun } from '../../../../src/tracking/file/index/packedRuns.ts';
import { RunPacker } from '../../../../src/tracking/file/index/runPacker.ts';
import { searchRuns } from '../../../../src/tracking/file/index/runSearcher.ts';
import { newSegment, type Segment, UnpackedRuns } from '../../../../src/tracking/file/index/segment.ts';
import { runs } from './runs.ts';

function pack(all: readonly Run[]): Segment {
  const packer = new RunPacker();
  for (const run of all) packer.add(run.info.experimentId, run);
  const packed = packer.finish();
  return newSegment({ packed, looks: new Float64Array(3 * packed.count) });
}

test('a packed run is the same run again', () => {
  fc.assert(
    fc.property(runs, (all) => {
      const { packed } = pack(all);
      expect(all.map((_, at) => unpackRun(packed, at))).toEqual(all);
    }),
    { numRuns: 300 },
  );
});

test('columns survive a structured clone, as they go between threads and into a file', () => {
  fc.assert(
    fc.property(runs, (all) => {
      const packed = structuredClone(pack(all).packed);
      expect(all.map((_, at) => unpackRun(packed, at))).toEqual(all);
    }),
    { numRuns: 50 },
  );
});

const FILTERS = [
  undefined,
  'metrics.acc > 0.1',
  'metrics.`val/loss` != 0.5',
  "params.lr = 'a'",
  "params.lr IS NULL and tags.acc != 'b'",
  "attributes.status = 'FINISHED'",
  "attributes.artifact_uri LIKE 'file:%'",
  "tags.`mlflow.user` ILIKE '%A%'",
  'attributes.start_time >= 5',
  "datasets.name = 'train'",
  "run_name LIKE '_'",
];
const ORDERS = [
  'metrics.acc',
  'metrics.loss DESC',
  'params.lr',
  'tags.acc DESC',
  'end_time',
  'status DESC',
  'run_name',
];

test('a search over packed and loose runs finds what one over the entities does, in the same order', () => {
  fc.assert(
    fc.property(
      runs,
      fc.record({
        loose: fc.nat(30),
        filter: fc.constantFrom(...FILTERS),
        orderBy: fc.array(fc.constantFrom(...ORDERS), { maxLength: 3 }),
        viewType: fc.constantFrom<ViewType>('ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'),
        experimentIds: fc.constantFrom<string[]>(['1'], ['2', '1'], ['3']),
        offset: fc.nat(10),
        count: fc.integer({ min: 1, max: 12 }),
      }),
      (all, { loose, filter, orderBy, viewType, experimentIds, offset, count }) => {
        const query = compileRunSearch(filter, orderBy);
        const order = inOrder(query.order(RUN_FIELDS).map(({ key, ascending }) => by(key, ascending)));
        const expected = all.filter(({ info }) => {
          return experimentIds.includes(info.experimentId) && isVisible(info.lifecycleStage, viewType);
        });
        expected.length = query.filter(RUN_FIELDS)(expected, expected.length);
        expected.sort(order);
        const unpacked = new UnpackedRuns();
        const found = searchRuns(
          {
            unpack: (segment, at) => unpacked.get(segment, at),
            segments: [pack(all.slice(loose, loose + 5)), pack(all.slice(loose + 5))],
            loose: all.slice(0, loose).map((run) => ({ experimentId: run.info.experimentId, run })),
          },
          { query, viewType, experimentIds, offset, count },
        );
        expect(found.runs).toEqual(expected.slice(offset, offset + count));
        expect(found.total).toBe(expected.length);
      },
    ),
    { numRuns: 1_500 },
  );
});

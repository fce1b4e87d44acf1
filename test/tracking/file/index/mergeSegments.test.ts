import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '../../../../src/entities/run.ts';
import { mergeSegments } from '../../../../src/tracking/file/index/mergeSegments.ts';
import { homeIdOf, unpackRun } from '../../../../src/tracking/file/index/packedRuns.ts';
import { RunPacker } from '../../../../src/tracking/file/index/runPacker.ts';
import { newSegment, type Segment, STAGE } from '../../../../src/tracking/file/index/segment.ts';
import { runs } from './runs.ts';

/** Packed runs with looks of their own, of which every so many-th was replaced. */
function segment(all: readonly Run[], first: number, every: number): Segment {
  const packer = new RunPacker();
  for (const run of all) packer.add(`home ${run.info.experimentId}`, run);
  const made = newSegment({
    packed: packer.finish(),
    looks: Float64Array.from({ length: 3 * all.length }, (_, at) => 3 * first + at),
  });
  for (let at = 0; at < all.length; at += every) made.stages[at] = STAGE.gone;
  made.alive = made.stages.filter((stage) => stage !== STAGE.gone).length;
  return made;
}

test('the runs of many segments that are still to be found are the same runs in one', () => {
  fc.assert(
    fc.property(runs, fc.nat(30), fc.integer({ min: 1, max: 5 }), (all, cut, every) => {
      const segments = [
        segment(all.slice(0, cut), 0, every),
        segment(all.slice(cut), Math.min(cut, all.length), every),
      ];
      const isKept = (at: number) => (at < cut ? at : at - cut) % every !== 0;
      const { packed, looks } = mergeSegments(segments);
      const kept = all.map((run, at) => ({ run, at })).filter(({ at }) => isKept(at));
      expect(packed.count).toBe(kept.length);
      expect(kept.map((_, at) => unpackRun(packed, at))).toEqual(kept.map(({ run }) => run));
      expect(kept.map((_, at) => homeIdOf(packed, at))).toEqual(kept.map(({ run }) => `home ${run.info.experimentId}`));
      expect([...looks]).toEqual(kept.flatMap(({ at }) => [3 * at, 3 * at + 1, 3 * at + 2]));
    }),
    { numRuns: 400 },
  );
});

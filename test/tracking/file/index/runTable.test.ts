import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Run } from '../../../../src/entities/run.ts';
import { IndexFile } from '../../../../src/tracking/file/index/indexFile.ts';
import { RunPacker } from '../../../../src/tracking/file/index/runPacker.ts';
import { type Place, RunTable } from '../../../../src/tracking/file/index/runTable.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { runs } from './runs.ts';

function packed(run: Run) {
  const packer = new RunPacker();
  packer.add(run.info.experimentId, run);
  return { packed: packer.finish(), looks: new Float64Array(3) };
}

/** A table with its file, and the places of its runs. */
function openTable(file: string) {
  const table = new RunTable(new IndexFile(file, '/store'));
  const places = new Map<string, Place>();
  const put = (_: string, runId: string, place: Place) => {
    table.remove(places.get(runId));
    places.set(runId, place);
  };
  table.load(put);
  return { table, places, put };
}

/** What a table finds at the places. */
function found({ table, places }: ReturnType<typeof openTable>) {
  return [...places].map(([runId, { in: place }]) => {
    return [runId, 'segment' in place ? table.unpack(place.segment, place.at) : place.run] as const;
  });
}

test('many small records are few at the next start, and the runs are the same', () => {
  using folder = temporaryFolder();
  let name = 0;
  fc.assert(
    fc.property(runs, (all) => {
      const file = path.join(folder.path, String(name++));
      const first = openTable(file);
      for (const run of all) first.table.add(packed(run), first.put);
      // Another form of some replaces the one that is there.
      const changed = all
        .filter((_, at) => at % 3 === 0)
        .map((run) => ({ ...run, data: { ...run.data, tags: new Map() } }));
      for (const run of changed) {
        first.table.remove(first.places.get(run.info.runId));
        first.table.add(packed(run), first.put);
      }
      const before = new Map(found(first));
      first.table.close();
      const next = openTable(file);
      expect(new Map(found(next))).toEqual(before);
      expect([...next.table.segments].length).toBeLessThanOrEqual(4);
      next.table.close();
    }),
    { numRuns: 60 },
  );
});

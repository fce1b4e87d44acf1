import type { Run } from '../../../entities/run.ts';
import { type Column, column, type RunFields } from '../../../search/runs.ts';
import {
  artifactUriOf,
  INFO,
  METRIC_WIDTH,
  type PackedColumns,
  type PackedRuns,
  stateOf,
  statusOf,
} from './packedRuns.ts';

/** Reads the columns of packed runs by the number of a run. */
export function packedFields(packed: PackedRuns): RunFields<number> {
  const { infos, times, metrics, rest } = packed;
  const none: Run['datasetInputs'] = [];
  const keyed = (columns: PackedColumns<Uint32Array>, key: string) => {
    const at = positionsOf(packed, columns, key);
    const { shape, start, values } = columns;
    return textColumn(packed, (run) => {
      const position = at[shape[run] ?? 0] ?? -1;
      return position < 0 ? -1 : (values[(start[run] ?? 0) + position] ?? -1);
    });
  };
  return {
    metric(key) {
      const at = positionsOf(packed, metrics, key);
      const { shape, start, values } = metrics;
      return column((run) => {
        const position = at[shape[run] ?? 0] ?? -1;
        return position < 0 ? undefined : values[(start[run] ?? 0) + METRIC_WIDTH * position];
      });
    },
    param: (key) => keyed(packed.params, key),
    tag: (key) => keyed(packed.tags, key),
    number: (attribute) => {
      const offset = attribute === 'startTime' ? 0 : 1;
      return column((run) => {
        const time = times[2 * run + offset] ?? Number.NaN;
        return Number.isNaN(time) ? undefined : time;
      });
    },
    text: (attribute) => {
      if (attribute === 'status') return column((run) => statusOf(stateOf(packed, run)));
      if (attribute === 'artifactUri') return column((run) => artifactUriOf(packed, run));
      const offset = INFO[attribute];
      return textColumn(packed, (run) => infos[run * INFO.width + offset] ?? 0);
    },
    datasetInputs: (run) => rest.get(run)?.datasetInputs ?? none,
  };
}

const [MATCHES, DIFFERS] = [1, 2];

/** @param numberOf the number of a run's text; -1 where it has none. */
function textColumn({ texts }: PackedRuns, numberOf: (run: number) => number): Column<number, string> {
  return {
    get: (run) => texts[numberOf(run)],
    // Many runs share their texts: each text is tested once.
    tested(test) {
      const isMissingFine = test(undefined);
      const known = new Uint8Array(texts.length);
      return (run) => {
        const number = numberOf(run);
        if (number < 0) return isMissingFine;
        if (known[number] === 0) known[number] = test(texts[number]) ? MATCHES : DIFFERS;
        return known[number] === MATCHES;
      };
    },
  };
}

/** Where a key's value is among those of each shape; -1 where it is not. */
function positionsOf({ texts }: PackedRuns, { shapes }: PackedColumns<unknown>, key: string): Int32Array {
  return Int32Array.from(shapes, (keys) => keys.findIndex((number) => texts[number] === key));
}

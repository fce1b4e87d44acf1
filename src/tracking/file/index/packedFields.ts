import type { Run } from '../../../entities/run.ts';
import { compareNumbers } from '../../../search/compare.ts';
import { column, type RunFields, type TextColumn } from '../../../search/runs.ts';
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
      const position = at[shape[run] ?? 0] ?? NONE;
      return position < 0 ? NONE : (values[(start[run] ?? 0) + position] ?? NONE);
    });
  };
  return {
    metric(key) {
      const at = positionsOf(packed, metrics, key);
      const { shape, start, values } = metrics;
      return {
        get: (run) => {
          const position = at[shape[run] ?? 0] ?? NONE;
          return position < 0 ? undefined : values[(start[run] ?? 0) + METRIC_WIDTH * position];
        },
        // Not by way of `get`: a number that may be missing is an object to V8 each time.
        tested:
          ({ wanted, accepted }) =>
          (rows, count) => {
            let kept = 0;
            for (let row = 0; row < count; row++) {
              const run = rows[row] ?? 0;
              const position = at[shape[run] ?? 0] ?? NONE;
              if (position < 0) continue;
              const value = values[(start[run] ?? 0) + METRIC_WIDTH * position] ?? Number.NaN;
              rows[kept] = run;
              kept += Number((compareNumbers(value, wanted) & accepted) !== 0);
            }
            return kept;
          },
      };
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

/** The place of a value, or the number of a text, that a run does not have. */
const NONE = -1;

/** @param numberOf the number of a run's text; `NONE` where it has none. */
function textColumn({ texts }: PackedRuns, numberOf: (run: number) => number): TextColumn<number> {
  return {
    get: (run) => texts[numberOf(run)],
    // Many runs share their texts: each text is tested once.
    tested(test) {
      const isMissingFine = test(undefined);
      const known = new Uint8Array(texts.length);
      return (rows, count) => {
        let kept = 0;
        for (let row = 0; row < count; row++) {
          const run = rows[row] ?? 0;
          const number = numberOf(run);
          if (number >= 0 && known[number] === 0) known[number] = test(texts[number]) ? MATCHES : DIFFERS;
          rows[kept] = run;
          kept += Number(number < 0 ? isMissingFine : known[number] === MATCHES);
        }
        return kept;
      };
    },
  };
}

/** Where a key's value is among those of each shape; -1 where it is not. */
function positionsOf({ texts }: PackedRuns, { shapes }: PackedColumns<unknown>, key: string): Int32Array {
  return Int32Array.from(shapes, (keys) => keys.findIndex((number) => texts[number] === key));
}

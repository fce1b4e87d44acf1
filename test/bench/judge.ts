import type { Measurement } from './bench.ts';
import type { Row, Target } from './rows.ts';
import { median } from './samples.ts';

export interface Verdict {
  /** Ours to the floor; how many times faster than the floor where that is the target. */
  readonly ratio: number | undefined;
  /** Absent where there is no target, or nothing to compare with. */
  readonly isMet: boolean | undefined;
}

export function judge({ unit, targets }: Row, measurement: Measurement): Verdict {
  const ratio = ratioOf(measurement);
  const isInverted = wantsSpeedup(targets) && !unit.endsWith('/s');
  const shown = ratio !== undefined && isInverted ? 1 / ratio : ratio;
  const met = targets.map((target) => isMet(target, target.of === 'ours' ? median(measurement.ours) : shown));
  if (met.includes(false)) return { ratio: shown, isMet: false };
  return { ratio: shown, isMet: met.length === 0 || met.includes(undefined) ? undefined : true };
}

export function wantsSpeedup(targets: readonly Target[]): boolean {
  return targets.some((target) => target.of === 'speedup');
}

function isMet({ atMost = Infinity, atLeast = -Infinity }: Target, value: number | undefined): boolean | undefined {
  return value === undefined || Number.isNaN(value) ? undefined : value <= atMost && value >= atLeast;
}

/** Round by round, since a machine that is slow for one of a pair is slow for the other. */
function ratioOf({ ours, floor }: Measurement): number | undefined {
  return floor?.length ? median(ours.map((value, round) => value / (floor[round] ?? Number.NaN))) : undefined;
}

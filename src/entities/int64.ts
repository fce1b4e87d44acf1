/**
 * A 64-bit integer on MLflow's wire (steps, metric timestamps). Values within ±(2^53 − 1) are numbers, all others
 * bigints, so that no digit is lost and equal values always have one representation. `<` and `>` work across both.
 */
export type Int64 = number | bigint;

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

/** Reads a decimal integer; `undefined` when the text is not one or does not fit 64 bits. */
export function parseInt64(text: string): Int64 | undefined {
  if (!/^[+-]?\d{1,20}$/.test(text)) return undefined;
  const small = Number(text);
  if (Number.isSafeInteger(small)) return small === 0 ? 0 : small;
  const big = BigInt(text.replace('+', ''));
  return big < MIN || big > MAX ? undefined : big;
}

/** The canonical representation of a bigint: a number where that is exact. */
export function toInt64(value: bigint): Int64 {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** Orders two integers, whichever representation they have. */
export function compareInt64(a: Int64, b: Int64): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

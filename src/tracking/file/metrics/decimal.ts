const POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
] as const;
/** 2^27 + 1: splits a double into two halves whose products are exact (Veltkamp). */
const SPLITTER = 134_217_729;
/** Much more than what two doubles for a number leave out of it. */
const DOUBT = 2 ** -40;

/**
 * The double next to `high low` (two runs of digits, the second of `lowDigits` digits) with the last `fraction` digits
 * behind the point: ten times as fast as making a text of the digits and reading that.
 * @returns `undefined` where it cannot be told for sure
 */
export function toDouble(high: number, low: number, lowDigits: number, fraction: number): number | undefined {
  const divisor = POWERS[fraction];
  if (divisor === undefined) return undefined;
  if (lowDigits === 0) return high / divisor;
  // The digits as the exact sum of two doubles (Dekker's product, Knuth's sum).
  const scale = POWERS[lowDigits] ?? 1;
  const shifted = high * scale;
  const sum = shifted + low;
  if (sum <= Number.MAX_SAFE_INTEGER) return sum / divisor;
  const part = sum - shifted;
  const rest = productError(high, scale, shifted) + (shifted - (sum - part)) + (low - part);
  // Their quotient as the sum of two doubles: where both ends of what it may be are the same, it is that.
  const quotient = sum / divisor;
  const back = quotient * divisor;
  const correction = (sum - back - productError(quotient, divisor, back) + rest) / divisor;
  const doubt = Math.abs(correction) * DOUBT;
  const lowest = quotient + (correction - doubt);
  return lowest === quotient + (correction + doubt) ? lowest : undefined;
}

/** What the rounded product of two doubles lacks. */
function productError(a: number, b: number, product: number): number {
  const highA = SPLITTER * a - (SPLITTER * a - a);
  const highB = SPLITTER * b - (SPLITTER * b - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}

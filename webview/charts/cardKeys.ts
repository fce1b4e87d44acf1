import type { Range } from '../../src/protocol/charts.ts';
import type { Line, Reading } from './lines.ts';

/** What the keys need to know of an axis. */
interface Axis extends Range {
  getPixelForValue(value: number): number;
}

/** Part of the axis that an arrow pans by. */
const PAN = 0.25;

/** What `+`, `-` and the arrows with Shift make of the visible part. @param cursor what stays where it is */
export function rangeByKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  { min, max }: Range,
  cursor: number | undefined,
): Range | undefined {
  if (key === '+' || key === '-') {
    const factor = key === '+' ? 0.5 : 2;
    const middle = cursor ?? (min + max) / 2;
    return { min: middle - (middle - min) * factor, max: middle + (max - middle) * factor };
  }
  const by = shiftKey ? { ArrowLeft: -PAN, ArrowRight: PAN }[key] : undefined;
  return by === undefined ? undefined : { min: min + (max - min) * by, max: max + (max - min) * by };
}

/**
 * Where a key leads from a place of the cursor.
 * @param from what the lines say there, the greatest value first
 * @param lineId the line that the keys were on; the first one else
 * @param isThere whether the cursor is seen already: the first key only shows it
 * @returns nothing where there are no lines
 */
export function walked(
  key: string,
  from: readonly Reading[],
  lineId: string | undefined,
  axis: Axis,
  isThere: boolean,
): { readonly line: Line; readonly x: number } | undefined {
  const place = Math.max(
    0,
    from.findIndex(({ line }) => line.id === lineId),
  );
  const upOrDown = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  const reading = from[Math.max(0, Math.min(from.length - 1, place + upOrDown))];
  if (!reading) return undefined;
  return { line: reading.line, x: upOrDown === 0 ? nextX(key, reading, axis, isThere) : reading.x };
}

/** Points closer than a pixel are one to the eye. */
function nextX(key: string, { line, x: from }: Reading, axis: Axis, isThere: boolean): number {
  const { x, y } = line.curve;
  const inView = x.filter((place, at) => !Number.isNaN(y[at]) && place >= axis.min && place <= axis.max).sort();
  const [first, last] = [inView[0], inView.at(-1)];
  if (first === undefined || last === undefined) return from;
  if (key === 'Home') return first;
  if (key === 'End') return last;
  if (!isThere) return from;
  const away = (place: number) => axis.getPixelForValue(place) - axis.getPixelForValue(from);
  if (key === 'ArrowRight') return inView.find((place) => away(place) >= 1) ?? from;
  return inView.findLast((place) => away(place) <= -1) ?? from;
}

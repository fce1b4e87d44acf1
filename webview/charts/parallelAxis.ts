import type { DimensionValues, Range } from '../../src/protocol/charts.ts';
import { valueText } from './dimensionText.ts';

/** An axis of parallel coordinates: values are parts of its length, 0 at its bottom and 1 at its top. */
export interface ParallelAxis {
  readonly id: string;
  readonly label: string;
  /** One a run, in the order of the runs; NaN where a run has no value. */
  readonly parts: Float64Array;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly isLog: boolean;
}

/** Learning rates and the like: their orders of magnitude differ, and no value is 0. */
const LOG_RATIO = 100;
const TICKS = 5;
/** So few different values are the ticks themselves. */
const FEW = 8;
/** Texts that have room beside an axis. */
const TEXTS = 12;

/** @param places of the runs among the values */
export function parallelAxis(dimension: DimensionValues, places: readonly number[]): ParallelAxis {
  const numbers = Float64Array.from(places, (place) => dimension.numbers[place] ?? Number.NaN);
  const finite = numbers.filter(Number.isFinite);
  const [min, max] = [
    finite.reduce((a, b) => Math.min(a, b), Infinity),
    finite.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const isLog = !dimension.categories && !dimension.isTime && min > 0 && max / min >= LOG_RATIO;
  const scaled = (value: number) => (isLog ? Math.log10(value) : value);
  const length = scaled(max) - scaled(min);
  // One value only is in the middle.
  const part = (value: number) => (length > 0 ? (scaled(value) - scaled(min)) / length : 0.5);
  const parts = numbers.map((value) => (Number.isFinite(value) ? part(value) : Number.NaN));
  const values = [...new Set(finite)].sort((a, b) => a - b);
  const ticks = values.length <= FEW && !dimension.categories ? values : tickValues(dimension, min, max, isLog);
  return {
    id: dimension.id,
    label: dimension.label,
    parts,
    ticks: ticks.map((value) => ({ at: part(value), text: valueText(dimension, value) })),
    isLog,
  };
}

function tickValues({ categories }: DimensionValues, min: number, max: number, isLog: boolean): readonly number[] {
  if (max === min) return [min];
  if (categories) {
    const every = Math.ceil((max - min + 1) / TEXTS);
    return Array.from({ length: Math.floor((max - min) / every) + 1 }, (_, at) => min + at * every);
  }
  const [from, to] = isLog ? [Math.log10(min), Math.log10(max)] : [min, max];
  return Array.from({ length: TICKS }, (_, at) => {
    const value = from + ((to - from) * at) / (TICKS - 1);
    return isLog ? 10 ** value : value;
  });
}

/** Whether a run crosses every axis within its limits. @param at of the run */
export function isWithin(axes: readonly ParallelAxis[], at: number, limits: Readonly<Record<string, Range>>): boolean {
  return axes.every(({ id, parts }) => {
    const limit = limits[id];
    if (!limit) return true;
    const part = parts[at] ?? Number.NaN;
    return part >= limit.min - 1e-9 && part <= limit.max + 1e-9;
  });
}

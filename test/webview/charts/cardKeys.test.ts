import { describe, expect, test } from 'vitest';
import { rangeByKey, walked } from '../../../webview/charts/cardKeys.ts';
import { readingsAt } from '../../../webview/charts/lines.ts';

function line(id: string, y: readonly number[]) {
  const values = Float64Array.from(y);
  const curve = { x: values.map((_, at) => at * 10), y: values, raw: values };
  return { id, label: id, color: '', dash: [], curve, total: y.length };
}

/** A px for each unit. */
const axis = { min: 0, max: 30, getPixelForValue: (value: number) => value };
const lines = [line('low', [1, 1, Number.NaN, 1]), line('high', [2, 2, 2, 2])];

describe('the keys of a chart', () => {
  const go = (key: string, x: number, lineId?: string, isThere = true) => {
    const found = walked(key, readingsAt(lines, x, 0), lineId, axis, isThere);
    return [found?.line.id, found?.x];
  };

  test('first show the cursor where it is, then go from point to point', () => {
    expect(go('ArrowRight', 0, undefined, false)).toEqual(['high', 0]);
    expect(go('ArrowRight', 0)).toEqual(['high', 10]);
    expect(go('ArrowLeft', 10, 'high')).toEqual(['high', 0]);
    expect(go('ArrowRight', 30, 'high')).toEqual(['high', 30]);
  });

  test('step over gaps', () => {
    expect(go('ArrowRight', 10, 'low')).toEqual(['low', 30]);
  });

  test('go to the ends, and from line to line by value', () => {
    expect(go('End', 0, 'low')).toEqual(['low', 30]);
    expect(go('Home', 30, 'low')).toEqual(['low', 0]);
    expect(go('ArrowDown', 10, 'high')).toEqual(['low', 10]);
    expect(go('ArrowUp', 10, 'high')).toEqual(['high', 10]);
  });

  test('go nowhere without lines', () => {
    expect(walked('ArrowRight', [], undefined, axis, true)).toBeUndefined();
  });

  test('skip points that are closer than a pixel', () => {
    const narrow = { ...axis, getPixelForValue: (value: number) => value / 15 };
    expect(walked('ArrowRight', readingsAt(lines, 0, 0), 'high', narrow, true)?.x).toBe(20);
  });

  test('zoom around the cursor, and pan', () => {
    const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });
    expect(rangeByKey(key('+'), { min: 0, max: 40 }, 10)).toEqual({ min: 5, max: 25 });
    expect(rangeByKey(key('-'), { min: 10, max: 20 }, undefined)).toEqual({ min: 5, max: 25 });
    expect(rangeByKey(key('ArrowRight', true), { min: 0, max: 40 }, 10)).toEqual({ min: 10, max: 50 });
    expect(rangeByKey(key('ArrowRight'), { min: 0, max: 40 }, 10)).toBeUndefined();
  });
});

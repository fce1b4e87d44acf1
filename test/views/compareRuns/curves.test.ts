import { describe, expect, test } from 'vitest';
import { comparedCurve } from '../../../src/views/compareRuns/curves.ts';

describe('curves over each other', () => {
  const curve = (...values: number[]) => ({
    steps: Float64Array.from(values.keys()),
    values: Float64Array.from(values),
  });

  test('share their axes, the first above the others', () => {
    const { lines } = comparedCurve(
      'loss',
      new Map([
        ['a', curve(0, 1)],
        ['b', curve(1, 3)],
      ]),
    );
    expect(lines.map(({ path }) => path)).toEqual(['M1 12.7L119 2', 'M1 18L119 12.7']);
  });

  test('are none where there is no number', () => {
    expect(comparedCurve('loss', new Map([['a', curve(Number.NaN)]])).lines).toEqual([]);
    expect(comparedCurve('loss', new Map()).lines).toEqual([]);
  });
});

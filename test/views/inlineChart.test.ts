import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statisticsOf } from '../../src/entities/metricSeries.ts';
import { isLessBetter } from '../../src/views/betterValue.ts';
import { curvePath, extentOf } from '../../src/views/curvePath.ts';
import { bestOf, hoverChart, inlineChart, inlineText, type RunCurve, svgUri } from '../../src/views/inlineChart.ts';

function curve(values: readonly number[], steps = values.map((_, at) => at)): RunCurve {
  const columns = {
    steps: Float64Array.from(steps),
    timestamps: new Float64Array(values.length),
    values: Float64Array.from(values),
  };
  const { last, min, max } = statisticsOf(columns);
  return { ...columns, runName: 'a', color: '#3b82d6', last: last?.value, min: min?.value, max: max?.value };
}

describe('which values are better', () => {
  test.each([
    ['loss', true],
    ['val/rmse', true],
    ['valLoss', true],
    ['accuracy', false],
    ['val_f1', false],
    ['maps', false],
  ])('%s', (key, less) => {
    expect(isLessBetter(key, Float64Array.of(1, 2))).toBe(less);
  });

  test('where the name says nothing, those towards which it goes', () => {
    expect(isLessBetter('x', Float64Array.of(3, Number.NaN, 1))).toBe(true);
    expect(isLessBetter('x', Float64Array.of(1, 3))).toBe(false);
  });
});

describe('a path', () => {
  const frame = { x: 0, y: 0, width: 10, height: 10 };
  const path = (values: readonly number[], steps?: readonly number[]) => {
    const { steps: x, ...rest } = curve(values, steps ? [...steps] : undefined);
    return curvePath(
      { ...rest, steps: x },
      frame,
      extentOf([x]) ?? { min: 0, max: 0 },
      extentOf([rest.values]) ?? { min: 0, max: 0 },
    );
  };

  test('goes from the first step to the last, the greatest value on top', () => {
    expect(path([0, 1, 0.5])).toBe('M0 10L5 0L10 5');
  });

  test('is broken at gaps, and a lonely point is seen', () => {
    expect(path([0, Number.NaN, 1, 1])).toBe('M0 10h1.5M6.7 0L10 0');
    expect(path([5])).toBe('M5 5h1.5');
  });

  test('runs through the middle where all values are equal', () => {
    expect(path([2, 2])).toBe('M0 5L10 5');
  });

  test('never leaves its frame, whatever the numbers are', () => {
    const any = fc.double();
    fc.assert(
      fc.property(fc.array(fc.tuple(any, any), { minLength: 1, maxLength: 20 }), (points) => {
        const steps = points.map(([step]) => (Number.isFinite(step) ? step : 0));
        const numbers =
          path(
            points.map(([, value]) => value),
            steps,
          ).match(/-?[\d.]+(?:e[+-]?\d+)?/g) ?? [];
        return numbers.every((number) => Number(number) >= 0 && Number(number) <= 10);
      }),
    );
  });
});

describe('beside the code', () => {
  test('stand the last and the best value', () => {
    expect(inlineText('loss', [curve([1, 0.701, 0.713])])).toBe('0.713 · best 0.701');
    expect(inlineText('loss', [curve([1, 0.7])])).toBe('0.7');
    expect(inlineText('accuracy', [curve([0.5]), curve([0.9, 0.2])])).toBe('0.5 · best 0.9');
    expect(inlineText('loss', [curve([Number.NaN])])).toBe('no number');
    expect(inlineText('loss', [])).toBe('');
  });

  test('the best one is of all runs', () => {
    expect(bestOf('loss', [curve([3, 2]), curve([1, 5])])).toBe(1);
    expect(bestOf('loss', [curve([Number.NaN])])).toBeUndefined();
  });

  test('the latest run is drawn last, over the others', () => {
    const picture =
      inlineChart([
        { ...curve([1, 2]), color: '#111111' },
        { ...curve([2, 1]), color: '#222222' },
      ]) ?? '';
    expect(picture.indexOf('#222222')).toBeLessThan(picture.indexOf('#111111'));
    expect(picture).toMatch(/^<svg [^>]+height="14"/);
  });

  test('without a number there is no picture', () => {
    expect(inlineChart([curve([Number.NaN])])).toBeUndefined();
    expect(hoverChart([])).toBeUndefined();
  });

  test('a hover has the limits of both axes', () => {
    const picture = hoverChart([curve([1, 0.25], [0, 120])]) ?? '';
    for (const text of ['>1<', '>0.25<', '>0<', '>step 120<']) expect(picture).toContain(text);
    expect(decodeURIComponent(svgUri(picture).split(',').slice(1).join(','))).toBe(picture);
  });
});

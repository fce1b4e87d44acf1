import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combine, countCombinations, expandValues, quoteValue } from '../../src/runner/sweepValues.ts';

describe('the values that a text stands for', () => {
  test.each([
    ['0.1, 0.2', ['0.1', '0.2']],
    ['a', ['a']],
    ['1..4', ['1', '2', '3', '4']],
    ['4..1', ['4', '3', '2', '1']],
    ['1..10 step 4', ['1', '5', '9']],
    ['0..1 step 0.25', ['0', '0.25', '0.5', '0.75', '1']],
    ['0..0.3 step 0.1', ['0', '0.1', '0.2', '0.3']],
    ['1..0 step -0.5', ['1', '0.5', '0']],
    ['-1..1', ['-1', '0', '1']],
    ['.5 .. 1.5', ['0.5', '1.5']],
    ['0.001..1 log 4', ['0.001', '0.01', '0.1', '1']],
    ['1e-4..1e-2 log 3', ['0.0001', '0.001', '0.01']],
    ['1..3, 10, 1', ['1', '2', '3', '10']],
    ['adam , sgd', ['adam', 'sgd']],
    ['"a, b", ""', ['a, b', '']],
    ['"1..3"', ['1..3']],
    ['"say ""hi"""', ['say "hi"']],
    ['../data, ./x..y', ['../data', './x..y']],
    ["it's", ["it's"]],
    ['5..5', ['5']],
  ])('%s', (text, values) => {
    expect(expandValues(text)).toEqual(values);
  });

  test.each([
    ['', 'A value is missing'],
    ['1,,2', 'A value is missing'],
    ['1,', 'A value is missing'],
    ['"a', 'closing "'],
    ['"a" b', 'comma after the closing "'],
    ['1..10 step 0', 'does not lead from 1 to 10'],
    ['1..10 step -1', 'does not lead from 1 to 10'],
    ['10..1 step 1', 'does not lead from 10 to 1'],
    ['1..10 every 2', 'is no range'],
    ['0..1 log 3', 'above 0'],
    ['1..10 log 1', '2 values or more'],
    ['1..10 log 2.5', '2 values or more'],
    ['1..1000000', 'more than 10000 values'],
    ['0..1 step 1e-9', 'more than 10000 values'],
    ['1..2 log 1000000', 'more than 10000 values'],
  ])('%s is refused', (text, message) => {
    expect(() => expandValues(text)).toThrow(message);
  });

  test('any value can be given as it is', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(expandValues(quoteValue(value))).toEqual([value]);
      }),
    );
  });

  test('any list comes back in its order', () => {
    const lists = fc.uniqueArray(fc.string(), { minLength: 1 });
    fc.assert(
      fc.property(lists, (values) => {
        expect(expandValues(values.map(quoteValue).join(', '))).toEqual(values);
      }),
    );
  });

  test('a range keeps to its ends and its step', () => {
    const part = fc.integer({ min: -500, max: 500 });
    const tenth = (value: number) => value / 10;
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1, max: 50 }), (from, to, step) => {
        const signed = to < from ? -step : step;
        const values = expandValues(`${tenth(from)}..${tenth(to)} step ${tenth(signed)}`).map(Number);
        const wanted = Array.from({ length: Math.floor(Math.abs(to - from) / step) + 1 }, (_, at) =>
          tenth(from + at * signed),
        );
        expect(values).toEqual(wanted);
      }),
    );
  });

  test('a logarithmic range has both ends and one factor', () => {
    const end = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(end, end, fc.integer({ min: 2, max: 20 }), (from, to, count) => {
        fc.pre(from !== to);
        const values = expandValues(`${from}..${to} log ${count}`).map(Number);
        expect(values).toHaveLength(count);
        expect([values[0], values.at(-1)]).toEqual([from, to]);
        const factors = values.slice(1).map((value, at) => value / (values[at] ?? 0));
        for (const factor of factors) expect(factor).toBeCloseTo(factors[0] ?? 0, 6);
      }),
    );
  });
});

describe('combinations', () => {
  test('are all of them, the last parameter changing fastest', () => {
    const parameters = new Map([
      ['lr', ['0.1', '0.2']],
      ['epochs', ['1', '2', '3']],
    ]);
    expect(combine(parameters).map((values) => [...values.values()].join(' '))).toEqual(
      ['0.1 1', '0.1 2', '0.1 3', '0.2 1', '0.2 2', '0.2 3'], //
    );
    expect(countCombinations(parameters)).toBe(6);
  });

  test('of no parameter are one, without values', () => {
    expect(combine(new Map())).toEqual([new Map()]);
    expect(countCombinations(new Map())).toBe(1);
  });

  test('are as many as are counted, and all different', () => {
    const values = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), values, { maxKeys: 4 }), (given) => {
        const parameters = new Map(Object.entries(given));
        const texts = combine(parameters).map((chosen) => JSON.stringify([...chosen]));
        expect(new Set(texts).size).toBe(countCombinations(parameters));
      }),
    );
  });
});

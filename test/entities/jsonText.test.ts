import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonDouble, jsonInteger, parseJson } from '../../src/entities/jsonText.ts';

describe('parseJson', () => {
  test('keeps every digit of a 64-bit integer', () => {
    expect(parseJson('{"step":9223372036854775807,"other":-9223372036854775808}')).toEqual({
      step: 9223372036854775807n,
      other: -9223372036854775808n,
    });
  });

  test('keeps small integers as numbers beside large ones', () => {
    expect(parseJson('[9007199254740993, 1, 9007199254740991]')).toEqual([9007199254740993n, 1, 9007199254740991]);
  });

  test('leaves an integer that does not fit 64 bits to its reader', () => {
    expect(parseJson('[99999999999999999999]')).toEqual([1e20]);
  });

  test.each(['0.12345678901234567', '12345678901234567.5', '12345678901234567e3'])('takes %s as a double', (text) => {
    expect(parseJson(`[${text}]`)).toEqual([Number(text)]);
  });

  test.each([
    ['{"value":NaN}', { value: 'NaN' }],
    ['{"value":-Infinity,"a":Infinity}', { value: '-Infinity', a: 'Infinity' }],
    ['{"value":NaN,"note":"NaN \\"NaN\\" NaN"}', { value: 'NaN', note: 'NaN "NaN" NaN' }],
    ['{"path":"C:\\\\","value":NaN}', { path: 'C:\\', value: 'NaN' }],
    ['{"value":NaN,"step":9007199254740993}', { value: 'NaN', step: 9007199254740993n }],
  ])('reads what Python writes: %s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each(['', '{', '{"a":NaNa}', '{"a":Infinity', '"NaN', '{"a":1}}'])('refuses %s', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test('a key named __proto__ is a key like any other', () => {
    const value = parseJson('{"__proto__":{"polluted":1},"step":9007199254740993}') as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'step']);
    expect('polluted' in {}).toBe(false);
  });

  test('refuses what is nested deeper than anything of MLflow, at once', () => {
    const deep = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    expect(parseJson(deep(100))).toBeDefined();
    expect(() => parseJson(deep(101))).toThrow('nested');
    expect(() => parseJson(`{"a":${'{"a":['.repeat(5_000)}`)).toThrow('nested');
    expect(parseJson(JSON.stringify({ text: `\\"${'['.repeat(5_000)}` }))).toBeDefined();
  });

  test('keeps the digits of a bare integer', () => {
    expect(parseJson('9007199254740992')).toBe(9007199254740992n);
  });

  test('reads all that JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text, restoreLarge));
      }),
    );
  });

  test('gives back what jsonInteger and jsonDouble wrote', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.double(), (integer, double) => {
        const text = JSON.stringify({ integer: jsonInteger(integer), double: jsonDouble(double) });
        const back = parseJson(text) as { integer: number | bigint; double: number | string };
        expect(BigInt(back.integer)).toBe(integer);
        expect(Number(back.double)).toBe(double);
      }),
    );
  });
});

/** Integers beyond 2^53 in `jsonValue` are doubles whose text has no point: these come back as bigints. */
function restoreLarge(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !/^-?\d{1,19}$/.test(String(value))) return value;
  const big = BigInt(String(value));
  return big < 2n ** 63n && big >= -(2n ** 63n) ? big : value;
}

test('more values than are wanted are refused before they are read', () => {
  expect(parseJson(`[${'1,'.repeat(999)}1]`, 1_000)).toHaveLength(1_000);
  expect(() => parseJson(`[${'1,'.repeat(1_000)}1]`, 1_000)).toThrow('more than 1000 values');
  expect(parseJson(`["${','.repeat(2_000)}"]`, 1_000)).toHaveLength(1);
  expect(parseJson(`[${'1,'.repeat(200_000)}1]`)).toHaveLength(200_001);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMeta } from '../../src/files/metaYaml.ts';
import { parseYamlValue, type YamlValue } from '../../src/files/yamlValue.ts';

const { value } = fc.letrec<{ value: YamlValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false, 'null', 'true', '1', '1.0', '.nan', '1e5', '~', '', 'a: b', '- a', '# c'),
    fc.double().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.integer(),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.array(tie('value') as fc.Arbitrary<YamlValue>, { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 6 }), tie('value') as fc.Arbitrary<YamlValue>, { maxKeys: 3 }),
  ),
}));

test('any value comes back as it was written', () => {
  fc.assert(
    fc.property(value, (written) => {
      expect(parseYamlValue(formatMeta({ value: written }))).toEqual({ value: written });
    }),
    { numRuns: 1_000 },
  );
});

/** As PyYAML's dumper writes them. */
describe('what MLflow has written', () => {
  test.each<[string, YamlValue]>([
    ['value: true', { value: true }],
    ['value: 3.0', { value: 3 }],
    ['value: 1.0e+21', { value: 1e21 }],
    ['value: 1e5', { value: '1e5' }],
    ["value: '3'", { value: '3' }],
    ['value: null', { value: null }],
    ['value: 0o17', { value: '0o17' }],
    ['value:\n- a\n- 1\n- - false', { value: ['a', 1, [false]] }],
    ['value: {}', { value: {} }],
    ["value: 'a\n\n  b'", { value: 'a\nb' }],
  ])('%j is %j', (text, expected) => expect(parseYamlValue(text)).toEqual(expected));

  test('aliases do not unfold', () => {
    expect(parseYamlValue('a: &x [1, 2]\nb: *x')).toEqual({ a: [1, 2], b: null });
  });

  test.each(['a: [', 'a: b: c', '\t- a'])('%j is refused', (text) => expect(() => parseYamlValue(text)).toThrow());
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatMeta, parseMeta } from '../../src/files/metaYaml.ts';

describe('what is written', () => {
  test('is read back, by us and as YAML 1.1', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.constantFrom('yes', '1e5', 'null', '~', '', ' ', "it's", '- a', 'a: b', '# c', '\u2028', 'a\nb'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), texts, { maxKeys: 5 }), (record) => {
        fc.pre(Object.keys(record).length > 0);
        const written = formatMeta(record);
        expect(Object.fromEntries(parseMeta(written))).toEqual({ ...record });
        expect(parse(written, { version: '1.1' })).toEqual({ ...record });
      }),
      { numRuns: 500 },
    );
  });

  test('has sorted keys, quoted strings, plain numbers and nulls', () => {
    expect(formatMeta({ name: "it's", id: '0017', time: 1_795_423_767_744, end: undefined, tags: [], more: {} })).toBe(
      "end: null\nid: '0017'\nmore: {}\nname: 'it''s'\ntags: []\ntime: 1795423767744\n",
    );
  });

  test('nests', () => {
    const meta = parseMeta(formatMeta({ tags: { 'mlflow.data.context': 'training', yes: 'x' } }));
    expect(meta.get('tags')).toEqual(
      new Map([
        ['mlflow.data.context', 'training'],
        ['yes', 'x'],
      ]),
    );
  });
});

/** As PyYAML writes them. */
describe('what MLflow has written', () => {
  test.each([
    ['digest: 12345e67', 'digest', '12345e67'],
    ['digest: 0o17', 'digest', '0o17'],
    ["digest: '017'", 'digest', '017'],
    ['artifact_location: file:///data/mlruns/1', 'artifact_location', 'file:///data/mlruns/1'],
    ['artifact_uri: /data/a b/artifacts', 'artifact_uri', '/data/a b/artifacts'],
    ['name: my exp/é', 'name', 'my exp/é'],
    ['name: "\\U0001F600"', 'name', '😀'],
    ["name: 'a\n\n  b'", 'name', 'a\nb'],
    ['name: a long text that goes\n  on here', 'name', 'a long text that goes on here'],
    ['current_stage: None', 'current_stage', 'None'],
    ['end_time: null', 'end_time', null],
    ['end_time: ~', 'end_time', null],
    ['end_time:', 'end_time', null],
    ["user_id: ''", 'user_id', ''],
    ['run_id: x\r\nother: y\r\n', 'run_id', 'x'],
    ['step: -1', 'step', '-1'],
    ['name: a#b', 'name', 'a#b'],
  ])('%j', (text, key, value) => {
    expect(parseMeta(text).get(key)).toBe(value);
  });

  test('aliases are a mapping of texts', () => {
    expect(parseMeta("aliases:\n  champion: '1'\nname: x\n").get('aliases')).toEqual(new Map([['champion', '1']]));
  });

  test.each(['', 'a: [', '\u0000\u0001', 'just text', '- a list'])('%j is refused with an Error', (text) => {
    expect(() => parseMeta(text)).toThrow(Error);
  });
});

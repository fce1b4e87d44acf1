import { describe, expect, test } from 'vitest';
import { formatMeta, parseMeta } from '../../src/files/metaYaml.ts';
import { checkYaml } from '../../src/files/yamlGuard.ts';
import { parseYamlValue } from '../../src/files/yamlValue.ts';

/** ms: far more than a look takes, far less than the parser takes for any of these. */
const LIMIT = 400;
const letters = 'abcdefghij';
/** Each line has the one before nine times: 9^10 values. */
const BOMB = [...letters]
  .map(
    (letter, at) =>
      `${letter}: &${letter} [${Array(9)
        .fill(at === 0 ? 'x' : `*${letters[at - 1]}`)
        .join(', ')}]`,
  )
  .join('\n');

const HOSTILE: Record<string, string> = {
  'a bomb of aliases': BOMB,
  'lists in lists, 20,000 deep': `a: ${'['.repeat(20_000)}`,
  'lists in lists, 1,000,000 deep': '['.repeat(1_000_000),
  'mappings in mappings': `a: ${'{b: '.repeat(20_000)}`,
  'indented mappings': Array.from({ length: 2_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  'items in items': `a:\n${'- '.repeat(20_000)}x`,
  'keys of keys': '? '.repeat(20_000),
  'many entries': Array.from({ length: 50_000 }, (_, at) => `"k${at}": 1`).join('\n'),
  'many anchors': `a: ${'&a '.repeat(10_000)}`,
  'many tags': `a: ${'!a '.repeat(10_000)}`,
  'many tabs': 'a:\t'.repeat(50_000),
  'a quote that does not end': `a: "${'\\'.repeat(1_000_000)}`,
  directives: '%'.repeat(1_000_000),
  '50 MB': `a: "${'x'.repeat(50_000_000)}"\nb: &c`,
};

describe.each(Object.keys(HOSTILE))('%s', (name) => {
  const text = HOSTILE[name] ?? '';

  test.each([
    ['meta.yaml', parseMeta],
    ['a value', parseYamlValue],
  ])('is read or refused at once as %s', (_, parse) => {
    const start = performance.now();
    let size = 0;
    try {
      const value = parse(text);
      size = JSON.stringify(value instanceof Map ? [...value] : value).length;
    } catch (error) {
      expect((error as Error).message).not.toMatch(/call stack/i);
    }
    expect(performance.now() - start).toBeLessThan(LIMIT);
    expect(size).toBeLessThan(10 * text.length + 10_000);
  });
});

test('what MLflow writes passes', () => {
  const tags = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`tag ${at}`, `value: ${at}`]));
  expect(() => checkYaml(formatMeta({ name: 'a', tags, nested: { list: [1, { a: [[]] }] } }))).not.toThrow();
});

test.each([
  ['plain', 'x'.repeat(17_000_000)],
  ['with quotes', `${'"a\'b" '.repeat(100_000)}`],
])('the largest texts that MLflow allows are read back (%s)', (_, profile) => {
  expect(parseMeta(formatMeta({ profile, name: 'a' })).get('profile')).toBe(profile);
});

test('a long text without quotes is read, too', () => {
  const profile = 'x'.repeat(17_000_000);
  expect(parseMeta(`profile: ${profile}`).get('profile')).toBe(profile);
});

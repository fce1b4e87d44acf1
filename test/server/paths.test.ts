import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkPath, decodePath } from '../../src/server/paths.ts';

describe('decodePath', () => {
  test.each([
    ['1/run/artifacts/model.pkl', '1/run/artifacts/model.pkl'],
    ['plots/r%C3%A9sum%C3%A9%20a.png', 'plots/résumé a.png'],
    ['images/key%25step%2525%25.png', 'images/key%step%25%.png'],
    ['images/key%25step%252500%25.png', 'images/key%step%2500%.png'],
    ['a+b', 'a+b'],
    ['', ''],
  ])('%s is %s', (encoded, path) => {
    expect(decodePath(encoded)).toBe(path);
  });

  test.each([
    '../etc/passwd',
    'a/../b',
    '%2e%2e/x',
    '%2E%2E%2Fx',
    'a%2fb',
    'a%5cb',
    'a\\b',
    '..%5c..',
    '%252e%252e%252fx',
    'a%255cb',
    '%25252e%25252e%25252fx',
    'a%25255cb',
    'a%00b',
    'a%2500b',
    'a%0ab',
    'a%23b',
    '/etc/passwd',
    'C:/x',
    'c:x',
    '%',
    '%zz',
    '%ff',
  ])('%s is refused', (encoded) => {
    expect(() => decodePath(encoded)).toThrow('Invalid path');
  });

  test('gives back every path that an honest client encodes', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[/\\#\p{Cc}]/u.test(text));
    const honest = fc.array(name, { minLength: 1 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(honest, (path) => {
        fc.pre(!path.split('/').includes('..') && !/%(?:(?:25)*(?:2e|2f|5c)|00)/i.test(path) && !/^[a-z]:/i.test(path));
        expect(decodePath(path.split('/').map(encodeURIComponent).join('/'))).toBe(path);
      }),
    );
  });
});

describe('checkPath', () => {
  test('lets plain paths pass', () => {
    for (const path of ['', 'a', 'a/b.c', '...', 'a..b', '.hidden']) expect(checkPath(path)).toBe(path);
  });

  test.each(['/a', '../a', 'a/..', 'a\\..\\b', 'file#1', 'C:\\x', 'a\0'])('refuses %j', (path) => {
    expect(() => checkPath(path)).toThrow('Invalid path');
  });
});

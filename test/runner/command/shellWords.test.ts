import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotePosix, quoteWindows } from '../../../src/runner/command/shellQuote.ts';
import { splitWords, unquote } from '../../../src/runner/command/shellWords.ts';

describe('a command for a POSIX shell', () => {
  test.each([
    ['python train.py --alpha 0.5', ['python', 'train.py', '--alpha', '0.5']],
    ["python 'a b' c'd'e", ['python', 'a b', 'cde']],
    [`echo 'it'"'"'s' ''`, ['echo', "it's", '']],
    ['x "a \\"b\\" \\$c \\n"', ['x', 'a "b" $c \\n']],
    ['x a\\ b \\\n  c', ['x', 'a b', 'c']],
    ['x {alpha} a=b ~x y#z', ['x', '{alpha}', 'a=b', 'y#z']],
    ['  x \n', ['x']],
    ['', []],
  ])('%j', (text, words) => {
    const wanted = text.includes('~') ? { operator: '~' } : { words };
    expect(splitWords(text, false)).toEqual(wanted);
  });

  test.each([
    ['a && b', '&&'],
    ['a; b', ';'],
    ['a | b', '|'],
    ['a > b', '>'],
    ['a &', '&'],
    ['a $HOME', '$'],
    ['a "$HOME"', '$'],
    ['a `b`', '`'],
    ['a "x`b`"', '`'],
    ['(a)', '('],
    ['a *.csv', '*'],
    ['a # b', '#'],
    ['a\nb', 'a second line'],
    ["a 'b", "'"],
    ['a "b', '"'],
  ])('%j needs the shell', (text, operator) => {
    expect(splitWords(text, false)).toEqual({ operator });
  });

  test('any value that was quoted comes back', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(unquote(quotePosix(value), false)).toBe(value);
      }),
    );
  });

  test.skipIf(process.platform === 'win32')('any words are those that the shell sees', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '\n', '*', '~', '#', '=') });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.join(' ');
        const split = splitWords(text, false);
        if ('operator' in split) return;
        const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${text.trim()}`], { encoding: 'utf8' });
        const seen = stdout.split('\0').slice(0, -1);
        expect(split.words.length === 0 ? [''] : split.words).toEqual(seen);
      }),
      { numRuns: 60 },
    );
  });

  test('a text that was never quoted stays as it is', () => {
    for (const text of ["it's", 'a b', '*', '$x', '#', 'a"']) expect(unquote(text, false)).toBe(text);
  });
});

describe('a command for Windows', () => {
  test.each([
    ['python train.py C:\\data\\', ['python', 'train.py', 'C:\\data\\']],
    ['x "a b" "" c"d"', ['x', 'a b', '', 'cd']],
    ['x "a \\"b\\""', ['x', 'a "b"']],
    ['x "C:\\a b\\\\"', ['x', 'C:\\a b\\']],
  ])('%j', (text, words) => {
    expect(splitWords(text, true)).toEqual({ words });
  });

  test.each(['a && b', 'a | b', 'a > b', 'a %PATH%', 'a "b'])('%j needs the shell', (text) => {
    expect(splitWords(text, true)).toHaveProperty('operator');
  });

  test('any value that was quoted comes back', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '%', '&', "'", '.') });
    fc.assert(
      fc.property(value, (text) => {
        expect(unquote(quoteWindows(text), true)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });
});

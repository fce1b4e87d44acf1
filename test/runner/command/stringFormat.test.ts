import { describe, expect, test } from 'vitest';
import { formatCommand } from '../../../src/runner/command/stringFormat.ts';

const VALUES = new Map([
  ['x', 'abc'],
  ['a b', '1'],
  ['note', `it's "é" \\`],
  ['width', '5'],
]);

describe('a command is filled as by str.format', () => {
  test.each([
    ['t {x} {x}', 't abc abc'],
    ['{{literal}} {x}', '{literal} abc'],
    ['{a b}', '1'],
    ['{x!s} {x!r}', "abc 'abc'"],
    ['{x[0]}{x[2]}', 'ac'],
    ['[{x:>5}] [{x:5}] [{x:*^6}] [{x:.2}]', '[  abc] [abc  ] [*abc**] [ab]'],
    ['[{x:<{width}}]', '[abc  ]'],
    ['[{x:05}] [{x:5s}]', '[abc00] [abc  ]'],
    ['{note!r}', `'it\\'s "é" \\\\'`],
    ['{note!a}', `'it\\'s "\\xe9" \\\\'`],
    ['awk {{print $1}} ${{HOME}}', 'awk {print $1} ${HOME}'],
  ])('%s', (command, expected) => {
    expect(formatCommand(command, VALUES)).toBe(expected);
  });
});

describe('what Python raises is refused', () => {
  test.each([
    ['{missing}', "'{missing}', which is no parameter"],
    ['{}', 'no parameter'],
    ['{0}', 'no parameter'],
    ['a } b', "write '}}'"],
    ['a { b', "write '{{'"],
    ['{x.id}', "has no '.id'"],
    ['{x[9]}', "has no '[9]'"],
    ['{x:.3f}', "has no format '.3f'"],
    ['{x!z}', '!s, !r and !a'],
    ['${HOME}', "'{HOME}'"],
  ])('%s', (command, message) => {
    expect(() => formatCommand(command, VALUES)).toThrow(message);
  });
});

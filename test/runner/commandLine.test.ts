import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseProject } from '../../src/mlproject/parseProject.ts';
import { buildCommandLine } from '../../src/runner/commandLine.ts';
import { quotePosix, quoteWindows } from '../../src/runner/shellQuote.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'command-'));
fs.writeFileSync(path.join(folder, 'data.csv'), '');
afterAll(() => fs.rmSync(folder, { recursive: true }));

function command(parameters: string, text: string, values: Readonly<Record<string, string>> = {}): string {
  const [entryPoint] = parseProject(
    `entry_points:\n  main:\n    parameters: {${parameters}}\n    command: ${JSON.stringify(text)}\n`,
  ).project.entryPoints;
  if (!entryPoint) throw new Error('there is an entry point');
  return buildCommandLine(entryPoint, new Map(Object.entries(values)), folder).command;
}

describe.skipIf(process.platform === 'win32')('the command of an entry point', () => {
  const declared = 'a: string, b: {type: string, default: "x y"}';

  test.each([
    [{ a: '1' }, "python t.py 1 'x y'"],
    [{ a: "it's" }, `python t.py 'it'"'"'s' 'x y'`],
    [{ a: '1', extra: 'z q' }, "python t.py 1 'x y' --extra 'z q'"],
    [{ a: '$(rm -rf /)' }, "python t.py '$(rm -rf /)' 'x y'"],
    [{ a: '' }, "python t.py '' 'x y'"],
  ])('with %j is %s', (values, expected) => {
    expect(command(declared, 'python t.py {a} {b}', values)).toBe(expected);
  });

  test('keeps doubled braces as braces', () => {
    expect(command('a: string', 'echo {{literal}} {a}', { a: '1' })).toBe('echo {literal} 1');
  });

  test('has paths of the project made absolute', () => {
    expect(command('d: path', 'x {d}', { d: 'data.csv' })).toBe(`x ${path.join(folder, 'data.csv')}`);
    expect(command('d: path', 'x {d}', { d: 's3://bucket/data.csv' })).toBe('x s3://bucket/data.csv');
  });
});

describe('what cannot be run', () => {
  test.each([
    ['a missing value', 'a: string, b: float', 'x {a} {b}', {}, "No value given for missing parameters: 'a', 'b'"],
    ['a path that is not there', 'd: path', 'x {d}', { d: 'nowhere' }, 'no such file or directory'],
    ['a URI without a scheme', 'u: uri', 'x {u}', { u: 'data' }, 'has no scheme'],
    ['an undeclared placeholder', 'a: string', 'x {missing}', { a: '1' }, "'{missing}'"],
  ])('%s', (_, parameters, text, values, message) => {
    expect(() => command(parameters, text, values)).toThrow(message);
  });
});

test('quotes on Windows keep backslashes and percent signs what they are', () => {
  expect(quoteWindows('C:\\data')).toBe('C:\\data');
  expect(quoteWindows('C:\\my data\\')).toBe('"C:\\my data\\\\"');
  expect(quoteWindows('say "hi"')).toBe('"say \\"hi\\""');
  expect(quoteWindows('100%')).toBe('"100%%"');
});

test('quotes on POSIX leave plain words alone', () => {
  expect(['a.b/c-d:e,f+g@h%i=1', '', "a'b", 'ü'].map(quotePosix)).toEqual([
    'a.b/c-d:e,f+g@h%i=1',
    "''",
    `'a'"'"'b'`,
    "'ü'",
  ]);
});

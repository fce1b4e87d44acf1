import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseProject } from '../../../src/mlproject/parseProject.ts';
import { buildCommandLine } from '../../../src/runner/command/commandLine.ts';
import { quotePosix, quoteWindows } from '../../../src/runner/command/shellQuote.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'command-'));
fs.writeFileSync(path.join(folder, 'data.csv'), '');
afterAll(() => fs.rmSync(folder, { recursive: true }));

function build(
  parameters: string,
  text: string,
  values: Readonly<Record<string, string>>,
  downloads?: Map<string, string>,
) {
  const [entryPoint] = parseProject(
    `entry_points:\n  main:\n    parameters: {${parameters}}\n    command: ${JSON.stringify(text)}\n`,
  ).project.entryPoints;
  if (!entryPoint) throw new Error('there is an entry point');
  return buildCommandLine(entryPoint, new Map(Object.entries(values)), folder, downloads);
}

function command(parameters: string, text: string, values: Readonly<Record<string, string>> = {}): string {
  return build(parameters, text, values).command;
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

  test('quotes the names of what is not declared, too, and logs them as they are', () => {
    const { command, params } = build('', 'x', { 'a b': '1 2' });
    expect(command).toBe("x --'a b' '1 2'");
    expect(params).toEqual(new Map([['a b', "'1 2'"]]));
    expect(() => build('', 'x', { 'a; rm -rf /': '1' })).toThrow('Invalid value "a; rm -rf /"');
  });

  test('takes informal types as they come, as MLflow does', () => {
    expect(command('n: int, b: bool, f: float', 'x {n} {b} {f}', { n: 'ten', b: 'perhaps', f: 'abc' })).toBe(
      'x ten perhaps abc',
    );
  });

  test('has what was downloaded, and logs where it came from', () => {
    const uri = 'https://example.org/data.csv';
    const line = build('d: path, e: uri', 'x {d} {e}', { d: uri, e: uri }, new Map([['d', '/tmp/param_0/data.csv']]));
    expect(line.command).toBe(`x /tmp/param_0/data.csv ${uri}`);
    expect(Object.fromEntries(line.params)).toEqual({ d: uri, e: uri });
  });

  test('has file: URIs as paths', () => {
    const file = path.join(folder, 'data.csv');
    expect(command('d: path', 'x {d}', { d: `file://${file}` })).toBe(`x ${file}`);
  });

  test('has paths made absolute from where the caller is', () => {
    expect(command('d: path', 'x {d}', { d: 'data.csv' })).toBe(`x ${path.join(folder, 'data.csv')}`);
    expect(command('d: path', 'x {d}', { d: 's3://bucket/data.csv' })).toBe('x s3://bucket/data.csv');
  });
});

describe('what cannot be run', () => {
  test.each([
    ['a missing value', 'a: string, b: float', 'x {a} {b}', {}, "No value given for missing parameters: 'a', 'b'"],
    ['a path that is not there', 'd: path', 'x {d}', { d: 'nowhere' }, 'no such file or directory'],
    ['an empty path', 'd: path', 'x {d}', { d: '' }, 'no such file or directory'],
    ['a default path that is not there', 'd: {type: path, default: gone}', 'x {d}', {}, 'for parameter d'],
    ['a URI without a scheme', 'u: uri', 'x {u}', { u: 'data' }, 'Expected URI for parameter u but got data'],
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

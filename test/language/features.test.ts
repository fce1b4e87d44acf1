import { describe, expect, test } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { diagnose } from '../../src/language/diagnostics.ts';
import { documentSymbols } from '../../src/language/documentSymbols.ts';
import { hover } from '../../src/language/hover.ts';
import { type RuleSettings, readRuleSettings } from '../../src/mlproject/ruleSettings.ts';
import { atCursor, documentOf, projectOf } from './cursor.ts';

describe('diagnostics', () => {
  test('carry code, severity, source and the exact place', () => {
    const document = documentOf('entry_points:\n  main:\n    command: python x.py {lr}\n');
    expect(diagnose(projectOf(document, { 'x.py': '' }), {}, (code) => `rules#${code}`)).toEqual([
      expect.objectContaining({
        code: 'undeclared-parameter',
        severity: DiagnosticSeverity.Error,
        codeDescription: { href: 'rules#undeclared-parameter' },
        source: 'mlproject',
        range: { start: { line: 2, character: 26 }, end: { line: 2, character: 28 } },
      }),
    ]);
  });

  test('an environment file that is not there is an error, one that is there is none', () => {
    const document = documentOf('python_env: env.yaml\n');
    expect(
      diagnose(projectOf(document, { 'x.py': '' }), {}, (code) => `rules#${code}`).map(({ code }) => code),
    ).toEqual(['environment-file-missing']);
    expect(diagnose(projectOf(document, { 'env.yaml': '' }), {}, () => undefined)).toEqual([]);
  });
});

test('rules count as the user says', () => {
  const project = projectOf(documentOf('author: me\nnamee: x\n'));
  const told = (rules: RuleSettings) =>
    diagnose(project, rules, () => undefined).map(({ code, severity }) => [code, severity]);
  expect(told({ 'unknown-key': 'off', 'misspelt-key': 'error' })).toEqual([['misspelt-key', DiagnosticSeverity.Error]]);
  expect(told(readRuleSettings({ 'unknown-key': 'hint', 'misspelt-key': 'loud', nothing: 'off' }))).toEqual([
    ['unknown-key', DiagnosticSeverity.Hint],
    ['misspelt-key', DiagnosticSeverity.Warning],
  ]);
  expect(told(readRuleSettings('off'))).toHaveLength(2);
});

describe('hover', () => {
  const text = (marked: string) => {
    const { document, offset } = atCursor(marked);
    const contents = hover(projectOf(document), offset)?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
  };

  test('tells what a key means', () => {
    expect(text('entry_|points: {}\n')).toContain('What can be run');
    expect(text('entry_points:\n  main:\n    comm|and: x\n')).toContain('shell command');
  });

  test('tells type, default and description of a parameter, at its name and its placeholder', () => {
    const project = (command: string, name: string) =>
      `entry_points:\n  main:\n    parameters:\n      ${name}: {type: float, default: 0.1, description: Learning rate}\n    command: x ${command}\n`;
    for (const marked of [project('{lr}', 'l|r'), project('{l|r}', 'lr')]) {
      expect(text(marked)).toContain('float = 0.1');
      expect(text(marked)).toContain('Learning rate');
    }
  });

  test('says nothing where there is nothing to say', () => {
    expect(text('name: so|me project\n')).toBeUndefined();
    expect(text('|\n')).toBeUndefined();
  });
});

test('the outline has entry points with their parameters', () => {
  const text = 'entry_points:\n  main:\n    parameters: {a: float}\n    command: x {a}\n';
  const symbols = documentSymbols(projectOf(documentOf(text)));
  expect(symbols).toMatchObject([{ name: 'main', children: [{ name: 'a', detail: 'float' }, { name: 'command' }] }]);
});

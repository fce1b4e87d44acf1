import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RULES } from '../mlproject/problems.ts';
import type { JudgedProblem } from '../mlproject/ruleSettings.ts';
import { VERSION } from './version.ts';

/** A problem and where it is, as people and their tools read it. */
export interface Finding {
  /** With slashes, as it was given or found. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  readonly severity: JudgedProblem['severity'];
  readonly code: JudgedProblem['code'];
  readonly message: string;
}

type Format = (findings: readonly Finding[], files: number) => string;

export const FORMATS: Readonly<Record<string, Format>> = { text, json, github, sarif };

function text(findings: readonly Finding[], files: number): string {
  const lines = findings.map(
    ({ file, line, column, severity, code, message }) =>
      `${file}:${line}:${column}: ${severity}: ${message} [${code}]\n`,
  );
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const looked = `${count(files, 'file')} checked`;
  const found =
    findings.length === 0 ? 'no problems' : `${count(findings.length, 'problem')}, ${count(errors, 'error')}`;
  return `${lines.join('')}${looked}: ${found}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function json(findings: readonly Finding[]): string {
  return `${JSON.stringify(findings, null, 2)}\n`;
}

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/** Workflow commands of GitHub Actions, which become annotations of a pull request. */
function github(findings: readonly Finding[]): string {
  const property = (value: string) => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const data = (value: string) => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return findings
    .map(({ file, line, column, severity, code, message }) => {
      const place = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
      return `::${COMMANDS[severity]} ${place}::${data(message)}\n`;
    })
    .join('');
}

const LEVELS = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** SARIF 2.1.0 (OASIS), which code scanning takes in. */
function sarif(findings: readonly Finding[]): string {
  const used = [...new Set(findings.map(({ code }) => code))].sort();
  const rules = used.map((id) => ({ id, defaultConfiguration: { level: LEVELS[RULES[id]] } }));
  const results = findings.map(({ file, line, column, severity, code, message }) => ({
    ruleId: code,
    ruleIndex: used.indexOf(code),
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  }));
  const driver = { name: 'mlflow-workbench', version: VERSION, rules };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

import path from 'node:path';
import { parseArgs } from 'node:util';
import { folderFiles } from '../files/folderFiles.ts';
import { isFile, isFolder, readText } from '../files/read.ts';
import { checkEnvironmentFile } from '../mlproject/checkEnvironmentFile.ts';
import { checkProject } from '../mlproject/checkProject.ts';
import type { Problem } from '../mlproject/problems.ts';
import { applyRuleSettings, isRule, isRuleSetting, type RuleSettings } from '../mlproject/ruleSettings.ts';
import { type Finding, FORMATS } from './checkFormats.ts';
import { findProjects } from './findProjects.ts';
import { UsageError } from './usage.ts';

export const CHECK_HELP = `mlflow-workbench check: what is wrong with MLproject files, and with the files of their environments

  mlflow-workbench check [options] [PATH…]

  PATH                   a file, or a folder to look for MLproject files in (default: .)
  --format FORMAT        text, json, github (annotations of a workflow) or sarif (default: text)
  --rule CODE=SEVERITY   let a rule count as error, warning, information or hint, or turn it off (repeatable)

  It ends with 1 where there is an error, with 0 otherwise.
`;

/** Checks projects. @returns the exit code: 1 where there are errors */
export function checkCommand(args: readonly string[]): number {
  const { values, positionals } = readArguments(args);
  const format = FORMATS[values.format];
  if (!format) throw new UsageError(`There is no format '${values.format}': take ${Object.keys(FORMATS).join(', ')}.`);
  const settings = readRules(values.rule ?? []);
  const files = [...new Set((positionals.length > 0 ? positionals : ['.']).flatMap(filesAt))];
  const findings = files.flatMap((file) => checkFile(file, settings));
  process.stdout.write(format(findings, files.length));
  return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function filesAt(place: string): string[] {
  if (isFile(place)) return [place];
  if (isFolder(place)) return findProjects(place);
  throw new UsageError(`There is no file or folder '${place}'.`);
}

function checkFile(file: string, settings: RuleSettings): Finding[] {
  const text = readText(file) ?? '';
  if (/\.ya?ml$/.test(file)) {
    const kind = /conda/i.test(path.basename(file)) ? 'conda_env' : 'python_env';
    return toFindings(file, text, checkEnvironmentFile(text, kind), settings);
  }
  const folder = path.dirname(file);
  const { problems, environmentFile } = checkProject(text, folderFiles(folder));
  const own = toFindings(file, text, problems, settings);
  const environment = environmentFile && path.join(folder, environmentFile.path);
  const environmentText = environment && readText(environment);
  if (!environmentFile || !environment || environmentText === undefined) return own;
  const more = checkEnvironmentFile(environmentText, environmentFile.kind);
  return [...own, ...toFindings(environment, environmentText, more, settings)];
}

function toFindings(file: string, text: string, problems: readonly Problem[], settings: RuleSettings): Finding[] {
  return applyRuleSettings(problems, settings).map(({ code, severity, message, range }) => {
    const before = text.slice(0, range.start);
    const line = before.split('\n').length;
    const column = range.start - (before.lastIndexOf('\n') + 1) + 1;
    return { file: file.split(path.sep).join('/'), line, column, severity, code, message };
  });
}

function readRules(list: readonly string[]): RuleSettings {
  const entries = list.map((text) => {
    const [code = '', level] = text.split('=');
    if (!isRule(code)) throw new UsageError(`There is no rule '${code}'.`);
    if (!isRuleSetting(level)) throw new UsageError(`'${text}': take error, warning, information, hint or off.`);
    return [code, level] as const;
  });
  return Object.fromEntries(entries);
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', default: 'text' }, rule: { type: 'string', multiple: true } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

import fs from 'node:fs';
import path from 'node:path';
import { invalidParameter } from '../../entities/error.ts';
import { checkKey } from '../../entities/limits.ts';
import type { EntryPoint, Parameter } from '../../mlproject/project.ts';
import { localPathOf, schemeOf } from './pathValue.ts';
import { quote } from './shellQuote.ts';
import { formatCommand } from './stringFormat.ts';

export interface CommandLine {
  readonly command: string;
  /** What MLflow logs as the run's params: declared ones, then others, with their values quoted as in the command. */
  readonly params: ReadonlyMap<string, string>;
}

/**
 * The command that an entry point runs with these values. Parameters that it does not declare are appended as options,
 * as MLflow does; their names are quoted in the command, too, as MLflow 3.17 does.
 * @param folder where the caller is: MLflow takes paths as relative to it, not to the project
 * @param downloads where the values of remote `path` parameters are now, by parameter; they stay URIs when absent
 * @throws INVALID_PARAMETER_VALUE for a missing value, one that MLflow refuses for its type, and a name that cannot be logged
 */
export function buildCommandLine(
  entryPoint: EntryPoint,
  values: ReadonlyMap<string, string>,
  folder: string,
  downloads: ReadonlyMap<string, string> = new Map(),
): CommandLine {
  const { command, parameters } = entryPoint;
  if (!command) throw invalidParameter(`Entry point '${entryPoint.name}' has no command.`);
  const missing = parameters.filter((p) => !values.has(p.name) && p.default === undefined);
  if (missing.length > 0) {
    const list = missing.map(({ name }) => `'${name}'`).join(', ');
    throw invalidParameter(`No value given for missing parameters: ${list}`);
  }
  for (const name of values.keys()) checkKey(name, name, 'Parameter name');
  const declared = parameters.map((parameter) => {
    const value = givenValue(parameter, values);
    const passed = downloads.get(parameter.name) ?? resolveValue(parameter, value, folder);
    return { name: parameter.name, value: quote(value), passed: quote(passed) };
  });
  const extra = [...values]
    .filter(([name]) => !parameters.some((parameter) => parameter.name === name))
    .map(([name, value]) => [name, quote(value)] as const);
  const passed = new Map(declared.map((parameter) => [parameter.name, parameter.passed]));
  return {
    command: formatCommand(command.text, passed) + extra.map(([name, value]) => ` --${quote(name)} ${value}`).join(''),
    params: new Map([...declared.map(({ name, value }) => [name, value] as const), ...extra]),
  };
}

/** What was given for a parameter, or else its default. */
export function givenValue({ name, default: fallback }: Parameter, values: ReadonlyMap<string, string>): string {
  return values.get(name) ?? fallback ?? '';
}

/** A local path is made absolute, everything else stays. Types other than these MLflow takes as they come. */
function resolveValue({ type, name }: Parameter, value: string, folder: string): string {
  if (type === 'uri' && schemeOf(value) === undefined) {
    throw invalidParameter(
      `Expected URI for parameter ${name} but got ${value}. Give one with a scheme, such as https: or s3:.`,
    );
  }
  if (type !== 'path') return value;
  const local = localPathOf(value);
  if (local === undefined) return value;
  const absolute = path.resolve(folder, local);
  if (local !== '' && fs.existsSync(absolute)) return absolute;
  throw invalidParameter(
    `Got value ${value} for parameter ${name}, but no such file or directory was found. Paths are relative to ${folder}.`,
  );
}

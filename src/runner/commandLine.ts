import fs from 'node:fs';
import path from 'node:path';
import { invalidParameter } from '../entities/error.ts';
import { validateParameter } from '../mlproject/parameterValue.ts';
import type { EntryPoint, Parameter } from '../mlproject/project.ts';
import { quote } from './shellQuote.ts';

export interface CommandLine {
  readonly command: string;
  /** What MLflow logs as the run's params: declared ones, then others, quoted as in the command. */
  readonly params: ReadonlyMap<string, string>;
}

/**
 * The command that an entry point runs with these values. Parameters that it does not declare are appended as options,
 * as MLflow does.
 * @param folder the project's, against which paths count
 * @throws INVALID_PARAMETER_VALUE for a missing value, or one that does not fit its type
 */
export function buildCommandLine(
  entryPoint: EntryPoint,
  values: ReadonlyMap<string, string>,
  folder: string,
): CommandLine {
  const { command, parameters } = entryPoint;
  if (!command) throw invalidParameter(`Entry point '${entryPoint.name}' has no command.`);
  const missing = parameters.filter((p) => !values.has(p.name) && p.default === undefined);
  if (missing.length > 0) {
    const list = missing.map(({ name }) => `'${name}'`).join(', ');
    throw invalidParameter(`No value given for missing parameters: ${list}`);
  }
  const declared = parameters.map((parameter) => {
    const value = values.get(parameter.name) ?? parameter.default ?? '';
    return { name: parameter.name, value, passed: quote(resolveValue(parameter, value, folder)) };
  });
  const extra = [...values].filter(([name]) => !parameters.some((parameter) => parameter.name === name));
  const passed = new Map(declared.map((parameter) => [parameter.name, parameter.passed]));
  const options = extra.map(([name, value]) => ` --${name} ${quote(value)}`).join('');
  return {
    command: fillPlaceholders(command.text, passed) + options,
    params: new Map([...declared.map(({ name, value }) => [name, quote(value)] as const), ...quoted(extra)]),
  };
}

function quoted(entries: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return entries.map(([name, value]) => [name, quote(value)] as const);
}

/** A local path is made absolute, everything else stays. */
function resolveValue(parameter: Parameter, value: string, folder: string): string {
  const misfit =
    parameter.type === 'uri' || parameter.type === 'path' ? validateParameter(parameter, value) : undefined;
  if (misfit) throw invalidParameter(misfit);
  if (parameter.type !== 'path' || /^[a-zA-Z][\w+.-]+:/.test(value)) return value;
  const absolute = path.resolve(folder, value);
  if (fs.existsSync(absolute)) return absolute;
  throw invalidParameter(
    `Got value ${value} for parameter ${parameter.name}, but no such file or directory was found.`,
  );
}

/** As Python's `str.format` with these names. @throws INVALID_PARAMETER_VALUE for a placeholder without a value */
function fillPlaceholders(command: string, values: ReadonlyMap<string, string>): string {
  return command.replace(/\{\{|\}\}|\{([^{}!:.[]+)(?:![rsa])?\}|[{}]/g, (found: string, name: string | undefined) => {
    if (found === '{{' || found === '}}') return found[0] ?? '';
    const value = name === undefined ? undefined : values.get(name);
    if (value !== undefined) return value;
    throw invalidParameter(`The command uses '${found}', which is no parameter of the entry point.`);
  });
}

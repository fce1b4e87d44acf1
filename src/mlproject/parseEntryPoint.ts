import { isScalar } from 'yaml';
import { checkDuplicates, checkKeys } from './checkKeys.ts';
import { isKnownType, TYPES, validateParameter } from './parameterValue.ts';
import { findPlaceholders } from './placeholders.ts';
import type { Report } from './problems.ts';
import type { Command, EntryPoint, Parameter } from './project.ts';
import { suggest } from './suggest.ts';
import {
  asMap,
  type Entry,
  entriesOf,
  entryOf,
  isNull,
  isReference,
  lastEntries,
  pythonText,
  rangeOf,
  scalarKind,
  scalarKindOf,
  textOf,
} from './yamlNodes.ts';

/** @param source the text of the file */
export function parseEntryPoint(entry: Entry, source: string, report: Report): EntryPoint {
  const point = { name: entry.key, nameRange: entry.keyRange, range: entry.range };
  if (entry.keyKind !== 'string') {
    const message = `YAML reads this name as ${entry.key}: \`-e\` of mlflow run does not find it. Quote it.`;
    report('entry-point-name', entry.keyRange, message, quoted(source, entry.keyRange));
  }
  const map = asMap(entry.value);
  if (!map) {
    if (!isReference(entry.value)) report('command-missing', entry.keyRange, withoutCommand(entry));
    return { ...point, parameters: [], command: undefined };
  }
  const keys = entriesOf(map, entry.range);
  checkKeys(keys, 'entryPoint', report);
  const merged = entryOf(keys, '<<') !== undefined;
  const parameters = parseParameters(entryOf(keys, 'parameters'), source, report);
  const command = parseCommand(entryOf(keys, 'command'), source, report);
  if (!entryOf(keys, 'command') && !merged) {
    report('command-missing', entry.keyRange, `Entry point '${entry.key}' has no command, and MLflow fails.`);
  }
  if (command && !merged && !isReference(entryOf(keys, 'parameters')?.value))
    checkUse(parameters, command, source, report);
  const declared = asMap(entryOf(keys, 'parameters')?.value);
  const parametersRange = declared && { parametersRange: rangeOf(declared, entry.range) };
  return { ...point, parameters, ...parametersRange, command };
}

function withoutCommand({ key }: Entry): string {
  return key === 'command' || key === 'parameters'
    ? `'${key}' belongs to an entry point: put it below a name, such as main.`
    : `Entry point '${key}' has no command, and MLflow fails.`;
}

function quoted(source: string, { start, end }: Entry['range']): string {
  return JSON.stringify(source.slice(start, end));
}

function parseParameters(entry: Entry | undefined, source: string, report: Report): Parameter[] {
  if (!entry || isReference(entry.value)) return [];
  const map = asMap(entry.value);
  if (!map) {
    const message = isNull(entry.value)
      ? "'parameters' without a value makes MLflow fail. Add a parameter, or remove the key."
      : 'Parameters are a mapping: name → type, or name → {type, default}.';
    report('wrong-type', entry.keyRange, message);
    return [];
  }
  const entries = entriesOf(map, entry.range).filter(({ key }) => key !== '<<');
  checkDuplicates(entries, report);
  return lastEntries(entries).map((parameter) => parseParameter(parameter, source, report));
}

function parseParameter(entry: Entry, source: string, report: Report): Parameter {
  const base = { name: entry.key, nameRange: entry.keyRange, range: entry.range };
  const map = asMap(entry.value);
  if (!map) {
    const type = scalarKindOf(entry.value) === 'string' ? textOf(entry.value) : undefined;
    if (type === undefined && !isReference(entry.value)) {
      report('wrong-type', entry.keyRange, `Parameter '${entry.key}' needs a type, such as float, or {type, default}.`);
    }
    checkType(type, rangeOf(entry.value, entry.keyRange), report);
    if (entry.keyKind !== 'string') checkName({ ...base, default: undefined }, source, report);
    return { ...base, type: type ?? 'string', default: undefined, defaultRange: undefined, description: undefined };
  }
  const keys = entriesOf(map, entry.range);
  checkKeys(keys, 'parameter', report);
  const type = textOf(entryOf(keys, 'type')?.value);
  const given = entryOf(keys, 'default');
  const parameter: Parameter = {
    ...base,
    type: type ?? 'string',
    default: defaultText(given?.value),
    defaultRange: given && rangeOf(given.value, given.keyRange),
    description: textOf(entryOf(keys, 'description')?.value),
  };
  checkType(type, rangeOf(entryOf(keys, 'type')?.value, entry.keyRange), report);
  if (entry.keyKind !== 'string') checkName(parameter, source, report);
  if (given) checkDefault(parameter, given, source, report);
  return parameter;
}

/** The text that the command gets: MLflow takes any value, and Python makes a text of it. */
function defaultText(node: Entry['value']): string | undefined {
  if (isNull(node)) return undefined;
  return textOf(node) ?? pythonText(node);
}

/** No value can be given for a name that is no text, and no placeholder can stand for it. */
function checkName(parameter: Pick<Parameter, 'name' | 'nameRange' | 'default'>, source: string, report: Report): void {
  const { name, nameRange } = parameter;
  const written = source.slice(nameRange.start, nameRange.end);
  if (parameter.default !== undefined && !source.includes(`{${written}}`)) return;
  const message = `YAML reads this name as ${name}: no value can be given for it. Quote it.`;
  report('parameter-name', nameRange, message, JSON.stringify(written));
}

function checkType(type: string | undefined, range: Entry['range'], report: Report): void {
  if (type === undefined || isKnownType(type)) return;
  const meant = suggest(type, TYPES);
  const hint = meant ? `Did you mean '${meant}'?` : `MLflow knows ${TYPES.join(', ')}.`;
  report('unknown-type', range, `'${type}' is no type of MLflow and counts as string. ${hint}`, meant);
}

function checkDefault(parameter: Parameter, entry: Entry, source: string, report: Report): void {
  const range = rangeOf(entry.value, entry.keyRange);
  if (parameter.default === undefined) return;
  const misfit = validateParameter(parameter, parameter.default);
  if (misfit) {
    report('default-does-not-fit', range, misfit);
    return;
  }
  if (!isScalar(entry.value)) return;
  const written = entry.value.source ?? '';
  const kind = scalarKind(entry.value);
  const changes = kind === 'bool' || kind === 'int' || kind === 'date';
  const informal = kind === 'bool' && /^bool/i.test(parameter.type);
  if (changes && !informal && parameter.default !== written.replace(/^\+/, '')) {
    report(
      'surprising-default',
      range,
      `YAML reads ${written} as ${parameter.default}, and that is what the command gets. Put it in quotes to keep it.`,
      quoted(source, range),
    );
  }
}

function parseCommand(entry: Entry | undefined, source: string, report: Report): Command | undefined {
  if (!entry || isReference(entry.value)) return undefined;
  const text = textOf(entry.value);
  if (text === undefined || scalarKindOf(entry.value) !== 'string') {
    report('command-missing', entry.keyRange, 'The command is a text, and MLflow fails without it.');
    return undefined;
  }
  const range = rangeOf(entry.value, entry.range);
  return { text, range, placeholders: findPlaceholders(source, range, report) };
}

function checkUse(parameters: readonly Parameter[], { placeholders }: Command, source: string, report: Report): void {
  const names = parameters.map(({ name }) => name);
  for (const { name, range } of placeholders) {
    if (names.includes(name)) continue;
    const meant = suggest(name, names);
    const hint = meant ? ` Did you mean '${meant}'?` : '';
    const message = `'${name}' is no parameter of this entry point, and MLflow fails.${hint}`;
    report('undeclared-parameter', range, message, meant);
  }
  for (const { name, nameRange } of parameters) {
    // A name that YAML reads as something else is reported as that.
    const isRead = source.slice(nameRange.start, nameRange.end).includes(name);
    if (!isRead || placeholders.some((placeholder) => placeholder.name === name)) continue;
    report('unused-parameter', nameRange, `The command does not use '${name}': its value is logged, but not passed.`);
  }
}

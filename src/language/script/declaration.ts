import type { EntryPoint } from '../../mlproject/project.ts';
import { type Script, scriptsOf } from '../../mlproject/scripts.ts';
import type { ProjectDocument } from '../document.ts';
import { type ScriptOption, scriptOptions } from './scriptOptions.ts';

/** The options of an entry point's scripts that are neither parameters nor part of its command. */
export function undeclaredOptions(project: ProjectDocument, entryPoint: EntryPoint): ScriptOption[] {
  const names = new Set(entryPoint.parameters.map(({ name }) => name));
  const scripts = entryPoint.command ? scriptsOf(entryPoint.command, project.text) : [];
  return scripts
    .flatMap((script) => unpassedOptions(project, script))
    .filter(({ name, isSwitch }) => !isSwitch && !names.has(name));
}

/** The options of a script with flags that its command does not have. */
export function unpassedOptions({ folder }: ProjectDocument, { path, words }: Script): ScriptOption[] {
  const source = path.endsWith('.py') ? folder?.read(path) : undefined;
  const passed = new Set(words.map(({ text }) => text.replace(/=.*$/s, '')));
  return scriptOptions(source ?? '').filter(
    ({ flags }) => flags.length > 0 && !flags.some(({ text }) => passed.has(text)),
  );
}

/** Python's types as MLproject's. */
const TYPES: Readonly<Record<string, string>> = {
  float: 'float',
  int: 'int',
  bool: 'bool',
  Path: 'path',
  path: 'path',
};

/** `alpha: {type: float, default: 0.5}`, or `alpha: float` where a value is required. */
export function declarationOf({ name, type, default: value, help }: ScriptOption): string {
  const own = TYPES[type?.split('.').at(-1) ?? ''] ?? 'string';
  const description = help === undefined ? '' : `, description: ${yamlText(help)}`;
  if (value === undefined) return description ? `${name}: {type: ${own}${description}}` : `${name}: ${own}`;
  return `${name}: {type: ${own}, default: ${own === 'float' || own === 'int' ? value : yamlText(value)}${description}}`;
}

/** A text that YAML reads as this text, also between braces. */
export function yamlText(text: string): string {
  const isPlain =
    /^[A-Za-z][\w ./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text) && !/\s$/.test(text);
  return isPlain ? text : JSON.stringify(text);
}

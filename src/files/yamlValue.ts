import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { checkYaml } from './yamlGuard.ts';

/** A value whose type is in its look, as the values of assessments are. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

const INTEGER = /^[-+]?(?:0|[1-9]\d*)$/;
const FLOAT = /^[-+]?\d+\.\d*(?:[eE][-+]\d+)?$/;
const WORDS: ReadonlyMap<string, YamlValue> = new Map<string, YamlValue>([
  ['', null],
  ['~', null],
  ['null', null],
  ['true', true],
  ['false', false],
  ['.nan', Number.NaN],
  ['.inf', Infinity],
  ['-.inf', -Infinity],
]);

/**
 * Reads what PyYAML's dumper writes, in which every text that looks like something else has quotes. Aliases, which it
 * never writes, are null: they could unfold to any size.
 * @throws an Error that says what is wrong with the text.
 */
export function parseYamlValue(text: string): YamlValue {
  checkYaml(text);
  const document = parseDocument(text, { schema: 'failsafe', version: '1.1', uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n')[0]?.replace(/:$/, ''));
  return toValue(document.contents);
}

function toValue(node: unknown): YamlValue {
  if (isMap(node)) {
    const entries = node.items.map(
      ({ key, value }) => [isScalar(key) ? String(key.value) : '', toValue(value)] as const,
    );
    return Object.fromEntries(entries);
  }
  if (isSeq(node)) return node.items.map(toValue);
  if (isAlias(node) || !isScalar(node)) return null;
  const text = String(node.value ?? '');
  return node.type === 'PLAIN' ? resolvePlain(text) : text;
}

function resolvePlain(text: string): YamlValue {
  const word = WORDS.get(text.toLowerCase());
  if (word !== undefined) return word;
  return INTEGER.test(text) || FLOAT.test(text) ? Number(text) : text;
}

import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { checkYaml } from './yamlGuard.ts';

/**
 * What MLflow's `meta.yaml` files hold. Every scalar stays text: PyYAML writes YAML 1.1, in which `1e5` is a string and
 * `0o17` too, so that a value's meaning follows from its key and not from its look. `null` is a plain null.
 */
export type MetaValue = string | null | readonly MetaValue[] | Meta;
export type Meta = ReadonlyMap<string, MetaValue>;

/** What can be written. */
export type MetaInput =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly MetaInput[]
  | { readonly [key: string]: MetaInput };

/**
 * Reads the flat dialect quickly, and whatever else is YAML by the library.
 * @throws an Error that says what is wrong with the text.
 */
export function parseMeta(text: string): Meta {
  return parseFlat(text) ?? parseAny(text);
}

const LINE = /^([A-Za-z_]\w*):(?: (.*))?$/;
/** How a scalar without quotes begins, and what it does not hold. */
const PLAIN = /^[^\s'"[\]{}&*!|>%@`#,?:-]/;
const NOT_PLAIN = /:(?:\s|$)|\s#/;
const NUMBER = /^-?\d[\d.]*$/;
const NULLS = new Set(['null', 'Null', 'NULL', '~', '']);

/** `undefined` when a line has anything but a key and a scalar that ends on it. */
function parseFlat(text: string): Meta | undefined {
  const meta = new Map<string, MetaValue>();
  for (const line of text.split('\n')) {
    const trimmed = line.trimEnd();
    if (trimmed === '') continue;
    const match = LINE.exec(trimmed);
    if (!match?.[1] || meta.has(match[1])) return undefined;
    const value = parseScalar(match[2] ?? '');
    if (value === undefined) return undefined;
    meta.set(match[1], value);
  }
  return meta.size > 0 ? meta : undefined;
}

function parseScalar(text: string): MetaValue | undefined {
  if (text.startsWith("'")) return parseQuoted(text);
  if (text === '{}') return new Map();
  if (text === '[]') return [];
  // Nothing after the colon: the value follows on the next lines, or is null.
  if (text === '') return undefined;
  if (NULLS.has(text)) return null;
  return (PLAIN.test(text) && !NOT_PLAIN.test(text)) || NUMBER.test(text) ? text : undefined;
}

/** `undefined` where the quotes do not end with the text. Not by one expression: it can be longer than one's stack. */
function parseQuoted(text: string): string | undefined {
  if (text.length < 2 || !text.endsWith("'")) return undefined;
  const inside = text.slice(1, -1);
  for (let at = inside.indexOf("'"); at >= 0; at = inside.indexOf("'", at + 2)) {
    if (inside[at + 1] !== "'") return undefined;
  }
  return inside.replaceAll("''", "'");
}

function parseAny(text: string): Meta {
  checkYaml(text);
  const document = parseDocument(text, { schema: 'failsafe', version: '1.1', uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new Error(error.message.split('\n')[0]?.replace(/:$/, ''));
  const value = toValue(document.contents);
  if (!(value instanceof Map)) throw new Error('it is not a mapping');
  return value;
}

function toValue(node: unknown): MetaValue {
  if (isMap(node)) {
    return new Map(node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', toValue(value)]));
  }
  if (isSeq(node)) return node.items.map(toValue);
  if (!isScalar(node)) return null;
  const text = String(node.value ?? '');
  return node.type === 'PLAIN' && NULLS.has(text) ? null : text;
}

/** Sorted keys, every string quoted: PyYAML and MLflow of all versions read back what was given. */
export function formatMeta(meta: Readonly<Record<string, MetaInput>>): string {
  return formatEntries(meta, '');
}

function formatEntries(meta: Readonly<Record<string, MetaInput>>, indent: string): string {
  return Object.keys(meta)
    .sort()
    .map((key) => `${indent}${formatEntryKey(key, indent)}:${formatValue(meta[key], indent)}\n`)
    .join('');
}

/** A key must end within 1,024 characters, unless a question mark announces it. */
function formatEntryKey(key: string, indent: string): string {
  const text = formatKey(key);
  return text.length > 1_000 ? `? ${text}\n${indent}` : text;
}

function formatKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key) ? key : formatString(key);
}

function formatValue(value: MetaInput, indent: string): string {
  if (value === undefined || value === null) return ' null';
  if (typeof value === 'string') return ` ${formatString(value)}`;
  if (typeof value === 'number') return ` ${formatNumber(value)}`;
  if (typeof value === 'bigint' || typeof value === 'boolean') return ` ${value}`;
  if (isList(value)) {
    return value.length === 0
      ? ' []'
      : `\n${value.map((item) => `${indent}-${formatValue(item, `${indent}  `)}`).join('\n')}`;
  }
  return Object.keys(value).length === 0 ? ' {}' : `\n${formatEntries(value, `${indent}  `).trimEnd()}`;
}

/** For PyYAML, what has an exponent and no point is a text. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  return String(value).replace(/^(-?\d+)e/, '$1.0e');
}

function isList(value: MetaInput): value is readonly MetaInput[] {
  return Array.isArray(value);
}

/** Characters that a single-quoted scalar cannot carry: control characters, YAML's line breaks, lone surrogates. */
const NEEDS_ESCAPES = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;

function formatString(text: string): string {
  if (!NEEDS_ESCAPES.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, toEscape);
}

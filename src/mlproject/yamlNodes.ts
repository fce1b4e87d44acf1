import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { readPlainScalar } from './plainScalar.ts';
import type { Range } from './project.ts';

/** One `key: value` of a mapping. */
export interface Entry {
  readonly key: string;
  readonly keyRange: Range;
  /** What PyYAML takes the key for: `no` is a boolean. */
  readonly keyKind: ReturnType<typeof scalarKind>;
  /** `undefined` where nothing follows the colon. */
  readonly value: Node | undefined;
  readonly range: Range;
}

export function rangeOf(node: Node | null | undefined, fallback: Range): Range {
  const range = (node as ParsedNode | null | undefined)?.range;
  return range ? { start: range[0], end: range[1] } : fallback;
}

/** The entries of a mapping in their order; keys that are no scalars are left out. */
export function entriesOf(map: YAMLMap, fallback: Range): Entry[] {
  return map.items.flatMap(({ key, value }: Pair) => {
    if (!isScalar(key)) return [];
    const keyRange = rangeOf(key, fallback);
    const node = value === null || value === undefined || isEmpty(value as Node) ? undefined : (value as Node);
    const end = Math.max(keyRange.end, rangeOf(node, keyRange).end);
    return [
      { key: scalarText(key), keyRange, keyKind: scalarKind(key), value: node, range: { start: keyRange.start, end } },
    ];
  });
}

/** The value of a key, the last one where it stands twice, as PyYAML takes it. */
export function entryOf(entries: readonly Entry[], key: string): Entry | undefined {
  return entries.findLast((entry) => entry.key === key);
}

/** The entries that count: where a key stands twice, PyYAML takes the last one. */
export function lastEntries(entries: readonly Entry[]): Entry[] {
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return entries.filter((entry) => last.get(entry.key) === entry);
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.type === 'PLAIN' && (node.source ?? '') === '';
}

/** Whether a value is null for PyYAML: nothing, `~` or `null`. */
export function isNull(node: Node | undefined): boolean {
  return node === undefined || (isScalar(node) && isPlain(node) && readPlainScalar(node.source ?? '').kind === 'null');
}

/** Whether a value counts as none in Python: null, an empty text, list or mapping, zero, False. */
export function isEmptyValue(node: Node | undefined): boolean {
  if (node === undefined || isNull(node)) return true;
  if (isCollection(node)) return node.items.length === 0;
  if (!isScalar(node)) return false;
  const text = scalarText(node);
  return text === '' || (scalarKind(node) !== 'string' && /^(?:0|0\.0|False)$/.test(text));
}

function isPlain(scalar: Scalar): boolean {
  return scalar.type === 'PLAIN' || scalar.type === undefined;
}

/** The text that Python's `str()` gives of a scalar. */
function scalarText(scalar: Scalar): string {
  return isPlain(scalar) ? readPlainScalar(scalar.source ?? '').text : String(scalar.value ?? '');
}

/** What Python's `repr()` gives of a list or a mapping, and of what is in it; the text of an alias is not looked for. */
export function pythonText(node: Node | undefined): string {
  if (isSeq<Node>(node)) return `[${node.items.map(pythonText).join(', ')}]`;
  if (isMap<Node, Node>(node)) {
    return `{${node.items.map(({ key, value }) => `${pythonText(key)}: ${pythonText(value ?? undefined)}`).join(', ')}}`;
  }
  if (!isScalar(node)) return node === undefined ? 'None' : String(node);
  return scalarKind(node) === 'string' ? `'${scalarText(node)}'` : scalarText(node);
}

/** What PyYAML takes a scalar for; everything in quotes is a string. */
export function scalarKind(scalar: Scalar) {
  return isPlain(scalar) ? readPlainScalar(scalar.source ?? '').kind : 'string';
}

/** What PyYAML takes a value for; `undefined` where it is no scalar, or stands elsewhere. */
export function scalarKindOf(node: Node | null | undefined): ReturnType<typeof scalarKind> | undefined {
  return isScalar(node) ? scalarKind(node) : undefined;
}

/** The text of a scalar value; `undefined` for everything else. */
export function textOf(node: Node | undefined): string | undefined {
  return isScalar(node) && !isNull(node) ? scalarText(node) : undefined;
}

export function asSequence(node: Node | undefined): YAMLSeq<Node> | undefined {
  return isSeq<Node>(node) ? node : undefined;
}

export function asMap(node: Node | undefined): YAMLMap | undefined {
  return isMap(node) ? node : undefined;
}

/** Whether the value is written elsewhere: then its shape is not judged. */
export function isReference(node: Node | undefined): boolean {
  return isAlias(node);
}

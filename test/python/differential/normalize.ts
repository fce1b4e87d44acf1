import type { Answer } from './exchange.ts';

/** What differs from server to server by its nature, and so is replaced before answers are compared. */
export interface Names {
  /** Variable → what it stands for on this server. */
  readonly captured: ReadonlyMap<string, string>;
  /** Folder of the store and its artifacts. */
  readonly root: string;
}

/** Fields that one side has and the other cannot have. */
const LEFT_OUT = new Set([
  // Since 3.12, errors say the same in two more ways.
  'sqlstate',
  'error_class',
  // Workspaces need a database.
  'workspace',
]);

const RANDOM_NAME = /^[a-z]+-[a-z]+-\d+$/;

/** An answer with ids, times, folders and random names replaced, and with lists in one order that have none of their own. */
export function normalize({ status, body }: Answer, names: Names): Answer {
  return { status, body: value(body, names) };
}

/** The same of any recorded value. */
export function value(input: unknown, names: Names): unknown {
  if (typeof input === 'string') return text(input, names);
  if (typeof input === 'number') return input > 1.7e12 && input < 1e14 ? '<time>' : input;
  if (Array.isArray(input)) return sortPairs(input.map((item) => value(item, names)));
  if (typeof input !== 'object' || input === null) return input;
  const entries = Object.entries(input)
    .filter(([key]) => !LEFT_OUT.has(key))
    .map(([key, item]) => [text(key, names), value(item, names)] as const);
  return Object.fromEntries(entries);
}

function text(input: string, { captured, root }: Names): string {
  let result = input.replaceAll(root, '<root>');
  for (const [name, id] of captured) if (id.length > 3) result = result.replaceAll(id, `$${name}`);
  if (RANDOM_NAME.test(result)) return '<random name>';
  if (/^[[{]/.test(result)) result = reformatJson(result);
  return result
    .replace(/^1[78]\d{11}$/, '<time>')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<timestamp>')
    .replace(/\b[0-9a-f]{32}\b/g, '<id>')
    .replace(/\{('[^{}]*')\}/g, (_, members: string) => `{${members.split(', ').sort().join(', ')}}`);
}

/** JSON inside of JSON: its blanks, the order of its fields and nulls mean nothing. */
function reformatJson(input: string): string {
  try {
    return JSON.stringify(sortFields(JSON.parse(input)));
  } catch {
    return input;
  }
}

function sortFields(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(sortFields);
  if (typeof input !== 'object' || input === null) return input;
  const present = Object.entries(input).filter(([, item]) => item !== null);
  return Object.fromEntries(
    present.sort(([a], [b]) => compareKeys(a, b)).map(([key, item]) => [key, sortFields(item)]),
  );
}

/** Tags, params, metrics, aliases, inputs and outputs come in the order of the disk. */
function sortPairs(items: unknown[]): unknown[] {
  const keys = items.map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item !== 'object' || item === null) return undefined;
    const key = ['key', 'alias', 'model_id', 'dataset', 'digest', 'current_stage'].find((name) => name in item);
    return key && JSON.stringify((item as Record<string, unknown>)[key]);
  });
  if (items.length < 2 || keys.includes(undefined) || new Set(keys).size < keys.length) return items;
  return items.toSorted((a, b) => compareKeys(keys[items.indexOf(a)], keys[items.indexOf(b)]));
}

function compareKeys(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

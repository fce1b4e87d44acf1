import { type Int64, parseInt64 } from './int64.ts';

/** JSON text that `JSON.stringify` copies as it is (ECMA-262, `JSON.rawJSON`). */
interface RawJson {
  readonly rawJSON: string;
}

/** What a message on MLflow's wire is made of; absent fields are left out. */
export type Json = string | number | boolean | null | RawJson | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

declare global {
  interface JSON {
    rawJSON(text: string): RawJson;
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
  }
}

/** Deeper nesting is refused: nothing of MLflow's needs more, and recursion over the value stays harmless. */
const MAX_DEPTH = 100;
/** Digits of the shortest integer that a double may not hold. */
const LONG_INTEGER = 16;

/**
 * Reads JSON as MLflow clients write it: 64-bit integers keep all digits (as bigints beyond 2^53), and the bare tokens
 * `NaN`, `Infinity` and `-Infinity` of Python's `json` module become strings of the same letters.
 * @param maxValues more are refused before they are read.
 * @throws SyntaxError
 */
export function parseJson(text: string, maxValues = Infinity): unknown {
  const hasLongInteger = lookOver(text, maxValues);
  try {
    return hasLongInteger ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch (error) {
    if (/NaN|Infinity/.test(text)) {
      const quoted = quoteBareTokens(text);
      if (quoted !== text) return parseJson(quoted, maxValues);
    }
    throw error;
  }
}

function keepDigits(_key: string, value: unknown, { source }: { source?: string }): unknown {
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
  return parseInt64(source) ?? value;
}

/**
 * Looks at text before it is parsed. @returns whether a number may be an integer that a double does not hold: one that is
 * none costs time only.
 * @throws SyntaxError where the text is nested too deeply, or holds too many values.
 */
function lookOver(text: string, maxValues: number): boolean {
  let [depth, values, hasLongInteger] = [0, 1, false];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (isDigit(code)) {
      const start = at;
      while (isDigit(text.charCodeAt(at + 1))) at += 1;
      hasLongInteger ||= at - start + 1 >= LONG_INTEGER && text.charCodeAt(start - 1) !== POINT;
    } else if (code === COMMA) {
      values += 1;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new SyntaxError(`JSON is nested deeper than ${MAX_DEPTH}`);
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth -= 1;
    }
  }
  if (values > maxValues) throw new SyntaxError(`JSON holds more than ${maxValues} values`);
  return hasLongInteger;
}

function isDigit(code: number): boolean {
  return code <= NINE && code >= ZERO;
}

const [QUOTE, COMMA, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 44, 92, 91, 93, 123, 125];
const [POINT, ZERO, NINE] = [46, 48, 57];

/** @returns where the closing quote is, or the last character where there is none. Most strings are short: no search. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return text.length - 1;
}

function quoteBareTokens(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const outside = quote < 0 ? text.slice(at) : text.slice(at, quote);
    result += outside.replace(/NaN|-?Infinity/g, '"$&"');
    if (quote < 0) break;
    const end = endOfString(text, quote) + 1;
    result += text.slice(quote, end);
    at = end;
  }
  return result;
}

/** Parsed JSON as a value to keep: its integers are doubles, as those of protobuf's values are. */
export function toJson(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
}

/** An integer with all its digits. */
export function jsonInteger(value: Int64): Json {
  return typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value;
}

/** A double: NaN and the infinities as strings, minus zero with its sign. */
export function jsonDouble(value: number): Json {
  if (!Number.isFinite(value)) return String(value);
  return Object.is(value, -0) ? JSON.rawJSON('-0.0') : value;
}

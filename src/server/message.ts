import { invalidParameter, type MlflowError } from '../entities/error.ts';
import { type Int64, parseInt64, toInt64 } from '../entities/int64.ts';
import { type Json, toJson } from '../entities/jsonText.ts';
import { parseDuration, parseTimestamp } from '../entities/protoTime.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The parameters of a request, or a message inside of them, read with MLflow's leniency (numbers may be strings, enum
 * values numbers, null is absent) and refused with MLflow's texts.
 */
export class Message {
  readonly #fields: Fields;
  readonly #path: string;
  /** A query cannot tell a list of one from a single value. */
  readonly #ofQuery: boolean;

  private constructor(fields: Fields, path: string, ofQuery: boolean) {
    this.#fields = fields;
    this.#path = path;
    this.#ofQuery = ofQuery;
  }

  /** @param more values that are not in the body, such as those of the route. */
  static ofBody(fields: object, more?: Fields): Message {
    return new Message(more ? { ...fields, ...more } : (fields as Fields), '', false);
  }

  static ofQuery(query: URLSearchParams, more?: Fields): Message {
    const fields: Record<string, unknown> = { __proto__: null };
    for (const [name, value] of query) {
      const before = fields[name];
      if (before === undefined) fields[name] = value;
      else if (Array.isArray(before)) before.push(value);
      else fields[name] = [before, value];
    }
    return new Message(Object.assign(fields, more), '', true);
  }

  /** The same message for the names of GraphQL: `runIds` becomes `run_ids`. */
  inSnakeCase(): Message {
    const fields = Object.entries(this.#fields).map(([name, value]) => {
      return [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value] as const;
    });
    return new Message(Object.fromEntries(fields), this.#path, this.#ofQuery);
  }

  /** Absent where it is missing, null or empty, as proto3 has it. */
  optionalText(name: string): string | undefined {
    return this.#text(name) || undefined;
  }

  text(name: string): string {
    return this.#text(name) || this.#missing(name);
  }

  /** Empty where it is missing. */
  anyText(name: string): string {
    return this.#text(name) ?? '';
  }

  /** The id of a run, also under the name that MLflow 1 used. */
  runId(): string {
    return this.optionalText('run_id') ?? this.optionalText('run_uuid') ?? this.#missing('run_id');
  }

  optionalInteger(name: string): Int64 | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value === 'bigint') return toInt64(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    if (typeof value === 'boolean') return Number(value);
    return (typeof value === 'string' ? parseInt64(value) : undefined) ?? this.#wrongType(name, value);
  }

  integer(name: string): Int64 {
    return this.optionalInteger(name) ?? this.#missing(name);
  }

  /** A time or a count: an integer that a number holds exactly. */
  optionalNumber(name: string): number | undefined {
    const value = this.optionalInteger(name);
    return typeof value === 'bigint' ? this.#wrongType(name, value) : value;
  }

  double(name: string): number {
    const value = this.#value(name);
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
    if (value === undefined || value === '') return this.#missing(name);
    return (typeof value === 'string' ? parseDouble(value) : undefined) ?? this.#wrongType(name, value);
  }

  flag(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    return word === 'true' ? true : word === 'false' ? false : this.#wrongType(name, value);
  }

  /** @param names the enum's values at their numbers. Unknown names count as absent, as they do for MLflow. */
  choice<T extends string>(name: string, names: readonly (T | undefined)[]): T | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string') return names.find((choice) => choice === value);
    return (typeof value === 'number' ? names[value] : undefined) ?? this.#wrongType(name, value);
  }

  texts(name: string): readonly string[] {
    const items = this.#list(name);
    return items.every((item) => typeof item === 'string') ? items : this.#wrongType(name, items);
  }

  /** A list that must be there, but may be empty. */
  requiredTexts(name: string): readonly string[] {
    return this.#value(name) === undefined ? this.#missing(name) : this.texts(name);
  }

  messages(name: string): readonly Message[] {
    return this.#list(name).map((item, at) => this.#item(name, item, at));
  }

  /**
   * The messages of a list, which may be thousands.
   * @param readPlain reads the fields of one as they are, if nothing about them is unusual; `read` knows the rest.
   */
  items<T>(name: string, readPlain: (fields: Fields) => T | undefined, read: (message: Message) => T): readonly T[] {
    return this.#list(name).map((item, at) => {
      const plain = isFields(item) ? readPlain(item) : undefined;
      return plain ?? read(this.#item(name, item, at));
    });
  }

  message(name: string): Message {
    return this.optionalMessage(name) ?? this.#missing(name);
  }

  optionalMessage(name: string): Message | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (!isFields(value)) return this.#wrongType(name, value);
    return new Message(value, `${this.#path}${name}.`, false);
  }

  /** A map of texts. */
  textMap(name: string): ReadonlyMap<string, string> {
    const value = this.#value(name) ?? {};
    if (!isFields(value)) return this.#wrongType(name, value);
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string') throw wrongType(`${this.#path}${name}.${key}`, text);
    }
    return new Map(Object.entries(value as Readonly<Record<string, string>>));
  }

  /** A time as RFC 3339 has it. @returns ms since the epoch */
  optionalTimestamp(name: string): number | undefined {
    const text = this.optionalText(name);
    return text === undefined ? undefined : (parseTimestamp(text) ?? this.#wrongType(name, text));
  }

  /** Seconds such as `0.5s`. @returns ms */
  optionalDuration(name: string): number | undefined {
    const text = this.optionalText(name);
    return text === undefined ? undefined : (parseDuration(text) ?? this.#wrongType(name, text));
  }

  /** Any value; null where it is missing. */
  json(name: string): Json {
    return toJson(this.#value(name) ?? null);
  }

  #item(name: string, item: unknown, at: number): Message {
    const path = `${this.#path}${name}[${at}]`;
    if (!isFields(item)) throw wrongType(path, item);
    return new Message(item, `${path}.`, false);
  }

  #text(name: string): string | undefined {
    const value = this.#value(name);
    return value === undefined || typeof value === 'string' ? value : this.#wrongType(name, value);
  }

  #list(name: string): readonly unknown[] {
    const value = this.#value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    return this.#ofQuery ? [value] : this.#wrongType(name, value);
  }

  #value(name: string): unknown {
    return this.#fields[name] ?? undefined;
  }

  #missing(name: string): never {
    throw missingParameter(this.#path + name);
  }

  #wrongType(name: string, value: unknown): never {
    throw wrongType(this.#path + name, value);
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What Python's `float()` reads, as far as MLflow clients use it. */
function parseDouble(text: string): number | undefined {
  const special = /^\s*([+-]?)(nan|inf|infinity)\s*$/i.exec(text);
  if (special) return special[2]?.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity;
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}

const HINT = 'See the API docs for more information about request parameters.';

export function missingParameter(name: string): MlflowError {
  return invalidParameter(`Missing value for required parameter '${name}'. ${HINT}`);
}

function wrongType(name: string, value: unknown): MlflowError {
  const shown = typeof value === 'bigint' ? String(value) : shorten(JSON.stringify(value, showBigints));
  return invalidParameter(
    `Invalid value ${shown} for parameter '${name}' supplied:  Hint: Value was of type '${pythonType(value)}'. ${HINT}`,
  );
}

function showBigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? JSON.rawJSON(String(value)) : value;
}

function shorten(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function pythonType(value: unknown): string {
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'object') return Array.isArray(value) ? 'list' : 'dict';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int' : 'float';
}

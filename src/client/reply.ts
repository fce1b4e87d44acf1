import { type Int64, parseInt64, toInt64 } from '../entities/int64.ts';
import { type Json, toJson } from '../entities/jsonText.ts';
import { parseDuration, parseTimestamp } from '../entities/protoTime.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A message that a server answered with. What it leaves out has proto3's default: servers differ in what they fill. */
export class Reply {
  readonly #fields: Fields;

  private constructor(fields: Fields) {
    this.#fields = fields;
  }

  static of(value: unknown): Reply {
    return new Reply(typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {});
  }

  has(name: string): boolean {
    return (this.#fields[name] ?? undefined) !== undefined;
  }

  text(name: string): string {
    return this.optionalText(name) ?? '';
  }

  /** Absent where it is empty. */
  optionalText(name: string): string | undefined {
    const value = this.#fields[name];
    if (typeof value === 'number' || typeof value === 'bigint') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  integer(name: string): Int64 {
    const value = this.#fields[name];
    if (typeof value === 'bigint') return toInt64(value);
    if (typeof value === 'number') return value;
    return (typeof value === 'string' ? parseInt64(value) : undefined) ?? 0;
  }

  /** A time or size. */
  number(name: string): number {
    return Number(this.integer(name));
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  /** `NaN` and the infinities are strings. */
  double(name: string): number {
    const value = this.#fields[name];
    return value === undefined ? 0 : Number(value);
  }

  flag(name: string): boolean {
    return this.#fields[name] === true;
  }

  /** A map of texts. */
  textMap(name: string): ReadonlyMap<string, string> {
    const fields = this.message(name);
    return new Map(Object.keys(fields.#fields).map((key) => [key, fields.text(key)]));
  }

  /** RFC 3339; ms since the epoch. */
  optionalTimestamp(name: string): number | undefined {
    return parseTimestamp(this.text(name));
  }

  /** Seconds such as `0.5s`; ms. */
  optionalDuration(name: string): number | undefined {
    return parseDuration(this.text(name));
  }

  /** Any value; null where it is missing. */
  json(name: string): Json {
    return toJson(this.#fields[name] ?? null);
  }

  message(name: string): Reply {
    return Reply.of(this.#fields[name]);
  }

  messages(name: string): readonly Reply[] {
    return this.#list(name).map(Reply.of);
  }

  texts(name: string): readonly string[] {
    return this.#list(name).filter((item) => typeof item === 'string');
  }

  /** A list of `{key, value}`. */
  pairs(name: string): ReadonlyMap<string, string> {
    return new Map(this.messages(name).map((pair) => [pair.text('key'), pair.text('value')]));
  }

  #list(name: string): readonly unknown[] {
    const value = this.#fields[name];
    return Array.isArray(value) ? value : [];
  }
}

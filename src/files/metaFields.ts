import type { Meta, MetaValue } from './metaYaml.ts';

/** A text field; `undefined` where it is absent or null. */
export function textField(meta: Meta, key: string): string | undefined {
  const value = meta.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** @throws an Error that names the key where the field is absent. */
export function requiredText(meta: Meta, key: string): string {
  const value = textField(meta, key);
  if (value === undefined) throw new Error(`it has no ${key}`);
  return value;
}

/** An integer field, such as a time in ms; `undefined` where it is absent, null or no integer. */
export function integerField(meta: Meta, key: string): number | undefined {
  const text = textField(meta, key);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** A field that maps names to texts. */
export function mapField(meta: Meta, key: string): ReadonlyMap<string, string> {
  const value: MetaValue | undefined = meta.get(key);
  const entries = value instanceof Map ? [...value] : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

import schema from '../../schemas/mlproject.schema.json' with { type: 'json' };

/** The part of JSON Schema that the schema of MLproject uses. */
export interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly default?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

/** What the schema says of the value at a path of keys; `undefined` where it knows no such key. */
export function schemaAt(path: readonly string[]): Schema | undefined {
  let place: Schema | undefined = schema as Schema;
  for (const key of path) place = place?.properties?.[key] ?? place?.additionalProperties;
  return place;
}

import type { Parameter } from './project.ts';

/** The types that MLflow knows, and those that people write for strings of a certain look. */
export const TYPES = ['string', 'float', 'path', 'uri'] as const;
const INFORMAL = /^(?:int|integer|str|bool|boolean|number|double|list(?:\[.*\])?|dict)$/i;

export function isKnownType(type: string): boolean {
  return (TYPES as readonly string[]).includes(type) || INFORMAL.test(type);
}

const FLOAT = /^\s*[+-]?(?:(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d+)?|inf(?:inity)?|nan)\s*$/i;
const INTEGER = /^\s*[+-]?\d[\d_]*\s*$/;
const BOOLEAN = /^(?:true|false|yes|no|on|off|0|1)$/i;
const URI = /^[a-zA-Z][\w+.-]*:\S/;

/**
 * What is wrong with a value for a parameter; `undefined` where nothing is. Whether a local path exists is for the
 * runner to say.
 */
export function validateParameter({ name, type }: Pick<Parameter, 'name' | 'type'>, value: string): string | undefined {
  switch (type.toLowerCase()) {
    case 'float':
    case 'number':
    case 'double':
      return FLOAT.test(value) ? undefined : `${name} is a ${type}: '${value}' is no number.`;
    case 'int':
    case 'integer':
      return INTEGER.test(value) ? undefined : `${name} is an integer: '${value}' is none.`;
    case 'bool':
    case 'boolean':
      return BOOLEAN.test(value) ? undefined : `${name} is true or false: '${value}' is neither.`;
    case 'uri':
      return URI.test(value) ? undefined : `${name} is a URI: '${value}' has no scheme, such as https: or s3:.`;
    case 'path':
      return value === '' ? `${name} is a path: give a file or folder.` : undefined;
    default:
      return undefined;
  }
}

/** What PyYAML's `safe_load` makes of a plain scalar, as text that Python's `str()` would give. */
export interface PlainScalar {
  readonly kind: 'string' | 'bool' | 'int' | 'float' | 'null' | 'date';
  readonly text: string;
}

const BOOL = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TRUE = /^(?:yes|true|on)$/i;
const NULL = /^(?:~|null|Null|NULL|)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const INT = /^[-+]?(?:0b[0-1_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE = /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d.*)?$/;

/** YAML 1.1 as PyYAML reads it: `1e5` is a string, `010` is 8, `no` is False. */
export function readPlainScalar(source: string): PlainScalar {
  if (NULL.test(source)) return { kind: 'null', text: 'None' };
  if (BOOL.test(source)) return { kind: 'bool', text: TRUE.test(source) ? 'True' : 'False' };
  if (FLOAT.test(source)) return { kind: 'float', text: floatText(source) };
  if (INT.test(source)) return { kind: 'int', text: String(readInteger(source)) };
  if (SEXAGESIMAL.test(source)) return readSexagesimal(source);
  if (DATE.test(source)) return { kind: 'date', text: source };
  return { kind: 'string', text: source };
}

function readInteger(source: string): bigint {
  const digits = source.replace(/_/g, '').replace(/^[-+]/, '');
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  return source.startsWith('-') ? -value : value;
}

/** `1:30` is 90, in both senses of base 60. */
function readSexagesimal(source: string): PlainScalar {
  const parts = source.replace(/_/g, '').replace(/^[-+]/, '').split(':');
  const value = parts.reduce((total, part) => total * 60 + Number(part), 0);
  const signed = source.startsWith('-') ? -value : value;
  return source.includes('.') ? { kind: 'float', text: pythonFloat(signed) } : { kind: 'int', text: String(signed) };
}

function floatText(source: string): string {
  const special = /^([-+]?)\.(inf|nan)$/i.exec(source);
  if (special?.[2]) return `${special[1] === '-' ? '-' : ''}${special[2].toLowerCase()}`;
  return pythonFloat(Number(source.replace(/_/g, '')));
}

/** As Python's `repr(float)`, which has an exponent from 1e16 on and below 1e-4. */
function pythonFloat(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 16)) {
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

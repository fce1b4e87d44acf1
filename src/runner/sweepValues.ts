import { invalidParameter } from '../entities/error.ts';

/** Runs of a sweep that are started without being asked for by number: more are a slip of the pen more often than a wish. */
export const USUAL_RUNS = 100;
/** Values of one parameter: a range that is mistyped shall say so, not fill the memory. */
const MOST_VALUES = 10_000;

const NUMBER = '[+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?';
const RANGE = new RegExp(`^(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})(?:\\s+(step|log)\\s+(${NUMBER}))?$`);
const LIKE_RANGE = new RegExp(`^${NUMBER}\\s*\\.\\.\\s*${NUMBER}\\s`);

/**
 * The values that a text stands for, each once: a list (`0.1, 0.2`), ranges (`1..10`, `1..10 step 2`, and `0.001..1 log 4`
 * for four values that grow by the same factor), or both. What is in double quotes is one value as it is, `""` in it a quote.
 * @throws INVALID_PARAMETER_VALUE saying what is wrong with the text
 */
export function expandValues(text: string): readonly string[] {
  const values = new Set(splitItems(text).flatMap(expandItem));
  if (values.size > MOST_VALUES) throw tooMany(text);
  return [...values];
}

/** A text that stands for this value alone. */
export function quoteValue(value: string): string {
  const isPlain = value !== '' && value === value.trim() && !/[,"]/.test(value) && !value.includes('..');
  return isPlain ? value : `"${value.replaceAll('"', '""')}"`;
}

/** Every combination of the values, the last parameter changing fastest. */
export function combine(parameters: ReadonlyMap<string, readonly string[]>): readonly ReadonlyMap<string, string>[] {
  let combinations: ReadonlyMap<string, string>[] = [new Map()];
  for (const [name, values] of parameters) {
    combinations = combinations.flatMap((chosen) => values.map((value) => new Map([...chosen, [name, value]])));
  }
  return combinations;
}

/** How many combinations there are. */
export function countCombinations(parameters: ReadonlyMap<string, readonly string[]>): number {
  return [...parameters.values()].reduce((product, values) => product * values.length, 1);
}

/** The items between the commas that are not in quotes, trimmed. */
function splitItems(text: string): string[] {
  const items: string[] = [];
  let start = 0;
  let inQuotes = false;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') inQuotes = !inQuotes;
    if (at < text.length && (text[at] !== ',' || inQuotes)) continue;
    items.push(text.slice(start, at).trim());
    start = at + 1;
  }
  if (inQuotes) throw invalidParameter(`A closing " is missing in ${text}`);
  return items;
}

function expandItem(item: string): readonly string[] {
  if (item === '') throw invalidParameter('A value is missing: write "" for an empty one.');
  if (item.startsWith('"')) {
    if (/^"(?:[^"]|"")*"$/.test(item)) return [item.slice(1, -1).replaceAll('""', '"')];
    throw invalidParameter(`Put a comma after the closing " in ${item}`);
  }
  const [, first, last, word, amount] = RANGE.exec(item) ?? [];
  if (first !== undefined && last !== undefined) {
    return word === 'log' ? logarithmic(item, first, last, Number(amount)) : linear(item, first, last, amount);
  }
  if (LIKE_RANGE.test(item)) {
    throw invalidParameter(`${item} is no range: write 1..10, 1..10 step 2 or 0.001..1 log 4.`);
  }
  return [item];
}

function linear(item: string, first: string, last: string, amount: string | undefined): readonly string[] {
  const [from, to] = [Number(first), Number(last)];
  const step = amount === undefined ? (to < from ? -1 : 1) : Number(amount);
  if (step === 0 || Math.sign(to - from) * Math.sign(step) < 0) {
    throw invalidParameter(`The step of ${item} does not lead from ${first} to ${last}.`);
  }
  // Quotients and sums of decimal fractions go astray in their last digits.
  const steps = Math.floor((to - from) / step + 1e-9);
  if (steps >= MOST_VALUES) throw tooMany(item);
  const digits = Math.min(100, Math.max(fractionDigits(first), fractionDigits(amount ?? '1')));
  return Array.from({ length: steps + 1 }, (_, at) => String(Number((from + at * step).toFixed(digits))));
}

/** Digits after the point: 2 for `0.25`, 4 for `1.5e-3`. */
function fractionDigits(number: string): number {
  const [digits = '', exponent = '0'] = number.toLowerCase().split('e');
  return Math.max(0, (digits.split('.')[1] ?? '').length - Number(exponent));
}

function logarithmic(item: string, first: string, last: string, count: number): readonly string[] {
  const [from, to] = [Number(first), Number(last)];
  if (from <= 0 || to <= 0) throw invalidParameter(`Both ends of ${item} must be above 0.`);
  if (!Number.isInteger(count) || count < 2) throw invalidParameter(`${item} must have 2 values or more: log 4.`);
  if (count > MOST_VALUES) throw tooMany(item);
  const factor = (to / from) ** (1 / (count - 1));
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? to : from * factor ** at)).map((value) =>
    String(Number(value.toPrecision(12))),
  );
}

function tooMany(text: string): Error {
  return invalidParameter(`${text} stands for more than ${MOST_VALUES} values.`);
}

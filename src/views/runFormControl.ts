/** How a value is entered. */
export type FieldControl = 'text' | 'number' | 'choice' | 'path';

/** By the types that MLflow knows, and those that people write for strings of a certain look. */
export function fieldControl(type: string): FieldControl {
  if (/^(?:float|number|double|int|integer)$/i.test(type)) return 'number';
  if (/^bool(?:ean)?$/i.test(type)) return 'choice';
  return /^path$/i.test(type) ? 'path' : 'text';
}

const SPELLINGS = [
  ['True', 'False'],
  ['true', 'false'],
  ['yes', 'no'],
  ['Yes', 'No'],
  ['on', 'off'],
  ['1', '0'],
] as const;

/** Both values in the spelling of the default, as the command reads texts; Python's where there is none. */
export function booleanChoices(spelled: string | undefined): readonly string[] {
  const known = SPELLINGS.find((pair) => pair.some((word) => word === spelled));
  if (known) return known;
  return spelled === undefined || spelled === '' ? SPELLINGS[0] : [spelled, ...SPELLINGS[0]];
}

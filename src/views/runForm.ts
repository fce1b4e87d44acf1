import { MlflowError } from '../entities/error.ts';
import type { EntryPoint, Parameter } from '../mlproject/project.ts';
import { booleanChoices, type FieldControl, fieldControl } from './runFormControl.ts';
import { count } from './tree/row.ts';

/** What somebody has put into the form. */
export interface RunFormInput {
  /** Parameter → value as typed; empty for the default. */
  readonly values: Readonly<Record<string, string>>;
  /** Parameters whose text stands for several values, such as `0.1, 0.2` or `1..10`. */
  readonly swept: readonly string[];
  /** Empty for a name that is made up. */
  readonly runName: string;
  /** Empty for the project's name. */
  readonly experiment: string;
  /** Runs of a sweep at a time, as typed. */
  readonly jobs: string;
}

export interface RunFormPreset {
  readonly name: string;
  readonly input: RunFormInput;
}

/** What the form for an entry point's parameters shows. */
export interface RunForm {
  readonly projectName: string;
  readonly entryPoint: string;
  readonly fields: readonly RunFormField[];
  /** What it is filled with at first. */
  readonly input: RunFormInput;
  readonly defaults: RunFormInput;
  readonly lastUsed: RunFormInput | undefined;
  readonly presets: readonly RunFormPreset[];
}

export interface RunFormField {
  readonly name: string;
  readonly type: string;
  readonly control: FieldControl;
  /** What a choice is between, in the spelling that the command expects. */
  readonly choices: readonly string[];
  readonly default: string | undefined;
  readonly description: string | undefined;
}

/** What is said below the form while somebody types. */
export interface RunFormCheck {
  /** Parameter → what is wrong with its value. */
  readonly errors: Readonly<Record<string, string>>;
  /** Swept parameter → its values, as a line below the field: `3 values: 1, 2, 3`. */
  readonly sweeps: Readonly<Record<string, string>>;
  readonly jobsError: string | undefined;
  /** The command of the first run, with the values in their places. */
  readonly preview: string;
  /** How many there will be. */
  readonly runs: number;
}

/** What decides about values; the code that runs entry points has the last word. */
export interface ValueRules {
  /** What is wrong with a value. */
  validate(parameter: Parameter, value: string): string | undefined;
  /** @throws MlflowError for a text that stands for no values */
  expand(text: string): readonly string[];
  /** A value as the shell that runs the command has it. */
  quote(value: string): string;
}

export function runForm(
  projectName: string,
  entryPoint: EntryPoint,
  kept: { readonly lastUsed?: RunFormInput | undefined; readonly presets?: readonly RunFormPreset[] } = {},
): RunForm {
  const { name, parameters } = entryPoint;
  const fields = parameters.map(
    (parameter): RunFormField => ({
      name: parameter.name,
      type: parameter.type,
      control: fieldControl(parameter.type),
      choices: fieldControl(parameter.type) === 'choice' ? booleanChoices(parameter.default) : [],
      default: parameter.default,
      description: parameter.description,
    }),
  );
  const lastUsed = kept.lastUsed && fitInput(entryPoint, kept.lastUsed);
  const presets = (kept.presets ?? []).map((preset) => ({ ...preset, input: fitInput(entryPoint, preset.input) }));
  const defaults = defaultInput(entryPoint);
  return { projectName, entryPoint: name, fields, input: lastUsed ?? defaults, defaults, lastUsed, presets };
}

export function defaultInput({ parameters }: EntryPoint): RunFormInput {
  const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default ?? '']));
  return { values, swept: [], runName: '', experiment: '', jobs: '1' };
}

/** What was kept, for the parameters that there are now: the file may have changed since. */
export function fitInput(entryPoint: EntryPoint, input: RunFormInput): RunFormInput {
  const { values: defaults } = defaultInput(entryPoint);
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      Object.hasOwn(input.values, name) ? (input.values[name] ?? value) : value,
    ]),
  );
  return { ...input, values, swept: input.swept.filter((name) => Object.hasOwn(defaults, name)) };
}

/** What is remembered of an input: a value that is the default follows the default, also when that is changed. */
export function withoutDefaults(entryPoint: EntryPoint, input: RunFormInput): RunFormInput {
  const { values: defaults } = defaultInput(entryPoint);
  const own = Object.entries(input.values).filter(([name, value]) => value !== '' && value !== defaults[name]);
  return { ...input, values: Object.fromEntries(own) };
}

export function checkRunForm(entryPoint: EntryPoint, input: RunFormInput, rules: ValueRules): RunFormCheck {
  const errors: Record<string, string> = {};
  const first: Record<string, string> = {};
  const sweeps: Record<string, string> = {};
  let runs = 1;
  for (const parameter of entryPoint.parameters) {
    const { name } = parameter;
    const read = readValues(parameter, input, rules);
    if (read.error !== undefined) errors[name] = read.error;
    else if (input.swept.includes(name)) sweeps[name] = listValues(read.values, input.values[name] ?? '');
    first[name] = read.values[0] ?? '';
    runs *= Math.max(1, read.values.length);
  }
  const isJobs = /^[1-9]\d{0,3}$/.test(input.jobs.trim());
  const jobsError = input.swept.length > 0 && !isJobs ? 'A whole number from 1 on.' : undefined;
  return { errors, sweeps, jobsError, preview: fill(entryPoint.command?.text ?? '', first, rules), runs };
}

/** Nothing is wrong with it. */
export function isRunnable({ errors, jobsError }: RunFormCheck): boolean {
  return Object.keys(errors).length === 0 && jobsError === undefined;
}

/** How many values a line lists. */
const LISTED = 8;

/** A list needs no second one below it. */
function listValues(values: readonly string[], text: string): string {
  const listed = values.slice(0, LISTED).map((value) => value || '""');
  const number = count(values.length, 'value');
  if (values.join() === text.replace(/\s*,\s*/g, ',').trim()) return number;
  return `${number}: ${listed.join(', ')}${values.length > LISTED ? ', …' : ''}`;
}

interface ReadValues {
  readonly values: readonly string[];
  readonly error?: string | undefined;
}

function readValues(parameter: Parameter, input: RunFormInput, rules: ValueRules): ReadValues {
  const value = input.values[parameter.name] ?? '';
  if (input.swept.includes(parameter.name)) return readSweep(parameter, value, rules);
  if (value !== '') return { values: [value], error: rules.validate(parameter, value) };
  if (parameter.default === undefined) return { values: [], error: 'A value is required.' };
  return { values: [parameter.default] };
}

function readSweep(parameter: Parameter, text: string, { expand, validate }: ValueRules): ReadValues {
  if (text.trim() === '') return { values: [], error: 'Values are required, such as 0.1, 0.2 or 1..10.' };
  try {
    const values = expand(text);
    return { values, error: values.map((value) => validate(parameter, value)).find((error) => error !== undefined) };
  } catch (error) {
    if (!(error instanceof MlflowError)) throw error;
    return { values: [], error: error.message };
  }
}

function fill(command: string, values: Readonly<Record<string, string>>, { quote }: ValueRules): string {
  return command.replace(/\{\{|\}\}|\{([^{}!:.[]+)[^{}]*\}/g, (found: string, name: string | undefined) => {
    if (name === undefined) return found[0] ?? '';
    return Object.hasOwn(values, name) && values[name] ? quote(values[name]) : found;
  });
}

import type { RunForm, RunFormCheck, RunFormInput, RunFormPreset } from '../views/runForm.ts';
import { type Checks, isObject } from './channel.ts';

export type { RunForm, RunFormCheck, RunFormField, RunFormInput, RunFormPreset } from '../views/runForm.ts';

/** Which form it is, and what is in it: kept over a reload. */
export interface RunFormSource {
  /** URI of the MLproject file. */
  readonly file: string;
  readonly entryPoint: string;
  readonly purpose: 'run' | 'debug';
  /** What it was filled with; the last used values when absent. */
  readonly input?: RunFormInput | undefined;
}

/** What the form is told without asking: the file has changed, and with it perhaps the parameters. */
export interface RunFormEvent {
  readonly kind: 'show';
  readonly form: RunForm;
}

/** What the form asks the extension. */
export type RunFormRequests = {
  /** The form to show. */
  ready(argument: undefined): { readonly source: RunFormSource; readonly form: RunForm };
  check(argument: { readonly input: RunFormInput }): RunFormCheck;
  /** Runs or debugs the entry point and closes the form, unless something is wrong with the values. */
  run(argument: { readonly input: RunFormInput }): RunFormCheck | Promise<RunFormCheck>;
  /** Lets the user choose a file or folder. @returns the path, `undefined` when none was chosen */
  pickPath(argument: { readonly parameter: string; readonly value: string }): Promise<string | undefined>;
  /** Asks for a name and keeps the input under it. @returns the name, and all presets */
  savePreset(argument: { readonly input: RunFormInput }): Promise<PresetList | undefined>;
  deletePreset(argument: { readonly name: string }): Promise<PresetList>;
  cancel(argument: undefined): void;
};

export interface PresetList {
  readonly name: string | undefined;
  readonly presets: readonly RunFormPreset[];
}

export function isRunFormInput(value: unknown): value is RunFormInput {
  return (
    isObject(value) &&
    isObject(value.values) &&
    Object.values(value.values).every(isText) &&
    Array.isArray(value.swept) &&
    value.swept.every(isText) &&
    [value.runName, value.experiment, value.jobs].every(isText)
  );
}

export function isRunFormSource(value: unknown): value is RunFormSource {
  if (!isObject(value) || !isText(value.file) || !isText(value.entryPoint)) return false;
  if (value.purpose !== 'run' && value.purpose !== 'debug') return false;
  return value.input === undefined || isRunFormInput(value.input);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

const hasInput = (argument: unknown): argument is { readonly input: RunFormInput } =>
  isObject(argument) && isRunFormInput(argument.input);

export const RUN_FORM_CHECKS: Checks<RunFormRequests> = {
  check: hasInput,
  run: hasInput,
  savePreset: hasInput,
  pickPath: (argument): argument is { readonly parameter: string; readonly value: string } =>
    isObject(argument) && isText(argument.parameter) && isText(argument.value),
  deletePreset: (argument): argument is { readonly name: string } => isObject(argument) && isText(argument.name),
};

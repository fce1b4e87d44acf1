import type { RunForm, RunFormCheck } from '../views/runForm.ts';
import { type Checks, isObject } from './channel.ts';

export type { RunForm, RunFormCheck, RunFormField } from '../views/runForm.ts';

/** Parameter → value as typed. */
export type RunFormValues = Readonly<Record<string, string>>;

/** The form only asks; nothing is told to it. */
export type RunFormEvent = never;

/** What the form asks the extension. */
export type RunFormRequests = {
  /** The form to show. */
  ready(argument: undefined): RunForm;
  check(argument: { readonly values: RunFormValues }): RunFormCheck;
  /** Runs the entry point and closes the form, unless something is wrong with the values. */
  run(argument: { readonly values: RunFormValues }): RunFormCheck;
  cancel(argument: undefined): void;
};

const hasValues = (argument: unknown): argument is { readonly values: RunFormValues } =>
  isObject(argument) &&
  isObject(argument.values) &&
  Object.values(argument.values).every((value) => typeof value === 'string');

export const RUN_FORM_CHECKS: Checks<RunFormRequests> = { check: hasValues, run: hasValues };

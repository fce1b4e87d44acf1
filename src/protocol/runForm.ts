import type { RunForm, RunFormCheck } from '../views/runForm.ts';

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

import type { EntryPoint } from '../mlproject/project.ts';

/** What the form for an entry point's parameters shows. */
export interface RunForm {
  readonly projectName: string;
  readonly entryPoint: string;
  readonly fields: readonly RunFormField[];
}

export interface RunFormField {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly required: boolean;
  readonly description: string | undefined;
}

/** What is said below the form while somebody types. */
export interface RunFormCheck {
  /** Parameter → what is wrong with its value. */
  readonly errors: Readonly<Record<string, string>>;
  /** The command with the values in their places. */
  readonly preview: string;
}

export function runForm(projectName: string, { name, parameters }: EntryPoint): RunForm {
  const fields = parameters.map((parameter) => ({
    name: parameter.name,
    type: parameter.type,
    value: parameter.default ?? '',
    required: parameter.default === undefined,
    description: parameter.description,
  }));
  return { projectName, entryPoint: name, fields };
}

/** @param validate what is wrong with a value, by parameter */
export function checkRunForm(
  { parameters, command }: EntryPoint,
  values: Readonly<Record<string, string>>,
  validate: (parameter: EntryPoint['parameters'][number], value: string) => string | undefined,
): RunFormCheck {
  const errors = parameters.flatMap((parameter) => {
    const value = values[parameter.name] ?? '';
    const needed = value === '' && parameter.default === undefined;
    const error = needed ? 'A value is required.' : value === '' ? undefined : validate(parameter, value);
    return error === undefined ? [] : [[parameter.name, error] as const];
  });
  return { errors: Object.fromEntries(errors), preview: fill(command?.text ?? '', values) };
}

function fill(command: string, values: Readonly<Record<string, string>>): string {
  return command.replace(/\{\{|\}\}|\{([^{}!:.[]+)[^{}]*\}/g, (found: string, name: string | undefined) => {
    if (name === undefined) return found[0] ?? '';
    return Object.hasOwn(values, name) && values[name] ? values[name] : found;
  });
}

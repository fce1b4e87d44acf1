import type { Parameter } from '../mlproject/project.ts';

/** One line: the type and where the value comes from. */
export function describeParameter({ type, default: value }: Parameter): string {
  return value === undefined ? `${type}, required` : `${type} = ${value}`;
}

import type { Range } from '../mlproject/project.ts';
import type { ProjectDocument } from './document.ts';
import { flagUses, type OptionUse, optionUses, type ParameterUse } from './parameters.ts';

/** Every place that is about one parameter. */
export interface Occurrences {
  /** The name where it is declared; `undefined` for a placeholder without a declaration. */
  readonly declaration: Range | undefined;
  /** The names in the command, without braces. */
  readonly placeholders: readonly Range[];
  /** Flags of the command whose value it is. */
  readonly flags: readonly Range[];
  /** Options of the scripts that get it. */
  readonly options: readonly OptionUse[];
}

export function occurrencesOf(project: ProjectDocument, { entryPoint, name, parameter }: ParameterUse): Occurrences {
  const isMeant = ({ placeholder }: { placeholder: { name: string } }) => placeholder.name === name;
  const placeholders = entryPoint.command?.placeholders ?? [];
  return {
    declaration: parameter?.nameRange,
    placeholders: placeholders.filter((placeholder) => placeholder.name === name).map(({ range }) => range),
    flags: flagUses(entryPoint, project.text)
      .filter(isMeant)
      .map(({ range }) => range),
    options: optionUses(project, entryPoint).filter(isMeant),
  };
}

/** Offsets into the text of the file, `end` excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly range: Range;
}

/** What an MLproject file says, as far as it can be read. */
export interface Project {
  readonly name: string | undefined;
  readonly environment: Environment | undefined;
  /** In the order of the file. */
  readonly entryPoints: readonly EntryPoint[];
}

export interface Environment {
  readonly kind: 'python_env' | 'conda_env' | 'docker_env';
  /** Of the environment's file, relative to the project; absent for Docker. */
  readonly path: Located<string> | undefined;
  readonly range: Range;
}

export interface EntryPoint {
  readonly name: string;
  /** Of the key. */
  readonly nameRange: Range;
  /** From the key to the end of its value. */
  readonly range: Range;
  readonly parameters: readonly Parameter[];
  /** Of the mapping that declares them; absent where there is none. */
  readonly parametersRange?: Range;
  readonly command: Command | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly nameRange: Range;
  readonly range: Range;
  /** As written; MLflow knows `string`, `float`, `path` and `uri`, and takes everything else for a string. */
  readonly type: string;
  /** As MLflow passes it to the command. `undefined`: a value is required. */
  readonly default: string | undefined;
  /** Of the default's value. */
  readonly defaultRange: Range | undefined;
  readonly description: string | undefined;
}

export interface Command {
  /** With its placeholders. */
  readonly text: string;
  /** Of the text as a YAML scalar: with its quotes, or from the `|` of a block on. */
  readonly range: Range;
  readonly placeholders: readonly Placeholder[];
}

/** `{name}` in a command. */
export interface Placeholder {
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
}

/** MLflow takes the file by this name in any case, directly in the project's folder. */
export function isProjectFileName(name: string): boolean {
  return name.toLowerCase() === 'mlproject';
}

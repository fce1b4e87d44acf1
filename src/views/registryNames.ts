/** Why a name cannot be that of a registered model, or undefined where it can (MLflow's rules for all its stores). */
export function registeredModelNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'Enter a name.';
  if (/[/\\:%]/.test(name)) return 'A model name cannot contain / \\ : or %.';
  if (name === '.' || name === '..') return 'A model name cannot be a path.';
  return name.length > 256 ? 'A model name has at most 256 characters.' : undefined;
}

/** Why a word cannot be an alias, or undefined where it can. */
export function aliasProblem(alias: string): string | undefined {
  if (alias === '') return 'Enter an alias.';
  if (alias.length > 255) return 'An alias has at most 255 characters.';
  if (!/^[\w-]+$/.test(alias)) return 'An alias consists of letters, digits, _ and -.';
  if (/^latest$/i.test(alias)) return 'The alias latest is reserved.';
  return /^v\d+$/i.test(alias) ? 'An alias cannot look like a version number.' : undefined;
}

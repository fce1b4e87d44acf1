import type { Range } from './project.ts';

/**
 * `error`: MLflow refuses the file or fails at the run. `warning`: MLflow accepts it and means something else than is
 * written. `information`: it works, but perhaps not as expected.
 */
export type Severity = 'error' | 'warning' | 'information';

/** Every rule that a file can break, with its severity. `schemas/mlproject.rules.md` tells more about each. */
export const RULES = {
  'yaml-syntax': 'error',
  'empty-file': 'error',
  'not-a-mapping': 'error',
  'duplicate-key': 'warning',
  'unknown-key': 'information',
  'misspelt-key': 'warning',
  'missing-colon': 'warning',
  'wrong-type': 'error',
  'multiple-environments': 'error',
  'environment-without-value': 'warning',
  'environment-file-missing': 'error',
  'environment-key': 'error',
  'environment-dependency': 'error',
  'conda-dependency': 'warning',
  'python-version': 'error',
  'python-not-pinned': 'warning',
  'docker-image-missing': 'error',
  'docker-volumes': 'error',
  'docker-environment': 'error',
  'project-name-missing': 'error',
  'spark-job': 'error',
  'entry-points-empty': 'error',
  'entry-point-name': 'error',
  'command-missing': 'error',
  'parameter-name': 'error',
  'unknown-type': 'information',
  'default-does-not-fit': 'warning',
  'surprising-default': 'information',
  'path-missing': 'warning',
  'script-missing': 'warning',
  'undeclared-parameter': 'error',
  'unused-parameter': 'information',
  'stray-brace': 'error',
  'placeholder-format': 'error',
  'quoted-placeholder': 'warning',
} as const satisfies Record<string, Severity>;

export type RuleCode = keyof typeof RULES;

/** Something that is wrong with a file: data for squiggles, the command line and the runner alike. */
export interface Problem {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** What is meant, in place of what stands in the range. */
  readonly replacement?: string;
}

export type Report = (code: RuleCode, range: Range, message: string, replacement?: string) => void;

/** Collects problems; their severity follows from the rule. */
export function collector(): { report: Report; problems: Problem[] } {
  const problems: Problem[] = [];
  const report: Report = (code, range, message, replacement) => {
    problems.push({ code, severity: RULES[code], message, range, ...(replacement !== undefined && { replacement }) });
  };
  return { report, problems };
}

import type { RuleCode, Severity } from '../mlproject/problems.ts';

/** What the user wants to hear of a rule. */
export type RuleSetting = Severity | 'hint' | 'off';

/** How the language service does its work (`mlflow.mlproject.…` in the editor's settings). */
export interface Settings {
  /** Rules that count as something else than they do by themselves. */
  readonly rules: Readonly<Partial<Record<RuleCode, RuleSetting>>>;
}

export const DEFAULT_SETTINGS: Settings = { rules: {} };

const LEVELS: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies RuleSetting[];

/** Takes from a configuration what it can use; the rest is as if it were not there. */
export function readSettings(configuration: unknown): Settings {
  const rules = (configuration as { rules?: unknown } | null | undefined)?.rules;
  if (typeof rules !== 'object' || rules === null) return DEFAULT_SETTINGS;
  return { rules: Object.fromEntries(Object.entries(rules).filter(([, level]) => LEVELS.includes(level))) };
}

import { type Problem, RULES, type RuleCode, type Severity } from './problems.ts';

/** What the user wants to hear of a rule. */
export type RuleSetting = Severity | 'hint' | 'off';

/** Rules that count as something else than they do by themselves. */
export type RuleSettings = Readonly<Partial<Record<RuleCode, RuleSetting>>>;

/** A problem with the severity that the user gave its rule. */
export type JudgedProblem = Omit<Problem, 'severity'> & { readonly severity: Severity | 'hint' };

const LEVELS: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'] satisfies RuleSetting[];

export function isRule(code: string): code is RuleCode {
  return Object.hasOwn(RULES, code);
}

export function isRuleSetting(level: unknown): level is RuleSetting {
  return LEVELS.includes(level);
}

/** Takes from a configuration what it can use; the rest is as if it were not there. */
export function readRuleSettings(configuration: unknown): RuleSettings {
  if (typeof configuration !== 'object' || configuration === null) return {};
  return Object.fromEntries(
    Object.entries(configuration).filter(([code, level]) => isRule(code) && isRuleSetting(level)),
  );
}

export function applyRuleSettings(problems: readonly Problem[], settings: RuleSettings): JudgedProblem[] {
  return problems.flatMap((problem) => {
    const severity = settings[problem.code] ?? problem.severity;
    return severity === 'off' ? [] : [{ ...problem, severity }];
  });
}

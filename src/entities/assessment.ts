import type { Json } from './jsonText.ts';

export const ASSESSMENT_SOURCE_TYPES = ['SOURCE_TYPE_UNSPECIFIED', 'HUMAN', 'LLM_JUDGE', 'CODE'] as const;
export type AssessmentSourceType = (typeof ASSESSMENT_SOURCE_TYPES)[number];

export interface AssessmentSource {
  readonly sourceType: AssessmentSourceType;
  /** Who or what it was, such as a mail address or the name of a judge. */
  readonly sourceId: string | undefined;
}

/** What somebody found out about a trace: a feedback, an expected value, or a link to an issue. */
export type AssessmentValue =
  | { readonly kind: 'feedback'; readonly value: Json; readonly error?: AssessmentError | undefined }
  | { readonly kind: 'expectation'; readonly value: Json }
  | { readonly kind: 'issue'; readonly issueName: string };

export interface AssessmentError {
  readonly errorCode: string;
  readonly errorMessage: string | undefined;
  readonly stackTrace: string | undefined;
}

export interface NewAssessment {
  readonly name: string;
  readonly source: AssessmentSource;
  readonly value: AssessmentValue;
  readonly spanId?: string | undefined;
  readonly rationale?: string | undefined;
  readonly metadata?: ReadonlyMap<string, string> | undefined;
  /** Id of the assessment of the same trace which this one replaces; that one is no longer valid then. */
  readonly overrides?: string | undefined;
}

export interface Assessment {
  /** `a-` and 32 hexadecimal digits. */
  readonly assessmentId: string;
  readonly traceId: string;
  readonly name: string;
  readonly source: AssessmentSource;
  readonly value: AssessmentValue;
  readonly spanId: string | undefined;
  readonly rationale: string | undefined;
  readonly metadata: ReadonlyMap<string, string>;
  readonly overrides: string | undefined;
  /** False once it is overridden. */
  readonly valid: boolean;
  /** ms since the epoch. */
  readonly createTime: number;
  /** ms since the epoch. */
  readonly lastUpdateTime: number;
}

/** What is absent stays; metadata is merged. */
export interface AssessmentUpdate {
  readonly name?: string | undefined;
  /** Of the same kind as before. */
  readonly value?: AssessmentValue | undefined;
  readonly rationale?: string | undefined;
  readonly metadata?: ReadonlyMap<string, string> | undefined;
}

import path from 'node:path';
import {
  ASSESSMENT_SOURCE_TYPES,
  type Assessment,
  type AssessmentSource,
  type AssessmentValue,
} from '../../entities/assessment.ts';
import { formatTimestamp, parseTimestamp } from '../../entities/protoTime.ts';
import { formatMeta, type MetaInput } from '../../files/metaYaml.ts';
import { readFilesBelow, readText } from '../../files/read.ts';
import { replaceFile } from '../../files/write.ts';
import { parseYamlValue, type YamlValue } from '../../files/yamlValue.ts';
import { ASSESSMENT, ASSESSMENTS, assessmentFile, assessmentIdOf } from './layout.ts';
import type { ReportProblem } from './problems.ts';

const JSON_FORMAT = 'JSON_FORMAT';

type Fields = Readonly<Record<string, YamlValue>>;

/** The assessments of a trace's folder, oldest first. What cannot be read is reported and left out. */
export async function readAssessments(folder: string, report: ReportProblem): Promise<Assessment[]> {
  const assessments = readFilesBelow(path.join(folder, ASSESSMENTS)).flatMap((name) => {
    const id = assessmentIdOf(name);
    if (id === undefined) return [];
    try {
      return readAssessment(folder, id) ?? [];
    } catch (error) {
      report(assessmentFile(folder, id), error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  return assessments.sort((a, b) => a.createTime - b.createTime || (a.assessmentId < b.assessmentId ? -1 : 1));
}

/** @throws an Error that says what is wrong with the file. */
export function readAssessment(folder: string, assessmentId: string): Assessment | undefined {
  const text = readText(assessmentFile(folder, assessmentId));
  if (text === undefined) return undefined;
  const fields = asFields(parseYamlValue(text));
  if (!fields) throw new Error('it is not a mapping');
  const createTime = parseTimestamp(requireText(fields, ASSESSMENT.createTime)) ?? 0;
  return {
    assessmentId,
    traceId: path.basename(folder),
    name: requireText(fields, ASSESSMENT.name),
    source: toSource(asFields(fields[ASSESSMENT.source])),
    value: toValue(fields),
    spanId: asText(fields[ASSESSMENT.spanId]),
    rationale: asText(fields[ASSESSMENT.rationale]),
    metadata: toMetadata(asFields(fields[ASSESSMENT.metadata])),
    overrides: asText(fields[ASSESSMENT.overrides]),
    valid: fields[ASSESSMENT.valid] !== false,
    createTime,
    lastUpdateTime: parseTimestamp(asText(fields[ASSESSMENT.lastUpdateTime]) ?? '') ?? createTime,
  };
}

function asFields(value: YamlValue | undefined): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function asText(value: YamlValue | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

function requireText(fields: Fields, key: string): string {
  const text = asText(fields[key]);
  if (text === undefined) throw new Error(`it has no ${key}`);
  return text;
}

function toSource(source: Fields | undefined): AssessmentSource {
  const type = asText(source?.[ASSESSMENT.sourceType]);
  return {
    sourceType: ASSESSMENT_SOURCE_TYPES.find((known) => known === type) ?? 'SOURCE_TYPE_UNSPECIFIED',
    sourceId: asText(source?.[ASSESSMENT.sourceId]),
  };
}

function toMetadata(metadata: Fields | undefined): ReadonlyMap<string, string> {
  return new Map(Object.entries(metadata ?? {}).map(([key, value]) => [key, asText(value) ?? '']));
}

function toValue(fields: Fields): AssessmentValue {
  const feedback = asFields(fields[ASSESSMENT.feedback]);
  if (feedback) return toFeedback(feedback);
  const expectation = asFields(fields[ASSESSMENT.expectation]);
  if (expectation) {
    const serialized = asFields(expectation[ASSESSMENT.serializedValue]);
    const json = asText(serialized?.[ASSESSMENT.value]);
    return {
      kind: 'expectation',
      value: json === undefined ? (expectation[ASSESSMENT.value] ?? null) : (JSON.parse(json) as YamlValue),
    };
  }
  const issueName = asText(asFields(fields[ASSESSMENT.issue])?.[ASSESSMENT.issueName]);
  if (issueName === undefined) throw new Error('it is neither feedback, expectation nor issue');
  return { kind: 'issue', issueName };
}

function toFeedback(feedback: Fields): AssessmentValue {
  const error = asFields(feedback[ASSESSMENT.error]);
  return {
    kind: 'feedback',
    value: feedback[ASSESSMENT.value] ?? null,
    error: error && {
      errorCode: asText(error[ASSESSMENT.errorCode]) ?? '',
      errorMessage: asText(error[ASSESSMENT.errorMessage]),
      stackTrace: asText(error[ASSESSMENT.stackTrace]),
    },
  };
}

export function writeAssessment(folder: string, assessment: Assessment): void {
  const { value } = assessment;
  const meta = present({
    [ASSESSMENT.id]: assessment.assessmentId,
    [ASSESSMENT.name]: assessment.name,
    [ASSESSMENT.traceId]: assessment.traceId,
    [ASSESSMENT.spanId]: assessment.spanId,
    [ASSESSMENT.source]: present({
      [ASSESSMENT.sourceType]: assessment.source.sourceType,
      [ASSESSMENT.sourceId]: assessment.source.sourceId,
    }),
    [ASSESSMENT.createTime]: formatTimestamp(assessment.createTime),
    [ASSESSMENT.lastUpdateTime]: formatTimestamp(assessment.lastUpdateTime),
    [ASSESSMENT.rationale]: assessment.rationale,
    [ASSESSMENT.metadata]: assessment.metadata.size > 0 ? Object.fromEntries(assessment.metadata) : undefined,
    [ASSESSMENT.overrides]: assessment.overrides,
    [ASSESSMENT.valid]: assessment.valid,
    [value.kind]: formatAssessmentValue(value),
  });
  replaceFile(assessmentFile(folder, assessment.assessmentId), formatMeta(meta), folder);
}

function formatAssessmentValue(value: AssessmentValue): MetaInput {
  if (value.kind === 'issue') return { [ASSESSMENT.issueName]: value.issueName };
  if (value.kind === 'feedback') {
    const { error } = value;
    return {
      [ASSESSMENT.value]: value.value as YamlValue,
      ...(error && {
        [ASSESSMENT.error]: present({
          [ASSESSMENT.errorCode]: error.errorCode,
          [ASSESSMENT.errorMessage]: error.errorMessage,
          [ASSESSMENT.stackTrace]: error.stackTrace,
        }),
      }),
    };
  }
  // As MLflow does: what protobuf's values could not carry exactly goes as JSON text.
  if (typeof value.value !== 'object' || value.value === null) return { [ASSESSMENT.value]: value.value };
  return {
    [ASSESSMENT.serializedValue]: {
      [ASSESSMENT.serializationFormat]: JSON_FORMAT,
      [ASSESSMENT.value]: JSON.stringify(value.value),
    },
  };
}

function present(fields: Readonly<Record<string, MetaInput>>): Readonly<Record<string, MetaInput>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

import { ASSESSMENT_SOURCE_TYPES, type AssessmentUpdate, type AssessmentValue } from '../entities/assessment.ts';
import { invalidParameter } from '../entities/error.ts';
import { type Json, parseJson, toJson } from '../entities/jsonText.ts';
import type { Message } from './message.ts';
import type { MessageHandler } from './route.ts';
import { assessmentJson } from './traceJson.ts';

export const createAssessment: MessageHandler = async ({ tracking }, message) => {
  const assessment = message.message('assessment');
  const source = assessment.optionalMessage('source');
  const value = readValue(assessment);
  if (!value) throw invalidParameter('Unknown assessment type: None');
  const created = await tracking.createAssessment(message.text('trace_id'), {
    name: assessment.anyText('assessment_name'),
    source: {
      sourceType: source?.choice('source_type', ASSESSMENT_SOURCE_TYPES) ?? 'SOURCE_TYPE_UNSPECIFIED',
      sourceId: source?.optionalText('source_id'),
    },
    value,
    spanId: assessment.optionalText('span_id'),
    rationale: assessment.optionalText('rationale'),
    metadata: assessment.textMap('metadata'),
    overrides: assessment.optionalText('overrides'),
  });
  return { assessment: assessmentJson(created) };
};

export const getAssessment: MessageHandler = async ({ tracking }, message) => ({
  assessment: assessmentJson(await tracking.getAssessment(message.text('trace_id'), message.text('assessment_id'))),
});

/** `update_mask` names what to take of the assessment, in either case of protobuf's JSON. */
export const updateAssessment: MessageHandler = async ({ tracking }, message) => {
  const assessment = message.message('assessment');
  const mask = message.text('update_mask').split(',').map(toSnakeCase);
  const takes = (name: string) => mask.includes(name);
  const update: AssessmentUpdate = {
    name: takes('assessment_name') ? assessment.anyText('assessment_name') : undefined,
    value: readMaskedValue(assessment, takes),
    rationale: takes('rationale') ? assessment.anyText('rationale') : undefined,
    metadata: takes('metadata') ? assessment.textMap('metadata') : undefined,
  };
  const [traceId, assessmentId] = [message.text('trace_id'), message.text('assessment_id')];
  return { assessment: assessmentJson(await tracking.updateAssessment(traceId, assessmentId, update)) };
};

function toSnakeCase(name: string): string {
  return name.trim().replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function readMaskedValue(assessment: Message, takes: (name: string) => boolean): AssessmentValue | undefined {
  if (takes('feedback') && takes('expectation')) {
    throw invalidParameter('Cannot specify both `expectation` and `feedback` parameters.');
  }
  if (takes('feedback')) return readFeedback(assessment.message('feedback'));
  return takes('expectation') ? readExpectation(assessment.message('expectation')) : undefined;
}

export const deleteAssessment: MessageHandler = async ({ tracking }, message) => {
  await tracking.deleteAssessment(message.text('trace_id'), message.text('assessment_id'));
  return {};
};

function readValue(assessment: Message): AssessmentValue | undefined {
  const feedback = assessment.optionalMessage('feedback');
  if (feedback) return readFeedback(feedback);
  const expectation = assessment.optionalMessage('expectation');
  if (expectation) return readExpectation(expectation);
  const issue = assessment.optionalMessage('issue');
  return issue && { kind: 'issue', issueName: issue.anyText('issue_name') };
}

function readFeedback(feedback: Message): AssessmentValue {
  const error = feedback.optionalMessage('error');
  return {
    kind: 'feedback',
    value: feedback.json('value'),
    error: error && {
      errorCode: error.anyText('error_code'),
      errorMessage: error.optionalText('error_message'),
      stackTrace: error.optionalText('stack_trace'),
    },
  };
}

function readExpectation(expectation: Message): AssessmentValue {
  const serialized = expectation.optionalMessage('serialized_value')?.text('value');
  const value = serialized === undefined ? expectation.json('value') : parseSerialized(serialized);
  if (value === null) throw invalidParameter('The `value` field must be specified.');
  return { kind: 'expectation', value };
}

function parseSerialized(text: string): Json {
  try {
    return toJson(parseJson(text));
  } catch {
    throw invalidParameter("The value of 'serialized_value' is not valid JSON.");
  }
}

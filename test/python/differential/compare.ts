import { isDeepStrictEqual } from 'node:util';
import type { Answer } from './exchange.ts';
import type { Step } from './step.ts';

interface Refusal {
  readonly error_code: string;
  readonly message: string;
}

/** Whether our answer is as good as MLflow's. Both are normalized. */
export function isSame(step: Step, theirs: Answer, ours: Answer, isOlder: boolean): boolean {
  // A page of HTML tells only its status.
  if (typeof theirs.body === 'string' && theirs.body.startsWith('<')) return theirs.status === ours.status;
  // Where MLflow's message is empty, its stream has no body at all.
  if (theirs.body === '' && isDeepStrictEqual(ours.body, {})) return theirs.status === ours.status;
  if (isRefusal(theirs.body) && isRefusal(ours.body)) {
    return (
      theirs.status === ours.status &&
      theirs.body.error_code === ours.body.error_code &&
      (mayWordDiffer(step, theirs.body) || theirs.body.message === ours.body.message)
    );
  }
  // What MLflow 3 has added to messages, clients of MLflow 2 leave out.
  const body = isOlder || step.path === '/graphql' ? cutTo(theirs.body, ours.body) : ours.body;
  return theirs.status === ours.status && isDeepStrictEqual(theirs.body, body);
}

function isRefusal(body: unknown): body is Refusal {
  return typeof body === 'object' && body !== null && 'error_code' in body && 'message' in body;
}

/** Messages that hang on MLflow's parser, on the order of Python's sets, or on the kind of its artifact store. */
function mayWordDiffer(step: Step, { message }: Refusal): boolean {
  const isSearch = /filter|order_by/.test(step.path + JSON.stringify(step.body ?? ''));
  return isSearch || /max_results|page token|No such artifact|failures occurred while downloading/.test(message);
}

/** Our value with only those fields that theirs has. */
function cutTo(theirs: unknown, ours: unknown): unknown {
  if (Array.isArray(theirs) && Array.isArray(ours)) return ours.map((item, at) => cutTo(theirs[at], item));
  if (!isObject(theirs) || !isObject(ours)) return ours;
  return Object.fromEntries(
    Object.keys(ours)
      .filter((key) => key in theirs)
      .map((key) => [key, cutTo(theirs[key], ours[key])]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

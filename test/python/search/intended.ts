import type { Answer, Question } from './oracle.ts';

interface Difference {
  readonly reason: string;
  readonly applies: (question: Question, theirs: Answer, ours: Answer) => boolean;
}

/** Where we answer otherwise than MLflow does, and mean it. */
const INTENDED: readonly Difference[] = [
  {
    reason: 'MLflow looks at a comparator or an order when it compares the first entity: without any, it takes all',
    applies: (_, theirs, ours) =>
      isEmpty(theirs) && says(ours, /^Invalid (?:comparator|order_by)|requires database support|^Expected/),
  },
  {
    reason: 'an AND before nothing or after nothing is a slip',
    applies: ({ filter = '' }, _, ours) => /(?:^|\bAND)\s*\bAND\b/i.test(filter) && says(ours, /^Invalid clause/),
  },
  {
    reason: 'comparisons without AND between them are a slip, which MLflow reads as AND',
    applies: ({ filter = '' }, theirs, ours) =>
      'ids' in theirs && says(ours, /^Invalid clause/) && countClauses(filter) > countAnds(filter) + 1,
  },
  {
    reason: 'missing values come last, where Python cannot compare them at all',
    applies: (_, theirs, ours) => 'crash' in theirs && 'ids' in ours,
  },
  {
    reason: 'texts of logged models are not compared with < and >, as no other texts are',
    applies: ({ kind }, theirs, ours) =>
      kind === 'models' && 'ids' in theirs && says(ours, /^Invalid comparator '[<>]/),
  },
  {
    reason: 'numbers of traces are compared with numbers',
    applies: ({ kind }, theirs, ours) => kind === 'traces' && 'ids' in theirs && says(ours, /^Expected numeric value/),
  },
  {
    reason: 'a key with a slash or dash needs no quotes where nothing but a direction can follow',
    applies: ({ order_by = [] }, theirs) =>
      order_by.some((order) => /[\w.]+[/-]\w+/.test(order)) &&
      says(theirs, /^Invalid order_by clause.*Could not be parsed/),
  },
  {
    reason: 'texts side by side in a list lack a comma, where Python makes one of them',
    applies: ({ filter = '' }, _, ours) => /['"]\s*['"]/.test(filter) && says(ours, /^Invalid clause.*['"]/),
  },
  {
    reason: 'a text in a list may have more than one line',
    applies: ({ filter = '' }, theirs) => filter.includes('\n') && says(theirs, /ill-formed list/),
  },
  {
    reason: 'runs are ordered by the same names by which they are filtered',
    applies: ({ kind, order_by = [] }, theirs) =>
      kind === 'runs' && order_by.some((order) => /run name/i.test(order)) && says(theirs, /^Invalid attribute key/),
  },
  {
    reason: 'logged models can be searched for missing params and tags too, as runs can',
    applies: ({ kind, filter = '' }, theirs) =>
      kind === 'models' && /IS (?:NOT )?NULL/.test(filter) && says(theirs, /^Invalid comparator 'IS/),
  },
  {
    reason: 'the names and runs of traces take lists, as in MLflow’s databases',
    applies: ({ kind, filter = '' }, theirs) =>
      kind === 'traces' &&
      /(?:name|run_id) (?:NOT )?IN/.test(filter) &&
      says(theirs, /^Invalid comparator '(?:NOT )?IN'/),
  },
  {
    reason: 'timestamp is a word of SQL, which MLflow’s parser takes for it beside some numbers',
    applies: ({ kind, filter = '' }, theirs) =>
      kind === 'traces' && /timestamp\W/.test(filter) && says(theirs, /^Invalid clause.*'timestamp'/),
  },
];

export function intendedDifference(question: Question, theirs: Answer, ours: Answer): string | undefined {
  return INTENDED.find(({ applies }) => applies(question, theirs, ours))?.reason;
}

function isEmpty(answer: Answer): boolean {
  return 'ids' in answer && answer.ids.length === 0;
}

function says(answer: Answer, pattern: RegExp): boolean {
  return 'error' in answer && pattern.test(answer.message);
}

function countAnds(filter: string): number {
  return filter.match(/\bAND\b/gi)?.length ?? 0;
}

function countClauses(filter: string): number {
  return filter.match(/[<>!=]+|\b(?:I?LIKE|IN|IS)\b/gi)?.length ?? 0;
}

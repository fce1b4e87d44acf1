import type { Run } from '../entities/run.ts';
import { quoteValue } from './filterText.ts';

/** The filter as it would go on. */
export interface FilterCompletion {
  /** What is put in. */
  readonly label: string;
  readonly detail: string;
  /** The whole filter with it. */
  readonly filter: string;
}

const ATTRIBUTES = ['status', 'run_name', 'start_time', 'end_time', 'user_id', 'run_id', 'artifact_uri'];
const NUMBERS = ['<', '>', '<=', '>=', '=', '!='];
const TEXTS = ['=', '!=', 'LIKE', 'ILIKE'];
const STATUSES = ['FINISHED', 'RUNNING', 'FAILED', 'KILLED', 'SCHEDULED'];
/** More of a kind help nobody. */
const MOST = 200;

const KEY = '(?:(?:metrics?|params?|tags?|attributes?|datasets?)\\.)?(?:`[^`]*`|"[^"]*"|[\\w./-]+)';
const VALUE = '(?:"[^"]*"|\'[^\']*\'|[^\\s\'"]+)';
const CLAUSES = new RegExp(
  `^\\s*(?:${KEY}\\s*(?:<=|>=|!=|<|>|=|(?:NOT\\s+)?(?:I?LIKE|IN))\\s*${VALUE}\\s+and\\s+)*`,
  'i',
);

/** How a filter in MLflow's search language can go on at its end, by what these runs have. */
export function completeFilter(text: string, runs: readonly Run[]): readonly FilterCompletion[] {
  const done = CLAUSES.exec(text)?.[0] ?? '';
  const clause = text.slice(done.length);
  const [, key = '', operator, value = ''] =
    new RegExp(`^(${KEY})\\s+(<=|>=|!=|<|>|=|I?LIKE)\\s*(.*)$`, 'is').exec(clause) ?? [];
  if (operator !== undefined) {
    if (new RegExp(`^${VALUE}\\s+$`).test(value)) return [completion(text, 'and ', 'another condition')];
    return values(key, runs)
      .filter((candidate) => candidate.toLowerCase().includes(value.replace(/^['"]|['"]$/g, '').toLowerCase()))
      .map((candidate) => completion(`${done}${key} ${operator} `, candidate, key));
  }
  const known = keys(runs);
  const typed = clause.trimEnd();
  if (clause !== typed && known.includes(typed)) {
    return operators(typed).map((candidate) => completion(`${done}${typed} `, `${candidate} `, typed));
  }
  return known
    .filter((candidate) => isMeant(candidate, typed))
    .map((candidate) => completion(done, `${candidate} `, ''));
}

/** By the beginning of the whole key, or any part of its name. */
function isMeant(candidate: string, typed: string): boolean {
  const [key, wanted] = [candidate, typed].map((text) => text.replaceAll('`', '').toLowerCase());
  if (key === undefined || wanted === undefined) return false;
  return key.startsWith(wanted) || key.slice(key.indexOf('.') + 1).includes(wanted);
}

function completion(before: string, label: string, detail: string): FilterCompletion {
  return { label: label.trim(), detail, filter: `${before}${label}` };
}

function keys(runs: readonly Run[]): string[] {
  const all = (of: (run: Run) => Iterable<string>) =>
    [...new Set(runs.flatMap((run) => [...of(run)]))].sort().slice(0, MOST);
  return [
    ...all(({ data }) => data.metrics.keys()).map((key) => `metrics.${quoteKey(key)}`),
    ...all(({ data }) => data.params.keys()).map((key) => `params.${quoteKey(key)}`),
    ...ATTRIBUTES.map((key) => `attributes.${key}`),
    ...all(({ data }) => data.tags.keys()).map((key) => `tags.${quoteKey(key)}`),
  ];
}

function quoteKey(key: string): string {
  return /^[A-Za-z_][\w]*$/.test(key) ? key : `\`${key}\``;
}

function operators(key: string): readonly string[] {
  return /^metrics\.|_time$/.test(key) ? NUMBERS : TEXTS;
}

function values(key: string, runs: readonly Run[]): string[] {
  const [kind = '', ...rest] = key.split('.');
  const name = rest.join('.').replaceAll('`', '');
  if (kind === 'attributes' && name === 'status') return STATUSES.map(quoteValue);
  const read: Record<string, (run: Run) => string | undefined> = {
    params: ({ data }) => data.params.get(name),
    tags: ({ data }) => data.tags.get(name),
    metrics: ({ data }) => data.metrics.get(name)?.value.toString(),
    attributes: ({ info }) => ({ run_name: info.runName, user_id: info.userId, run_id: info.runId })[name],
  };
  const found = [...new Set(runs.flatMap((run) => read[kind]?.(run) ?? []))].slice(0, MOST);
  return kind === 'metrics' ? found : found.sort().map(quoteValue);
}

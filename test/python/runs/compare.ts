import { isDeepStrictEqual } from 'node:util';
import type { Run } from '../../../src/entities/run.ts';
import type { MlflowVersion } from '../environments.ts';
import { type Aspect, INTENDED, type Intended } from './intended.ts';
import type { Outcome } from './runBoth.ts';
import type { Scenario } from './scenarios.ts';

export interface Difference {
  readonly aspect: Aspect;
  readonly key?: string | undefined;
  readonly theirs: unknown;
  readonly ours: unknown;
}

/** What differs, and is not meant to. Notes in `met` the intended differences that there were. */
export function differences(
  { name }: Scenario,
  version: MlflowVersion,
  theirs: Outcome,
  ours: Outcome,
  met: Set<Intended>,
): readonly Difference[] {
  return [...compareOutcomes(theirs, ours)].filter(({ aspect, key }) => {
    const intended = INTENDED.find(
      (it) =>
        it.aspects.includes(aspect) &&
        (it.scenario === undefined || it.scenario === name || it.scenario === /^\w+:/.exec(name)?.[0]) &&
        (it.version === undefined || it.version === version) &&
        (it.key === undefined || it.key === key),
    );
    if (intended) met.add(intended);
    return intended === undefined;
  });
}

function* compareOutcomes(theirs: Outcome, ours: Outcome): Generator<Difference> {
  yield* compare('exitCode', theirs.exitCode, ours.exitCode);
  yield* compare('command', plain(theirs.command), plain(ours.command));
  yield* compare('runs', theirs.runs.length, ours.runs.length);
  if (theirs.exitCode !== 0 && ours.exitCode !== 0 && !isSameMessage(theirs.message, ours.message)) {
    yield { aspect: 'message', theirs: theirs.message, ours: ours.message };
  }
  const names = new Map([...named(theirs.runs, 'run'), ...named(ours.runs, 'run')]);
  for (const [at, their] of theirs.runs.entries()) {
    const our = ours.runs[at];
    if (!our) continue;
    yield* compare('status', their.info.status, our.info.status);
    yield* compareMaps('tags', tagsOf(their, names), tagsOf(our, names));
    yield* compareMaps('params', their.data.params, our.data.params);
  }
}

function* compare(aspect: Aspect, theirs: unknown, ours: unknown): Generator<Difference> {
  if (!isDeepStrictEqual(theirs, ours)) yield { aspect, theirs, ours };
}

function* compareMaps(
  aspect: Aspect,
  theirs: ReadonlyMap<string, string>,
  ours: ReadonlyMap<string, string>,
): Generator<Difference> {
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    if (theirs.get(key) !== ours.get(key)) yield { aspect, key, theirs: theirs.get(key), ours: ours.get(key) };
  }
}

/** Folders that are made for one run have names of their own; environments are activated in other ways. */
function plain(command: string | undefined): string | undefined {
  return command?.replace(/\S*\/(param_\d+\/)/g, '$1').replace(/^source \S+\/bin\/activate && /, '');
}

/** The same where ours begins with theirs, but for ids and folders of one run: ours may tell more. */
function isSameMessage(theirs = '', ours = ''): boolean {
  const [their, our] = [theirs, ours].map((text) =>
    text
      .replace(/[0-9a-f]{32}/g, 'ID')
      .replace(/\/\S*\/(?:tmp\w+|mlflow-project-\w+)/g, 'FOLDER')
      .replace(/ ?- please/, ' - please')
      .replace(/error: .*/is, 'Error')
      .replace(/^INVALID_PARAMETER_VALUE: /, '')
      .replace(/[.\s]+$/, ''),
  );
  return our?.startsWith(their ?? '') ?? false;
}

/** Run ids by their place, since tags of nested runs name them. */
function named(runs: readonly Run[], prefix: string): (readonly [string, string])[] {
  return runs.map(({ info }, at) => [info.runId, `${prefix} ${at}`] as const);
}

/** What MLflow and the script have noted; names of runs and histories of models are new each time. */
function tagsOf({ data }: Run, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const isComparable = (key: string) => key !== 'mlflow.log-model.history';
  return new Map(
    [...data.tags]
      .filter(([key]) => isComparable(key))
      .map(([key, value]) => [
        key,
        key === 'mlflow.runName' && /^[a-z]+-[a-z]+-\d+$/.test(value) ? 'random' : (names.get(value) ?? value),
      ]),
  );
}

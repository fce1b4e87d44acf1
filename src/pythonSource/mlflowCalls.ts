import { type Argument, type Call, callsOf } from './pythonCalls.ts';
import { MAX_SOURCE, type PythonToken, pythonTokens } from './pythonTokens.ts';

/** A place in a Python file that logs metrics. */
export interface MetricCall {
  /** Offsets of the call, its brackets included. */
  readonly start: number;
  readonly end: number;
  /** The metrics that it logs, as they are called or as patterns (of f-strings); `all` for autologging. */
  readonly keys: readonly MetricKey[] | 'all';
}

export type MetricKey = { readonly key: string } | { readonly pattern: RegExp };

/** A place that starts a run or chooses an experiment. */
export interface RunCall {
  readonly start: number;
  readonly kind: 'startRun' | 'setExperiment';
  /** The experiment's name, where it is written out. */
  readonly experiment: string | undefined;
}

export interface MlflowCalls {
  readonly metrics: readonly MetricCall[];
  readonly runs: readonly RunCall[];
}

const NONE: MlflowCalls = { metrics: [], runs: [] };
const IMPORT = /^[ \t]*(?:import|from)[ \t]+mlflow\b/m;
const NAMES = new Set(['log_metric', 'log_metrics', 'autolog', 'start_run', 'set_experiment']);
/** MLflow's own, a client's, or imported by name; never a method of a model or a logger of another library. */
const CALLEE = /^(?:mlflow(?:\.\w+)*\.|(?:\w+\.)*\w*client\w*\.)?\w+$/i;

export function importsMlflow(source: string): boolean {
  return IMPORT.test(source);
}

/**
 * Finds what a Python file asks of MLflow. Nothing is looked for in files that do not import it.
 * @param context other text of the same program, such as earlier cells of a notebook, where the import may stand
 */
export function mlflowCalls(source: string, context = ''): MlflowCalls {
  if (source.length > MAX_SOURCE || !(importsMlflow(source) || importsMlflow(context))) return NONE;
  const tokens = pythonTokens(source);
  const calls = callsOf(tokens, NAMES).filter(({ callee }) => CALLEE.test(callee));
  return {
    metrics: calls.flatMap((call) => metricCall(call, tokens) ?? []),
    runs: calls.flatMap((call) => runCall(call, tokens) ?? []),
  };
}

function metricCall(call: Call, tokens: readonly PythonToken[]): MetricCall | undefined {
  const name = call.callee.split('.').at(-1);
  const place = { start: tokens[call.first]?.start ?? 0, end: tokens[call.last]?.end ?? 0 };
  if (name === 'autolog') return { ...place, keys: 'all' };
  const keys = name === 'log_metric' ? keyOf(call) : name === 'log_metrics' ? keysOf(call) : undefined;
  return keys && keys.length > 0 ? { ...place, keys } : undefined;
}

/** A client's `log_metric` has the run's id before the key. */
function keyOf({ arguments: given }: Call): MetricKey[] {
  const positional = given.filter(({ keyword }) => keyword === undefined).slice(0, 2);
  const candidates = [...given.filter(({ keyword }) => keyword === 'key'), ...positional];
  return candidates.flatMap(({ value }) => (value[0]?.kind === 'string' ? [metricKey(value)] : [])).slice(0, 1);
}

/** The keys of a dictionary that is written out. */
function keysOf({ arguments: given }: Call): MetricKey[] {
  const value = given.find((argument: Argument) => argument.value[0]?.text === '{')?.value ?? [];
  let depth = 0;
  return value.flatMap((token, at) => {
    if (token.kind === 'operator' && /[([{]/.test(token.text)) depth++;
    if (token.kind === 'operator' && /[)\]}]/.test(token.text)) depth--;
    const isKey = depth === 1 && token.kind === 'string' && value[at + 1]?.text === ':';
    return isKey ? [metricKey([token])] : [];
  });
}

/** A literal, or a pattern where parts of it are computed. */
function metricKey(value: readonly PythonToken[]): MetricKey {
  const [first] = value;
  const text = first?.text ?? '';
  const isComputed = value.length > 1 || /\{[^{}]+\}/.test(first?.isFormatted ? text : '');
  if (!isComputed) return { key: text };
  const parts = first?.isFormatted ? text.split(/\{[^{}]+\}/) : [text, ''];
  return { pattern: new RegExp(`^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`) };
}

function runCall(call: Call, tokens: readonly PythonToken[]): RunCall | undefined {
  const name = call.callee.split('.').at(-1);
  const start = tokens[call.first]?.start ?? 0;
  if (name === 'start_run') return { start, kind: 'startRun', experiment: undefined };
  if (name !== 'set_experiment') return undefined;
  const [first] =
    call.arguments.find(({ keyword }) => keyword === undefined || keyword === 'experiment_name')?.value ?? [];
  const isName = first?.kind === 'string' && !first.isFormatted;
  return { start, kind: 'setExperiment', experiment: isName ? first.text : undefined };
}

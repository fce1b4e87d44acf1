/** A request to MLflow's API. */
export interface Operation {
  readonly path: string;
  /** JSON of ASCII characters. */
  readonly body: string;
}

const RUNS = '/api/2.0/mlflow/runs';
const METRICS = 10;
/** Where the time of a batch's points goes. */
const MARK = '"@"';

export function logMetric(runId: string, step: number): Operation {
  const fields = { run_uuid: runId, run_id: runId, key: 'loss', value: 1 / (step + 1), timestamp: Date.now(), step };
  return { path: `${RUNS}/log-metric`, body: JSON.stringify(fields) };
}

/** Batches of points of ten metrics; only their times differ, so that making them costs the client next to nothing. */
export function logBatches(size: number): (runId: string, n: number) => Operation {
  const metrics = Array.from({ length: size }, (_, at) => {
    const step = Math.floor(at / METRICS);
    return { key: `metric${at % METRICS}`, value: 1 / (at + 1.5), timestamp: '@', step };
  });
  const parts = JSON.stringify(metrics).split(MARK);
  return (runId, n) => ({
    path: `${RUNS}/log-batch`,
    body: `{"run_id":"${runId}","metrics":${parts.join(String(1_700_000_000_000 + n))},"params":[],"tags":[]}`,
  });
}

export function createRun(experimentId: string, n: number): Operation {
  const fields = {
    experiment_id: experimentId,
    user_id: 'bench',
    start_time: Date.now(),
    run_name: `run-${n}`,
    tags: [],
  };
  return { path: `${RUNS}/create`, body: JSON.stringify(fields) };
}

export interface RunSearch {
  readonly filter?: string;
  readonly order_by?: readonly string[];
  readonly max_results: number;
}

export function searchRuns(experimentIds: readonly string[], search: RunSearch): Operation {
  return { path: `${RUNS}/search`, body: JSON.stringify({ experiment_ids: experimentIds, ...search }) };
}

/** What the editor's tree asks for: the runs that are known by now, newest first. */
export function searchKnownRuns(experimentIds: readonly string[]): Operation {
  const search = { experiment_ids: experimentIds, max_results: 200, order_by: ['attributes.start_time DESC'] };
  return { path: '/api/mlflow-workbench/runs/search', body: JSON.stringify(search) };
}

const logBatch10 = logBatches(10);

/** What a training does, mostly logging. */
export function mixed(runId: string, n: number): Operation {
  switch (n % 10) {
    case 3:
      return logBatch10(runId, n);
    case 5:
      return { path: `${RUNS}/set-tag`, body: JSON.stringify({ run_id: runId, key: 'phase', value: `epoch ${n}` }) };
    case 7:
      return { path: `${RUNS}/log-parameter`, body: JSON.stringify({ run_id: runId, key: `p${n}`, value: `${n}` }) };
    case 9:
      return { path: `${RUNS}/update`, body: JSON.stringify({ run_id: runId, status: 'RUNNING' }) };
    default:
      return logMetric(runId, n);
  }
}

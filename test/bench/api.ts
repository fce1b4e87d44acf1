import { Connection } from './connection.ts';

const API = '/api/2.0/mlflow';

/** One request to MLflow's API over a connection of its own. */
export async function call(url: string, path: string, body: unknown): Promise<unknown> {
  const connection = await Connection.open(url);
  try {
    return JSON.parse((await connection.post(API + path, JSON.stringify(body))).toString());
  } finally {
    connection.close();
  }
}

export async function createExperiment(url: string, name: string): Promise<string> {
  const { experiment_id } = (await call(url, '/experiments/create', { name })) as { experiment_id: string };
  return experiment_id;
}

export async function createRun(url: string, experimentId: string): Promise<string> {
  const body = { experiment_id: experimentId, start_time: Date.now(), tags: [] };
  const { run } = (await call(url, '/runs/create', body)) as { run: { info: { run_id: string } } };
  return run.info.run_id;
}

/** The ids of some new runs. */
export async function createRuns(url: string, experimentId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await createRun(url, experimentId));
  return ids;
}

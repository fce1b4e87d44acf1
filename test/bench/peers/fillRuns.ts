import { Connection } from '../connection.ts';
import { createRun } from '../operations.ts';
import type { StoreShape } from '../stores.ts';

const CONNECTIONS = 10;

/** Makes as many runs as a store has, with as many values each, through the API of a server. */
export async function fillRuns(url: string, experimentId: string, shape: StoreShape): Promise<void> {
  let made = 0;
  const work = async () => {
    const connection = await Connection.open(url);
    while (made < shape.runs) {
      const { path, body } = createRun(experimentId, made++);
      const { run } = JSON.parse((await connection.post(path, body)).toString()) as {
        run: { info: { run_id: string } };
      };
      await connection.post('/api/2.0/mlflow/runs/log-batch', JSON.stringify(values(run.info.run_id, made, shape)));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

function values(runId: string, run: number, { params, metrics, tags }: StoreShape) {
  const pairs = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ key: `${name}${at}`, value: `${name} ${run} of ${at}` }));
  return {
    run_id: runId,
    metrics: Array.from({ length: metrics }, (_, at) => ({
      key: `metric${at}`,
      value: 1 / (run + at + 1.5),
      timestamp: 1_700_000_000_000 + run,
      step: 99,
    })),
    params: pairs('param', params),
    tags: pairs('tag', tags),
  };
}

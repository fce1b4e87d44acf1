import { answerOf } from '../environment/python.ts';

const HAS_MLFLOW = 'import importlib.util as u; print("yes" if u.find_spec("mlflow") else "")';

/** The `mlflow` program of the user's Python: that of `MLFLOW_WORKBENCH_PYTHON`, else on the PATH; `undefined` without one. */
export async function mlflowCommand(): Promise<readonly [string, ...string[]] | undefined> {
  const chosen = process.env.MLFLOW_WORKBENCH_PYTHON;
  for (const python of chosen ? [chosen] : ['python3', 'python']) {
    if ((await answerOf(python, ['-c', HAS_MLFLOW])) === 'yes') return [python, '-m', 'mlflow'];
  }
  return undefined;
}

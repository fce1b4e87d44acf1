import { MLFLOW_VERSIONS, runProgram } from '../python/environments.ts';

/** Lets both MLflows read a store. @returns the errors that they met. */
export async function askPython(store: string): Promise<readonly string[]> {
  const environment = { MLFLOW_ALLOW_FILE_STORE: 'true', PYTHONWARNINGS: 'ignore' };
  const errors: string[] = [];
  for (const version of MLFLOW_VERSIONS) {
    await runProgram(version, 'read_store.py', [store], { environment }).catch((error: unknown) =>
      errors.push(`MLflow ${version}: ${error}`),
    );
  }
  return errors;
}

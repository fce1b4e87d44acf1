import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runWithMlflow } from '../../../src/runner/backend/delegate.ts';
import { type RecordingProgram, recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
const said: string[] = [];

// Neither a cluster nor a workspace is here: a program called python3 writes down what MLflow is asked for.
beforeEach(() => {
  folder = temporaryFolder();
  said.length = 0;
  vi.stubEnv('PATH', folder.path);
  vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

function python(code = 0): RecordingProgram {
  return recordingProgram(folder.path, 'python3', [
    { when: /find_spec/, out: 'yes\n' },
    { when: /-m mlflow/, code },
  ]);
}

function delegate(backend: string, backendConfig: string | undefined, ...args: string[]): Promise<number> {
  const signal = new AbortController().signal;
  return runWithMlflow({ backend, backendConfig, args, say: (line) => said.push(line), signal });
}

const CLUSTER = '{"new_cluster": {"spark_version": "15"}}';

test('MLflow gets the same arguments, and its exit code counts', async () => {
  const program = python(1);
  expect(await delegate('databricks', CLUSTER, '.', '-b', 'databricks', '-c', CLUSTER, '-P', 'a=b c')).toBe(1);
  expect(program.calls().at(-1)).toEqual([
    '-m',
    'mlflow',
    'run',
    '.',
    '-b',
    'databricks',
    '-c',
    CLUSTER,
    '-P',
    'a=b c',
  ]);
});

test('a wrong configuration is told before anything is started', async () => {
  const program = python();
  await expect(delegate('databricks', undefined)).rejects.toThrow('Backend spec must be provided');
  await expect(delegate('databricks', '{"existing_cluster_id": "x"}')).rejects.toThrow('*new cluster*');
  await expect(delegate('kubernetes', folder.join('gone.json'))).rejects.toThrow('Could not find the backend config');
  const config = folder.write('k.json', JSON.stringify({ 'kube-job-template-path': folder.join('gone.yaml'), x: 1 }));
  await expect(delegate('kubernetes', config)).rejects.toThrow(
    /^Could not find 'kube-job-template-path': .*gone.yaml\nCould not find 'repository-uri' in backend_config.$/,
  );
  expect(said).toEqual([expect.stringContaining("MLflow ignores 'x'")]);
  expect(program.calls()).toEqual([]);
});

test('backends of plugins are MLflow’s affair', async () => {
  const program = python();
  expect(await delegate('yarn', undefined, '.', '-b', 'yarn')).toBe(0);
  expect(program.calls().at(-1)).toEqual(['-m', 'mlflow', 'run', '.', '-b', 'yarn']);
});

test('without MLflow, it says how to get it', async () => {
  recordingProgram(folder.path, 'python3');
  await expect(delegate('databricks', CLUSTER)).rejects.toThrow('python3 -m pip install mlflow');
});

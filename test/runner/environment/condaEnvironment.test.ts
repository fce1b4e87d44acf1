import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { condaName, findConda } from '../../../src/runner/environment/condaEnvironment.ts';
import { prepareEnvironment } from '../../../src/runner/environment/environment.ts';
import type { EnvironmentSpec } from '../../../src/runner/environment/environmentFile.ts';
import { type Reply, recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { run } from '../../views/sampleRun.ts';

let folder: TemporaryFolder;

// There is no conda where tests run: programs of its names write down what they are asked for.
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('PATH', folder.path);
  for (const name of ['CONDA_EXE', 'MLFLOW_CONDA_HOME', 'MAMBA_EXE', 'MLFLOW_CONDA_CREATE_ENV_CMD']) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

const NAME = condaName('text');

function conda(name: string, envs: readonly string[], ...replies: Reply[]) {
  const list = { when: /env list/, out: JSON.stringify({ envs }) };
  return recordingProgram(folder.path, name, [{ when: /--version/, out: '1' }, list, ...replies]);
}

function prepare(spec: Partial<EnvironmentSpec> = {}) {
  const conda = { kind: 'conda_env', file: '/p/conda.yaml', sources: ['text'] } as const;
  return prepareEnvironment({
    spec: { python: undefined, buildDependencies: [], dependencies: [], ...conda, ...spec },
    manager: 'conda',
    projectFolder: folder.path,
    say: () => undefined,
    signal: new AbortController().signal,
  });
}

async function commandOf(environment: ReturnType<typeof prepare>): Promise<string> {
  return (await environment).launch(run().info, 'python t.py').command;
}

describe.skipIf(process.platform === 'win32')('a conda environment', () => {
  test('is made by conda of the PATH under the name that MLflow gives it', async () => {
    const program = conda('conda', []);
    expect(await commandOf(prepare())).toBe(`source activate ${NAME} 1>&2 && python t.py`);
    expect(program.calls()).toEqual([
      ['--version'],
      ['env', 'list', '--json'],
      ['env', 'create', '-n', NAME, '--file', '/p/conda.yaml'],
    ]);
  });

  test('that is there is used', async () => {
    const program = conda('conda', ['/opt/conda', `/opt/conda/envs/${NAME}`]);
    expect((await prepare()).tags).toEqual(new Map([['mlflow.project.env', 'conda']]));
    expect(program.calls()).toHaveLength(2);
  });

  test('without a file has Python only', async () => {
    const program = conda('conda', []);
    await prepare({ kind: 'none', file: undefined, sources: [] });
    expect(program.calls().at(-1)?.join(' ')).toBe(
      `create --channel conda-forge --yes --override-channels -n ${condaName('')} python`,
    );
  });

  test('comes from MLFLOW_CONDA_HOME, then from beside CONDA_EXE', async () => {
    folder.write('home/bin/x', '');
    const program = recordingProgram(folder.join('home', 'bin'), 'conda', [
      { when: /--version/, out: '1' },
      { when: /env list/, out: '{"envs": []}' },
    ]);
    const expected = `source ${folder.join('home', 'bin')}/../etc/profile.d/conda.sh && conda activate ${NAME} 1>&2 && python t.py`;
    vi.stubEnv('MLFLOW_CONDA_HOME', folder.join('home'));
    expect(await commandOf(prepare())).toBe(expected);
    vi.stubEnv('MLFLOW_CONDA_HOME', undefined);
    vi.stubEnv('CONDA_EXE', folder.join('home', 'bin', 'conda'));
    expect(await commandOf(prepare())).toBe(expected);
    expect(program.calls()).toHaveLength(6);
  });

  test('is made by the program that MLFLOW_CONDA_CREATE_ENV_CMD names', async () => {
    conda('conda', []);
    const creator = conda('mamba', []);
    vi.stubEnv('MLFLOW_CONDA_CREATE_ENV_CMD', 'mamba');
    await prepare();
    expect(creator.calls()).toEqual([['env', 'create', '-n', NAME, '--file', '/p/conda.yaml']]);
  });

  test.each(['mamba', 'micromamba'])('is made by %s where there is no conda', async (kind) => {
    const program = conda(kind, []);
    expect((await findConda())?.kind).toBe(kind);
    const hook = `eval "$(${kind} shell hook --shell bash)" && ${kind} activate ${NAME} 1>&2 && python t.py`;
    expect(await commandOf(prepare())).toBe(hook);
    expect(program.calls().at(-1)).toEqual(
      kind === 'mamba'
        ? ['env', 'create', '-n', NAME, '--file', '/p/conda.yaml']
        : ['create', '--yes', '-n', NAME, '--file', '/p/conda.yaml'],
    );
  });

  test('that fails is told with the line that says why', async () => {
    conda('conda', [], { when: /env create/, err: 'Solving\nPackagesNotFoundError: no nope\n', code: 1 });
    await expect(prepare()).rejects.toThrow('PackagesNotFoundError: no nope');
  });

  test('needs conda, and a project that asks for it', async () => {
    await expect(prepare()).rejects.toThrow('Could not find conda, mamba or micromamba. Install one');
    await expect(prepare({ kind: 'python_env' })).rejects.toThrow(
      'python_env project cannot be executed using conda. Set `--env-manager` to',
    );
  });
});

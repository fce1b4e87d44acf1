import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareProject } from '../../../src/runner/project/prepareProject.ts';
import { readProjectFolder } from '../../../src/runner/project/projectFolder.ts';
import { recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';

let folder: TemporaryFolder;
const said: string[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  said.length = 0;
  vi.stubEnv('PATH', folder.path);
  for (const name of ['CONDA_EXE', 'MLFLOW_CONDA_HOME', 'MAMBA_EXE', 'MLFLOW_WORKBENCH_PYTHON']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('MLFLOW_ENV_ROOT', folder.join('envs'));
  vi.stubEnv('PYENV_ROOT', folder.join('pyenv'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

async function managerOf(files: Readonly<Record<string, string>>, asked?: 'local'): Promise<string> {
  for (const [name, text] of Object.entries(files)) folder.write(`project/${name}`, text);
  const prepared = await prepareProject(readProjectFolder(folder.join('project')), {
    environmentManager: asked,
    trackingUri: 'http://example.org',
    say: (line) => said.push(line),
    signal: new AbortController().signal,
  });
  return prepared.tags.get('mlflow.project.env') ?? 'local';
}

const CONDA = 'dependencies: [python=3.12, cudatoolkit, {pip: [mlflow]}]\n';

describe.skipIf(process.platform === 'win32')('what a project is run in', () => {
  test('is the Python that is there, where it asks for nothing', async () => {
    expect(await managerOf({ MLproject: 'name: x\n' })).toBe('local');
  });

  test('is conda for a conda.yaml, where there is conda', async () => {
    recordingProgram(folder.path, 'conda', [
      { when: /--version/, out: '1' },
      { when: /env list/, out: '{"envs": []}' },
    ]);
    expect(await managerOf({ 'conda.yaml': 'dependencies: [python]\n' })).toBe('conda');
  });

  test('is what pip can make of a conda.yaml without conda, and that is told', async () => {
    recordingProgram(folder.path, 'python3', [
      { when: /version_info/, out: '3.12.4' },
      { when: /-m venv/, err: 'Error: stop here\n', code: 1 },
    ]);
    await expect(managerOf({ 'conda.yaml': CONDA })).rejects.toThrow('Error: stop here');
    expect(said).toContain('Without conda, these packages of conda are left out: cudatoolkit');
  });

  test('is Docker, whatever else is asked for', async () => {
    await expect(managerOf({ MLproject: 'name: x\ndocker_env: {image: y}\n' }, 'local')).rejects.toThrow('Docker');
  });

  test('is local where that is asked for, and the file is there', async () => {
    expect(await managerOf({ MLproject: 'conda_env: c.yaml\n', 'c.yaml': 'dependencies: [python]\n' }, 'local')).toBe(
      'local',
    );
    await expect(managerOf({ MLproject: 'conda_env: gone.yaml\n' }, 'local')).rejects.toThrow('no such file was found');
  });
});

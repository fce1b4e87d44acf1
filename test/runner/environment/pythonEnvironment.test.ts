import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { prepareEnvironment } from '../../../src/runner/environment/environment.ts';
import type { EnvironmentSpec } from '../../../src/runner/environment/environmentFile.ts';
import { listEnvironments } from '../../../src/runner/environment/environments.ts';
import type { EnvironmentManager } from '../../../src/runner/environment/preparedEnvironment.ts';
import { isRunning } from '../../support/isRunning.ts';
import { type RecordingProgram, type Reply, recordingProgram } from '../../support/recordingProgram.ts';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

let folder: TemporaryFolder;
const said: string[] = [];

// The real uv, venv and pip make environments in test/python/: here it is written down what they are asked for.
beforeEach(() => {
  folder = temporaryFolder();
  said.length = 0;
  vi.stubEnv('PATH', folder.path);
  vi.stubEnv('MLFLOW_ENV_ROOT', folder.join('envs'));
  vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', undefined);
  vi.stubEnv('PYENV_ROOT', folder.join('pyenv'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder[Symbol.dispose]();
});

function python(...replies: Reply[]): RecordingProgram {
  return recordingProgram(folder.path, 'python3', [{ when: /sys.version_info/, out: '3.12.4\n' }, ...replies]);
}

function uv(...replies: Reply[]): RecordingProgram {
  return recordingProgram(folder.path, 'uv', [...replies, { when: /--version/, out: 'uv 1\n' }]);
}

const SPEC: EnvironmentSpec = {
  kind: 'python_env',
  python: '3.12',
  buildDependencies: ['pip==24.0'],
  dependencies: ['-r requirements.txt', 'mlflow>=2'],
  sources: ['text'],
};

function prepare(
  manager?: EnvironmentManager,
  spec: Partial<EnvironmentSpec> = {},
  projectFolder = folder.path,
  signal = new AbortController().signal,
) {
  return prepareEnvironment({
    spec: { ...SPEC, ...spec },
    manager,
    projectFolder,
    say: (line) => said.push(line),
    signal,
  });
}

/** What makes the environment's folder, which a recorder does not. */
function madeFolder(): string {
  const [made] = fs.readdirSync(folder.join('envs')).filter((name) => name.startsWith('mlflow-'));
  return folder.join('envs', made ?? '');
}

describe.skipIf(process.platform === 'win32')('an environment', () => {
  test('is made by uv where it is, with what the project asks for', async () => {
    python();
    const program = uv();
    await expect(prepare()).rejects.toThrow(); // The recorder makes no folder to be finished.
    const environment = expect.stringMatching(/\/envs\/mlflow-[0-9a-f]{40}$/);
    const interpreter = expect.stringMatching(/\/bin\/python$/);
    expect(program.calls().filter(([first]) => first !== '--version')).toEqual([
      ['venv', '--python', '3.12', environment],
      ['pip', 'install', '--python', interpreter, 'pip==24.0'],
      ['pip', 'install', '--python', interpreter, '-r', 'requirements.txt', 'mlflow>=2'],
    ]);
  });

  test('that failed is told with the line that says why, and leaves nothing behind', async () => {
    python();
    uv({ when: /pip install/, err: 'Resolving\n  × No solution found: there is no nope\n', code: 1 });
    await expect(prepare('uv')).rejects.toThrow('× No solution found: there is no nope');
    expect(fs.readdirSync(folder.join('envs'))).toEqual([]);
  });

  test('can be stopped while it is made, and leaves nothing behind', async () => {
    python();
    folder.write(
      'uv',
      '#!/bin/sh\n[ "$1" = --version ] && echo 1 && exit\necho $$ > "$(dirname "$0")/pid"\nsleep 60\n',
    );
    fs.chmodSync(folder.join('uv'), 0o755);
    vi.stubEnv('PATH', `${folder.path}:/usr/bin:/bin`);
    const abort = new AbortController();
    const making = prepare('uv', {}, folder.path, abort.signal);
    await until(() => fs.existsSync(folder.join('pid')), 'uv');
    abort.abort();
    await expect(making).rejects.toThrow('Stopped.');
    expect(fs.readdirSync(folder.join('envs'))).toEqual([]);
    expect(isRunning(Number(folder.read('pid')))).toBe(false);
  });

  test('that is finished is used again, by its content', async () => {
    python();
    const program = uv();
    await prepare('uv').catch(() => undefined);
    const name = path.basename(
      program
        .calls()
        .find(([first]) => first === 'venv')
        ?.at(-1) ?? '',
    );
    fs.mkdirSync(folder.join('envs', name), { recursive: true });
    fs.writeFileSync(folder.join('envs', name, '.complete'), '');
    const before = program.calls().length;
    const environment = await prepare('uv');
    expect(environment.binFolder).toBe(path.join(madeFolder(), 'bin'));
    expect(environment.tags).toEqual(new Map([['mlflow.project.env', 'uv']]));
    expect(program.calls().slice(before)).toEqual([['--version']]);
    expect(said.at(-1)).toBe(`Using the environment ${madeFolder()}`);
    expect(listEnvironments()).toMatchObject([{ name, isComplete: true }]);
    await expect(prepare('uv', { sources: ['other'] })).rejects.toThrow();
    expect(program.calls().at(-1)?.[0]).toBe('pip');
  });

  test('of the project itself belongs to its folder alone', async () => {
    python();
    const program = uv();
    for (const place of ['one', 'two']) {
      fs.mkdirSync(folder.join(place));
      await prepare('uv', { dependencies: ['-e .'] }, folder.join(place)).catch(() => undefined);
    }
    const made = program.calls().filter(([first]) => first === 'venv');
    expect(made).toHaveLength(2);
    expect(made[0]).not.toEqual(made[1]);
  });

  test('of another Python than there is, is made with what there is, and says so', async () => {
    python({ when: /-m venv/, err: 'Error: no room\n', code: 1 });
    await expect(prepare('virtualenv', { python: '3.9' })).rejects.toThrow('Error: no room');
    expect(said[0]).toBe('Python 3.9 is asked for, 3.12.4 is what there is: going on with that.');
  });

  test('without conda says what it leaves out', async () => {
    python({ when: /-m venv/, code: 1 });
    await expect(prepare('virtualenv', { condaOnly: ['cudatoolkit=11'] })).rejects.toThrow();
    expect(said).toContain('Without conda, these packages of conda are left out: cudatoolkit=11');
  });

  test('needs Python, and uv where that is asked for', async () => {
    await expect(prepare('virtualenv')).rejects.toThrow('No Python was found. Install Python 3.10');
    await expect(prepare('uv')).rejects.toThrow('Install it (https://docs.astral.sh/uv/)');
  });

  test('of this machine needs nothing', async () => {
    const local = await prepare('local');
    expect(local.tags).toEqual(new Map());
    expect(said).toEqual([]);
  });
});

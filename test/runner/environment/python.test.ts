import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findPython } from '../../../src/runner/environment/python.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'python-'));
  vi.stubEnv('PATH', folder);
  vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', undefined);
  vi.stubEnv('PYENV_ROOT', path.join(folder, 'pyenv'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true });
});

/** A program on the PATH that says it is this Python. */
function install(name: string, version: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  return file;
}

describe.skipIf(process.platform === 'win32')('finding Python', () => {
  test('where there is none, it says what to install', async () => {
    await expect(findPython()).rejects.toThrow('Install Python 3.10 or later');
  });

  test('python3 comes before python', async () => {
    install('python', '3.9.1');
    install('python3', '3.12.4');
    expect(await findPython()).toEqual({ command: ['python3'], version: '3.12.4' });
  });

  test('the wanted version comes first, and any other is better than none', async () => {
    install('python3', '3.12.4');
    expect(await findPython('3.10')).toMatchObject({ version: '3.12.4' });
    install('python3.10', '3.10.9');
    expect(await findPython('3.10.2')).toEqual({ command: ['python3.10'], version: '3.10.9' });
  });

  test('the chosen one wins, and must run', async () => {
    install('python3', '3.12.4');
    vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', install('my-python', '3.11.0'));
    expect(await findPython('3.12')).toMatchObject({ version: '3.11.0' });
    vi.stubEnv('MLFLOW_WORKBENCH_PYTHON', path.join(folder, 'gone'));
    await expect(findPython()).rejects.toThrow('does not run');
  });

  test('one that pyenv has is found, whatever is chosen for the folder, the newest first', async () => {
    install('python3', '3.12.4');
    for (const version of ['3.10.9', '3.10.13']) {
      const bin = path.join(folder, 'pyenv', 'versions', version, 'bin');
      fs.mkdirSync(bin, { recursive: true });
      fs.writeFileSync(path.join(bin, 'python'), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
    }
    expect(await findPython('3.10.2')).toMatchObject({ version: '3.10.13' });
    expect(await findPython('3.1')).toMatchObject({ version: '3.12.4' });
  });

  test('so is one that uv has', async () => {
    install('python3', '3.12.4');
    const managed = install('managed', '3.9.18');
    fs.writeFileSync(path.join(folder, 'uv'), `#!/bin/sh\necho ${managed}\n`, { mode: 0o755 });
    expect(await findPython('3.9')).toEqual({ command: [managed], version: '3.9.18' });
  });

  test('Python 2 is no Python', async () => {
    install('python', '2.7.18');
    await expect(findPython()).rejects.toThrow('No Python was found');
  });
});

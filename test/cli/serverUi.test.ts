import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findUi } from '../../src/cli/serverUi.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporaryFolder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function makeUi(...segments: string[]): string {
  const ui = path.join(folder.path, ...segments);
  fs.mkdirSync(ui, { recursive: true });
  fs.writeFileSync(path.join(ui, 'index.html'), '');
  return ui;
}

/** A program in the place of Python that says where MLflow is. */
function makePython(says: string): string {
  const python = path.join(folder.path, 'python');
  fs.writeFileSync(python, `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
  return python;
}

test('a folder is taken as it is', async () => {
  const ui = makeUi('build');
  expect(await findUi(ui)).toBe(ui);
  await expect(findUi(folder.path)).rejects.toThrow("there is no index.html of MLflow's web UI");
});

describe.skipIf(process.platform === 'win32')('auto', () => {
  test('asks the Python that was named', async () => {
    const ui = makeUi('site-packages/mlflow/server/js/build');
    const chosen = { MLFLOW_WORKBENCH_PYTHON: makePython(path.join(folder.path, 'site-packages/mlflow')) };
    expect(await findUi('auto', chosen)).toBe(ui);
  });

  test('asks the active environment', async () => {
    const ui = makeUi('site-packages/mlflow/server/js/build');
    const python = makePython(path.join(folder.path, 'site-packages/mlflow'));
    fs.mkdirSync(path.join(folder.path, 'env/bin'), { recursive: true });
    fs.renameSync(python, path.join(folder.path, 'env/bin/python'));
    expect(await findUi('auto', { VIRTUAL_ENV: path.join(folder.path, 'env') })).toBe(ui);
    expect(await findUi('auto', { CONDA_PREFIX: path.join(folder.path, 'env') })).toBe(ui);
  });

  test('says what to do without MLflow, or without its UI', async () => {
    const without = { MLFLOW_WORKBENCH_PYTHON: makePython('') };
    await expect(findUi('auto', without)).rejects.toThrow('pip install mlflow');
    const gone = { MLFLOW_WORKBENCH_PYTHON: path.join(folder.path, 'nope') };
    await expect(findUi('auto', gone)).rejects.toThrow('pip install mlflow');
    const bare = { MLFLOW_WORKBENCH_PYTHON: makePython(folder.path) };
    await expect(findUi('auto', bare)).rejects.toThrow('comes without its web UI');
  });
});

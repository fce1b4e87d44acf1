import fs from 'node:fs';
import { expect, test } from 'vitest';
import { listEnvironments, removeEnvironment } from '../../../src/runner/environment/environments.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const [OLD, NEW, MLFLOWS] = ['1', '2', '3'].map((digit) => `mlflow-${digit.repeat(40)}`) as [string, string, string];

function environments() {
  const folder = temporaryFolder();
  for (const name of [OLD, NEW]) folder.write(`${name}/.complete`, '');
  folder.write(`${MLFLOWS}/bin/python`, '');
  folder.write('other/x', '');
  for (const [at, file] of [`${OLD}/.complete`, MLFLOWS, `${NEW}/.complete`].entries()) {
    fs.utimesSync(folder.join(file), 1000 * at, 1000 * at);
  }
  return folder;
}

test('the environments of runs are listed, the one that was used last first', () => {
  using folder = environments();
  expect(listEnvironments(folder.path)).toEqual([
    { name: NEW, folder: folder.join(NEW), lastUsed: 2_000_000, isComplete: true },
    { name: MLFLOWS, folder: folder.join(MLFLOWS), lastUsed: 1_000_000, isComplete: false },
    { name: OLD, folder: folder.join(OLD), lastUsed: 0, isComplete: true },
  ]);
  expect(listEnvironments(folder.join('nowhere'))).toEqual([]);
});

test('one is removed by its name, and nothing else', async () => {
  using folder = environments();
  await removeEnvironment(OLD, folder.path);
  expect(listEnvironments(folder.path).map(({ name }) => name)).toEqual([NEW, MLFLOWS]);
  for (const name of ['other', '..', `${NEW}/..`, OLD]) {
    await expect(removeEnvironment(name, folder.path)).rejects.toThrow('There is no environment');
  }
  expect(fs.existsSync(folder.join('other'))).toBe(true);
});

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lockEnvironment } from '../../../src/runner/environment/environmentLock.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const signal = new AbortController().signal;

test('one process after the other', async () => {
  using folder = temporaryFolder();
  const said: string[] = [];
  const lock = () => lockEnvironment(folder.join('env'), { say: (line) => said.push(line), signal });
  const release = await lock();
  let isSecond = false;
  const second = lock().then((release) => {
    isSecond = true;
    return release;
  });
  await sleep(300);
  expect(isSecond).toBe(false);
  expect(said).toEqual([`Waiting for another run that makes the environment ${folder.join('env')}`]);
  release();
  (await second)();
  expect(fs.readdirSync(folder.path)).toEqual([]);
});

test('what a killed process has locked is free', async () => {
  using folder = temporaryFolder();
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  fs.writeFileSync(folder.join('env.lock'), String(pid));
  const release = await lockEnvironment(folder.join('env'), { say: () => undefined, signal });
  release();
});

test('waiting can be stopped', async () => {
  using folder = temporaryFolder();
  const abort = new AbortController();
  await lockEnvironment(folder.join('env'), { say: () => undefined, signal });
  const waiting = lockEnvironment(folder.join('env'), { say: () => abort.abort(), signal: abort.signal });
  await expect(waiting).rejects.toThrow('Stopped.');
});

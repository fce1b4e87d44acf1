import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isTokenMode, makeToken, wantsToken } from '../../src/cli/serverToken.ts';
import { connect } from '../../src/client/connect.ts';
import type { Attached } from '../../src/embedded/attach.ts';
import { lockFile } from '../../src/embedded/lock.ts';
import { isMachineShared } from '../../src/embedded/sharedMachine.ts';
import { Program } from './program.ts';

test('a token has 256 bits of its own', () => {
  const tokens = Array.from({ length: 1_000 }, () => makeToken());
  expect(new Set(tokens).size).toBe(1_000);
  expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true);
});

test('a server goes on with the token of the one that died, if it was made here', () => {
  const before = makeToken();
  expect(makeToken(before)).toBe(before);
  expect(makeToken('hunter2')).not.toBe('hunter2');
});

test('auto is what the machine says', () => {
  expect([wantsToken('token'), wantsToken('none'), wantsToken('auto')]).toEqual([true, false, isMachineShared()]);
  expect([isTokenMode('auto'), isTokenMode('always')]).toEqual([true, false]);
});

describe('--token-mode', () => {
  let program: Program;
  beforeEach(() => {
    program = new Program();
  });
  afterEach(() => program.end());

  const attach = async (...args: string[]): Promise<Attached> => {
    const { out, err } = await program.server('--attach', ...args);
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  };

  test('of the editor’s server keeps the token from everybody but its owner', async () => {
    const { url, pid, token = '' } = await attach('--token-mode', 'token');
    expect(token).toHaveLength(43);
    expect((await fetch(`${url}/version`)).status).toBe(401);
    await expect(connect(url).tracking.getExperiment('0')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await connect(url, { token }).tracking.getExperiment('0')).name).toBe('Default');

    const lock = lockFile(program.cache, program.store);
    expect(fs.readFileSync(lock, 'utf8')).toContain(token);
    expect(fs.statSync(lock).mode & 0o777).toBe(0o600);
    expect(fs.statSync(path.dirname(lock)).mode & 0o777).toBe(0o700);
    expect(fs.statSync(path.join(program.cache, 'indexes')).mode & 0o777).toBe(0o700);
    const holders = fs
      .readdirSync(program.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => fs.readFileSync(file).includes(token));
    expect(holders).toEqual([lock]);
    if (process.platform === 'linux') {
      for (const file of ['cmdline', 'environ']) {
        expect(fs.readFileSync(`/proc/${pid}/${file}`, 'utf8')).not.toContain(token);
      }
    }
  });

  test('goes on with the same token after a crash, with another after an end', async () => {
    const first = await attach('--token-mode', 'token');
    process.kill(first.pid, 'SIGKILL');
    const second = await attach('--token-mode', 'token');
    expect([second.started, second.token]).toEqual([true, first.token]);
    await program.server('--stop');
    expect((await attach('--token-mode', 'token')).token).not.toBe(first.token);
  });

  test('replaces a server that lets in everybody, unless runs log to it', async () => {
    const open = await attach('--token-mode', 'none');
    expect(open.token).toBeUndefined();
    const { tracking } = connect(open.url);
    const { info } = await tracking.createRun({ experimentId: '0' });
    expect((await attach('--token-mode', 'token')).pid).toBe(open.pid);
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1 });
    const closed = await attach('--token-mode', 'token');
    expect([closed.started, closed.token]).toEqual([true, expect.any(String)]);
    expect(await attach('--token-mode', 'none')).toEqual({ ...closed, started: false });
  });

  test('of a server in a terminal says where the token is, not what', async () => {
    const { url, child } = await program.serve('--token-mode', 'token');
    let said = '';
    child.stdout?.on('data', (data) => (said += String(data)));
    const { token = '' } = await attach();
    expect((await fetch(`${url}/version`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    await sleep(100);
    expect(said).not.toContain(token);
  });

  test('makes no token that nobody would learn', async () => {
    fs.mkdirSync(program.store, { recursive: true });
    const { code, err } = await program.server('--read-only', '--token-mode', 'token');
    expect([code, err]).toEqual([2, expect.stringContaining('MLFLOW_WORKBENCH_TOKEN')]);
  });

  test('lets other machines in with a token of its own', async () => {
    const { line } = await program.serve('--host', '0.0.0.0', '--token-mode', 'token');
    expect(line).toContain('Other machines can reach it.');
    const { url, token } = await attach();
    expect((await fetch(`${url}/version`)).status).toBe(401);
    expect((await connect(url, { token }).tracking.getExperiment('0')).name).toBe('Default');
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import type { Attached } from '../../src/embedded/attach.ts';
import { lockFile, readLock, type ServerLock } from '../../src/embedded/lock.ts';
import { until } from '../support/until.ts';
import { exitOf, Program } from './program.ts';

let program: Program;
let file: string;
const closers: (() => void)[] = [];
beforeEach(() => {
  program = new Program();
  file = lockFile(program.cache, program.store);
});
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await program.end();
});

const attach = async (...args: string[]): Promise<Attached> => {
  const { out, err } = await program.server('--attach', ...args);
  if (out === '') throw new Error(err);
  return JSON.parse(out);
};

/** Another program, which has the id of a server that is gone. */
function otherProgram(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  closers.push(() => child.kill('SIGKILL'));
  return child;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function portOf(server: net.Server): Promise<number> {
  closers.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as net.AddressInfo).port;
}

function writeLock(lock: Partial<ServerLock>): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ store: program.store, version: '0.1.0', startedAt: Date.now(), ...lock }));
}

describe('a lock that a dead server left, whose process id is another program’s by now', () => {
  const answering = (body: string) => () => portOf(http.createServer((_, response) => response.end(body)));
  test.each([
    ['its port is nobody’s', async () => 9],
    ['its port is a web server’s', answering('<html>')],
    ['its port answers JSON of others', answering('{"pid": 1, "store_root": "/"}')],
    ['its port is that of something that cuts the line', () => portOf(net.createServer((socket) => socket.destroy()))],
  ])('is taken over, and the other program lives on: %s', async (_, start) => {
    const other = otherProgram();
    const port = await start();
    writeLock({ pid: other.pid ?? 0, port, url: `http://127.0.0.1:${port}` });
    const attached = await attach();
    expect(attached).toMatchObject({ started: true });
    expect(attached.pid).not.toBe(other.pid);
    expect(isAlive(other.pid ?? 0)).toBe(true);
    expect((await connect(attached.url).serverInfo()).pid).toBe(attached.pid);
  });

  test('is taken over where it was left while starting', async () => {
    const other = otherProgram();
    writeLock({ pid: other.pid ?? 0, startedAt: Date.now() - 60_000 });
    expect(await attach()).toMatchObject({ started: true });
    expect(isAlive(other.pid ?? 0)).toBe(true);
  });
});

describe('a server in the background', () => {
  test('outlives the window while a run logs to it, and ends after the run', async () => {
    const first = await attach('--end-when-idle', '1');
    const { tracking } = connect(first.url);
    const { info } = await tracking.createRun({ experimentId: '0' });
    // Nobody asks for longer than an unused server would stay, and a reloaded window finds the same one.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    expect(await attach('--end-when-idle', '1')).toEqual({ ...first, started: false });
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1 });
    await until(() => !isAlive(first.pid), 'its end', 10_000);
    expect(readLock(file)).toBeUndefined();
  });

  test('is found again after the folder of the locks was removed', async () => {
    const first = await attach();
    fs.rmSync(path.dirname(file), { recursive: true });
    await until(() => readLock(file)?.pid === first.pid, 'the lock', 6_000);
    expect(await attach()).toEqual({ ...first, started: false });
  });

  test('ends when its store is removed; the next one makes it anew', async () => {
    const first = await attach();
    fs.rmSync(program.store, { recursive: true });
    await until(() => !isAlive(first.pid), 'its end', 10_000);
    const second = await attach();
    expect(second.started).toBe(true);
    const { info } = await connect(second.url).tracking.createRun({ experimentId: '0' });
    expect(fs.existsSync(path.join(program.store, '0', info.runId))).toBe(true);
  });

  test('ends when another process has taken its store over', async () => {
    const { child } = await program.serve();
    const other = otherProgram();
    writeLock({ pid: other.pid ?? 0 });
    expect(await exitOf(child)).toBe(0);
    expect(readLock(file)?.pid).toBe(other.pid);
  });
});

test('where no lock can be kept, a server in the background is not started, and it is told what to do', async () => {
  fs.writeFileSync(program.cache, 'not a folder');
  const { code, err } = await program.server('--attach');
  expect(code).toBe(1);
  expect(err).toMatch(/cache folder cannot be written.*MLFLOW_WORKBENCH_CACHE/);
  fs.rmSync(program.cache);
});

test('a server from a shell keeps serving where its store was removed: its user will see to it', async () => {
  const { url, child } = await program.serve();
  fs.rmSync(program.store, { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(child.exitCode).toBeNull();
  expect((await fetch(`${url}/health`)).status).toBe(200);
});

test.runIf(process.platform === 'linux')('a server in the background has the C library give memory back', async () => {
  const { pid } = await attach();
  const environment = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  expect(environment).toEqual(expect.arrayContaining(['MALLOC_ARENA_MAX=1', 'MALLOC_TRIM_THRESHOLD_=131072']));
});

import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import type { Attached } from '../../src/embedded/attach.ts';
import { lockFile, readLock } from '../../src/embedded/lock.ts';
import { exitOf, Program } from './program.ts';

let program: Program;
beforeEach(() => {
  program = new Program();
});
afterEach(() => program.end());

const attach = async (...args: string[]): Promise<Attached> => {
  const { out, err } = await program.server('--attach', ...args);
  if (out === '') throw new Error(err);
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out);
};
describe('server', () => {
  test('serves a store that was not there, says where, and ends when asked', async () => {
    const { line, url, child } = await program.serve();
    expect(line).toContain(`Tracking server at ${url} (store: ${program.store}, artifacts: mlflow-artifacts:/)`);
    const { tracking } = connect(url);
    const { info } = await tracking.createRun({ experimentId: '0' });
    expect(fs.existsSync(path.join(program.store, '0', info.runId, 'meta.yaml'))).toBe(true);
    const ended = exitOf(child);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readLock(lockFile(program.cache, program.store))).toBeUndefined();
  });

  test('keeps artifacts where it is told', async () => {
    const { url } = await program.serve('--artifacts-destination', 'files');
    const client = connect(url);
    const { info } = await client.tracking.createRun({ experimentId: '0' });
    await client.artifacts.open(info.artifactUri).write('a.txt', toStream('x'));
    expect(fs.existsSync(path.join(program.folder, 'files/0', info.runId, 'artifacts/a.txt'))).toBe(true);
  });

  test('takes the next port when its own is taken', async () => {
    const taken = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as net.AddressInfo;
    const { url } = await program.serve('--port', String(port));
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
    taken.close();
  });

  test('serves a store once', async () => {
    const { url } = await program.serve();
    const { code, err } = await program.server();
    expect(code).toBe(1);
    expect(err).toContain(`${program.store} is served already, at ${url}`);
  });

  test('ends by itself when nobody needs it', async () => {
    const { child } = await program.serve('--end-when-idle', '0');
    expect(await exitOf(child)).toBe(0);
  });

  test('makes a .gitignore in a .mlflow of its own making only', async () => {
    await program.serve();
    expect(fs.readFileSync(path.join(program.store, '.gitignore'), 'utf8')).toBe('*\n');
    const other = path.join(program.folder, 'mlruns');
    await program.serve('--backend-store-uri', other);
    expect(fs.existsSync(path.join(other, '0'))).toBe(true);
    expect(fs.existsSync(path.join(other, '.gitignore'))).toBe(false);
    await program.run('server', '--backend-store-uri', other, '--stop');
  });
});

describe('--attach', () => {
  test('starts a server in the background, then finds it, until it is stopped', async () => {
    const first = await attach();
    expect(first).toEqual({
      url: `http://127.0.0.1:${first.port}`,
      port: expect.any(Number),
      pid: expect.any(Number),
      store: program.store,
      started: true,
    });
    expect(await attach()).toEqual({ ...first, started: false });
    expect((await connect(first.url).serverInfo()).pid).toBe(first.pid);
    expect((await program.server('--stop')).out).toBe('The server has ended.\n');
    await expect(fetch(`${first.url}/health`)).rejects.toThrow();
    expect((await program.server('--stop')).out).toBe('No server was running.\n');
  });

  test('of many at once gives one server', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => attach()));
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
  });

  test('finds the server that was started from a shell', async () => {
    const { url, child } = await program.serve();
    expect(await attach()).toMatchObject({ url, pid: child.pid, started: false });
  });

  test('replaces a server that was killed', async () => {
    const first = await attach();
    process.kill(first.pid, 'SIGKILL');
    const second = await attach();
    expect(second.started).toBe(true);
    expect(second.pid).not.toBe(first.pid);
  });

  test('replaces a server of another version, unless runs log to it', async () => {
    const first = await attach();
    const file = lockFile(program.cache, program.store);
    fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/"version":"[^"]*"/, '"version":"0.0.1"'));
    const { tracking } = connect(first.url);
    const { info } = await tracking.createRun({ experimentId: '0' });
    expect((await attach()).pid).toBe(first.pid);
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1 });
    const second = await attach();
    expect(second).toMatchObject({ started: true });
    expect(second.pid).not.toBe(first.pid);
    await expect(fetch(`${first.url}/health`)).rejects.toThrow();
  });

  test('tells why a server did not start', async () => {
    fs.mkdirSync(path.dirname(program.store), { recursive: true });
    fs.writeFileSync(path.join(program.folder, 'project', 'file'), '');
    const impossible = path.join(program.folder, 'project', 'file', 'store');
    const { code, err } = await program.run('server', '--backend-store-uri', impossible, '--port', '0', '--attach');
    expect(code).toBe(1);
    expect(err).toContain('The server ended at once.');
    expect(err).toContain(impossible);
  });
});

describe('wrong usage is told, with exit code 2', () => {
  test.each([
    [['server', '--backend-store-uri', 'sqlite:///x.db'], 'sqlite:///x.db'],
    [['server', '--nonsense'], '--nonsense'],
    [['nonsense'], "There is no command 'nonsense'."],
    [[], 'Try: mlflow-workbench --help'],
  ])('%j', async (args, message) => {
    const { code, out, err } = await program.run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

test('--help and --version answer', async () => {
  const { version } = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect((await program.run('--version')).out.trim()).toBe(version);
  expect((await program.run('--help')).out).toContain('server');
  const help = (await program.run('server', '--help')).out;
  for (const option of ['--backend-store-uri', '--default-artifact-root', '--host', '--port', '--attach', '--stop']) {
    expect(help).toContain(option);
  }
});

async function* toStream(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

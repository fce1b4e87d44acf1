import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findHolder, type Holder } from '../../src/embedded/holder.ts';
import { changeLock, lockFile, readLock, type ServerLock } from '../../src/embedded/lock.ts';
import { acquireLock, type StoreLock } from '../../src/embedded/storeLock.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type FileServer, openFileServer } from '../server/fileServer.ts';

/** Beyond what any system gives. */
const DEAD = 2 ** 22 + 12_345;

let server: FileServer;
let file: string;
const listenings: Listening[] = [];

beforeEach(async () => {
  server = await openFileServer();
  file = lockFile(path.join(server.folder, 'cache'), server.store);
});
afterEach(async () => {
  for (const listening of listenings.splice(0)) await listening.close();
  await server[Symbol.asyncDispose]();
});

const acquire = () => acquireLock(file, { store: server.store, version: '1' });

async function acquired(): Promise<StoreLock> {
  const result = await acquire();
  if ('holder' in result) throw new Error('the lock is held');
  return result.lock;
}

async function serve(): Promise<Listening> {
  const listening = await listen(server.app, { host: '127.0.0.1', port: 0 });
  listenings.push(listening);
  return listening;
}

function write(lock: Partial<ServerLock>): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const complete = { pid: process.pid, store: server.store, version: '1', startedAt: Date.now(), ...lock };
  fs.writeFileSync(file, JSON.stringify(complete));
}

test('a store has one lock file, whoever asks', () => {
  expect(lockFile('/c', '/store')).toBe(lockFile('/c', '/store'));
  expect(lockFile('/c', '/store')).not.toBe(lockFile('/c', '/store2'));
});

describe('the lock', () => {
  test('is taken, published and released', async () => {
    const lock = await acquired();
    expect(readLock(file)).toMatchObject({ pid: process.pid, store: server.store, version: '1' });
    expect(readLock(file)?.url).toBeUndefined();
    const { url, port } = await serve();
    await lock.publish(url, port);
    expect(readLock(file)).toMatchObject({ url, port });
    expect(await lock.renew()).toBe(true);
    await lock.release();
    expect(fs.existsSync(file)).toBe(false);
  });

  test('names who has it', async () => {
    const { url, port } = await serve();
    await (await acquired()).publish(url, port);
    expect(await acquire()).toEqual({
      holder: expect.objectContaining({ pid: process.pid, url, port, version: '1', runningRuns: 0 }),
    });
  });

  test('is waited for while its server starts', async () => {
    const lock = await acquired();
    const second = acquire();
    const { url, port } = await serve();
    await lock.publish(url, port);
    expect(((await second) as { holder: Holder }).holder.url).toBe(url);
  });

  test.each([
    ['a process that is gone', { pid: DEAD, url: 'http://127.0.0.1:9', port: 9 }],
    ['a start that never ended', { startedAt: Date.now() - 60_000 }],
    ['another process with its id', { url: 'http://127.0.0.1:9', port: 9 }],
  ])('is taken over from %s', async (_, lock) => {
    write(lock);
    await acquired();
    expect(readLock(file)).toMatchObject({ pid: process.pid, version: '1' });
    expect(readLock(file)?.url).toBeUndefined();
  });

  test('is taken over when its port is another server’s by now', async () => {
    await using other = await openFileServer();
    const listening = await listen(other.app, { host: '127.0.0.1', port: 0 });
    listenings.push(listening);
    write({ url: listening.url, port: listening.port });
    await acquired();
  });

  test.each(['', '{', 'null', '[]', '{"pid":"1"}', '\0\0'])('is free where its file holds %j', async (text) => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    await acquired();
    expect(readLock(file)?.pid).toBe(process.pid);
  });

  test('is lost to who took it over, and not taken back', async () => {
    const lock = await acquired();
    write({ pid: DEAD });
    expect(await lock.renew()).toBe(false);
    await lock.release();
    expect(readLock(file)?.pid).toBe(DEAD);
  });

  test('is made again where somebody emptied the cache', async () => {
    const lock = await acquired();
    fs.rmSync(path.dirname(file), { recursive: true });
    expect(await lock.renew()).toBe(true);
    expect(readLock(file)?.pid).toBe(process.pid);
  });
});

describe('changing the lock file', () => {
  const lock = (pid: number): ServerLock => ({ pid, store: server.store, version: '1', startedAt: 1 });

  test('has one winner', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, (_, pid) => changeLock(file, undefined, lock(pid))));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(readLock(file)?.pid).toBe(results.indexOf(true));
  });

  test('gets past a guard that a dead process left', async () => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(`${file}.guard`, '1');
    fs.utimesSync(`${file}.guard`, new Date(0), new Date(0));
    expect(await changeLock(file, undefined, lock(1))).toBe(true);
    expect(fs.existsSync(`${file}.guard`)).toBe(false);
  });
});

test('nobody holds a store whose lock file was never there', async () => {
  expect(await findHolder(readLock(path.join(os.tmpdir(), 'no such lock.json')))).toBeUndefined();
});

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { Target } from './target.ts';

const target = new Target();
let pid = 0;
let folder = '';
beforeAll(async () => {
  await target.start();
  pid = (await target.ask('/api/mlflow-workbench/server')).pid;
  folder = path.join(target.program.folder, 'project/mlartifacts', target.experimentId, target.runId, 'artifacts');
});
afterAll(() => target.end());

const GIB = 1024 ** 3;
/** bytes that the server's memory may grow by. */
const GROWTH = 100 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024, 'x');

function memory(): number {
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

/** @param stop bytes after which the connection is cut. @returns the status; 0 where it was cut */
function upload(name: string, size: number, stop = Infinity): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port: target.port,
      method: 'PUT',
      path: `${target.artifacts}/${name}`,
      headers: { 'content-length': size },
    });
    let sent = 0;
    const send = () => {
      while (sent < Math.min(size, stop)) {
        sent += CHUNK.length;
        if (!request.write(CHUNK)) return request.once('drain', send);
      }
      return stop === Infinity ? request.end() : request.destroy();
    };
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)));
    request.on('error', (error) => (stop === Infinity ? reject(error) : resolve(0)));
    request.on('close', () => resolve(0));
    send();
  });
}

const visible = async (): Promise<string[]> => {
  const { files = [] } = await target.ask(`artifacts/list?run_id=${target.runId}`);
  return files.map((file: { path: string }) => file.path);
};
const onDisk = (): string[] => fs.readdirSync(folder).sort();

/** The largest that the server's memory is while something is done. */
async function peak(work: () => Promise<void>): Promise<number> {
  let most = memory();
  const timer = setInterval(() => (most = Math.max(most, memory())), 10);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return most;
}

describe.runIf(process.platform === 'linux')('uploads', () => {
  test('of 1 GiB take no memory, and are seen when they are whole', async () => {
    const before = memory();
    const most = await peak(async () => {
      const uploading = upload('big.bin', GIB);
      await until(() => onDisk().some((name) => name.endsWith('.tmp')), 'the upload to begin');
      expect(await visible()).toEqual(['a.txt']);
      expect((await target.send({ target: `${target.artifacts}/big.bin` })).status).toBe(404);
      expect(await uploading).toBe(200);
    });
    expect(most - before).toBeLessThan(GROWTH);
    expect(fs.statSync(path.join(folder, 'big.bin')).size).toBe(GIB);
    expect((await target.send({ method: 'DELETE', target: `${target.artifacts}/big.bin` })).status).toBe(200);
    expect(await visible()).toEqual(['a.txt']);
  }, 120_000);

  test('of which five go on at once take no more', async () => {
    const before = memory();
    const names = ['1', '2', '3', '4', '5'];
    const most = await peak(async () => {
      expect(await Promise.all(names.map((name) => upload(name, 205 * CHUNK.length)))).toEqual([
        200, 200, 200, 200, 200,
      ]);
    });
    expect(most - before).toBeLessThan(GROWTH);
    expect(await visible()).toEqual([...names, 'a.txt']);
    for (const name of names) await target.send({ method: 'DELETE', target: `${target.artifacts}/${name}` });
  }, 120_000);

  test('that break off half-way leave nothing, and the old file where there was one', async () => {
    const sizes = [10, 20, 40].map((size) => size * CHUNK.length);
    const ends = sizes.flatMap((size) => [upload(`half-${size}`, size, size / 2), upload('a.txt', size, size / 2)]);
    expect(new Set(await Promise.all(ends))).toEqual(new Set([0]));
    await until(() => onDisk().every((name) => !name.endsWith('.tmp')), 'what was left to be removed');
    expect(onDisk()).toEqual(['a.txt']);
    expect(fs.readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe('text');
    await target.isWell();
  });

  test('whose end never comes hold no file, once their sender is gone', async () => {
    const controller = new AbortController();
    const body = new ReadableStream({
      async pull(stream) {
        await sleep(20);
        stream.enqueue(CHUNK);
      },
    });
    const url = `http://127.0.0.1:${target.port}${target.artifacts}/endless`;
    const sending = fetch(url, { method: 'PUT', body, signal: controller.signal, ...{ duplex: 'half' } });
    await until(() => onDisk().some((name) => name.endsWith('.tmp')), 'the upload to begin');
    controller.abort();
    await expect(sending).rejects.toThrow();
    await until(() => onDisk().length === 1, 'what was left to be removed');
    await target.isWell();
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** ms of each measurement, and of the one before it that does not count. */
const [TIME, WARM_UP] = [3_000, 1_000];
const CONNECTIONS = 10;

export interface Throughput {
  /** Requests per second that our server acknowledges. */
  readonly ours: number;
  /** Requests per second of a server that reads and parses the body, and does nothing else. */
  readonly parseOnly: number;
}

/** `runs/log-metric` over ten connections that are kept open, each server in a process of its own. */
export async function measureLogMetric(): Promise<Throughput> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mlflow-bench-'));
  const servers: ChildProcess[] = [];
  try {
    const start = async (args: readonly string[]) => {
      const env = { ...process.env, MLFLOW_WORKBENCH_CACHE: path.join(folder, 'cache') };
      const child = spawn(process.execPath, [...process.execArgv, ...args], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      servers.push(child);
      return readUrl(child);
    };
    const cli = path.join(import.meta.dirname, '../../src/cli.ts');
    const ours = await start([cli, 'server', '--backend-store-uri', path.join(folder, 'store'), '--port', '0']);
    const parseOnly = await start([path.join(import.meta.dirname, 'parseOnlyServer.ts')]);
    const runId = await createRun(ours);
    // In turns, so that a noisy machine is noisy for both.
    const rounds: Throughput[] = [];
    for (let round = 0; round < 3; round++) {
      rounds.push({ parseOnly: await measure(parseOnly, runId), ours: await measure(ours, runId) });
    }
    return { ours: median(rounds.map((round) => round.ours)), parseOnly: median(rounds.map((r) => r.parseOnly)) };
  } finally {
    await Promise.all(servers.map(end));
    fs.rmSync(folder, { recursive: true });
  }
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[\d.]+:\d+/.exec(chunk.toString())?.[0];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error('a server ended at once')));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill();
  });
}

async function createRun(url: string): Promise<string> {
  const response = await fetch(`${url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_id: '0' }),
  });
  const { run } = (await response.json()) as { run: { info: { run_id: string } } };
  return run.info.run_id;
}

async function measure(url: string, runId: string): Promise<number> {
  await load(url, runId, WARM_UP);
  return load(url, runId, TIME);
}

/** @returns requests per second. */
async function load(url: string, runId: string, time: number): Promise<number> {
  const port = Number(new URL(url).port);
  const end = performance.now() + time;
  let done = 0;
  const connection = async () => {
    const socket = net.connect(port, '127.0.0.1');
    for (; performance.now() < end; done++) await post(socket, port, metric(runId, done));
    socket.destroy();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return Math.round((1000 * done) / time);
}

function metric(runId: string, step: number): string {
  const fields = { run_uuid: runId, run_id: runId, key: 'loss', value: 1 / (step + 1), timestamp: Date.now(), step };
  return JSON.stringify(fields);
}

/** A plain socket: a client that does more would be the bottleneck. */
function post(socket: net.Socket, port: number, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let reply = '';
    const read = (chunk: Buffer) => {
      reply += chunk.toString('latin1');
      if (!reply.endsWith('\r\n\r\n{}')) return;
      socket.off('data', read).off('close', reject);
      if (reply.startsWith('HTTP/1.1 200 ')) resolve();
      else reject(new Error(reply));
    };
    socket.on('data', read).once('close', reject);
    socket.write(
      `POST /api/2.0/mlflow/runs/log-metric HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

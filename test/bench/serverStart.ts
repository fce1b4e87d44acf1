import path from 'node:path';
import type { Bench } from './bench.ts';
import { Connection } from './connection.ts';
import { newCache } from './indexedStores.ts';
import { type ServerProcess, startNode, startServer } from './serverProcess.ts';

const ROUNDS = 9;
const BARE = `
  const server = require('node:http').createServer((request, response) => response.end('OK'));
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));`;

/** From the start of the process to the answer to `/health`. */
export async function measureServerStart({ folder, report }: Bench): Promise<void> {
  const place = { store: path.join(folder, 'start'), cache: newCache(folder) };
  const rounds = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.floor.push(await startTime(() => startNode(['-e', BARE])));
    rounds.ours.push(await startTime(() => startServer(place)));
  }
  report('start.server', rounds);
}

async function startTime(start: () => Promise<ServerProcess>): Promise<number> {
  const before = performance.now();
  const server = await start();
  const connection = await Connection.open(server.url);
  await connection.get('/health');
  const time = performance.now() - before;
  connection.close();
  await server.end();
  return time;
}

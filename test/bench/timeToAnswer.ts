import { Connection } from './connection.ts';
import type { Operation } from './operations.ts';
import { type ServerPlace, type ServerProcess, startServer } from './serverProcess.ts';

/** @returns ms from the start of a server's process to its answer to this search. */
export async function timeToAnswer(place: ServerPlace, search: Operation): Promise<number> {
  const [time, server] = await startAndAsk(place, search);
  await server.end();
  return time;
}

/** @returns the time as above, and the server, which goes on. */
export async function startAndAsk(place: ServerPlace, { path, body }: Operation): Promise<[number, ServerProcess]> {
  const start = performance.now();
  const server = await startServer(place);
  const connection = await Connection.open(server.url);
  await connection.post(path, body);
  const time = performance.now() - start;
  connection.close();
  return [time, server];
}

import { Connection } from './connection.ts';
import type { Operation } from './operations.ts';
import type { Samples } from './samples.ts';

export interface Load {
  readonly connections: number;
  /** ms */
  readonly time: number;
  /** The next request of a connection. @param n another number each time, also in later loads. */
  next(connection: number, n: number): Operation;
}

export interface Answered {
  /** Requests per second. */
  readonly rate: number;
  /** ms of each. */
  readonly latencies: Samples;
}

/** Connections that each send the next request when the last one was answered. @throws where one is not answered by 200. */
export async function load(url: string, { connections, time, next }: Load): Promise<Answered> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(url)));
  const latencies: number[] = [];
  const start = performance.now();
  // No client sends a request each microsecond.
  let n = Math.floor(1_000 * start);
  const work = async (connection: Connection, at: number) => {
    for (let now = performance.now(); now < start + time; ) {
      const { path, body } = next(at, n++);
      await connection.post(path, body);
      const then = performance.now();
      latencies.push(then - now);
      now = then;
    }
  };
  try {
    await Promise.all(open.map(work));
    return { rate: (1_000 * latencies.length) / (performance.now() - start), latencies };
  } finally {
    for (const connection of open) connection.close();
  }
}

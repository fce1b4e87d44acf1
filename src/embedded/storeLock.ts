import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readText } from '../files/read.ts';
import { makePrivateFolder } from '../files/write.ts';
import { findHolder, type Holder } from './holder.ts';
import { changeLock, parseLock, type ServerLock } from './lock.ts';

/** Our hold on a store: while we have it, whoever wants to serve the store finds us. */
export interface StoreLock {
  /** Says where we listen. */
  publish(url: string, port: number): Promise<void>;
  /** False when another process took over. A file that vanished is made again. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** Takes the lock of a store, also from a process that is gone. @returns the server that has it, if one has. */
export async function acquireLock(
  file: string,
  own: Pick<ServerLock, 'store' | 'version' | 'token'>,
): Promise<{ readonly lock: StoreLock } | { readonly holder: Holder }> {
  makePrivateFolder(path.dirname(file));
  const mine: ServerLock = { pid: process.pid, ...own, startedAt: Date.now() };
  for (;;) {
    const seen = readText(file);
    const holder = await findHolder(parseLock(seen));
    if (holder === 'starting') await sleep(20);
    else if (holder) return { holder };
    else if (await changeLock(file, seen, mine)) return { lock: held(file, mine) };
  }
}

function held(file: string, own: ServerLock): StoreLock {
  let mine = own;
  const isOurs = (text: string | undefined) => {
    const lock = parseLock(text);
    return lock?.pid === own.pid && lock.startedAt === own.startedAt;
  };
  return {
    async publish(url, port) {
      mine = { ...mine, url, port };
      const text = readText(file);
      if (isOurs(text)) await changeLock(file, text, mine);
    },
    async renew() {
      const text = readText(file);
      return isOurs(text) || (text === undefined && (await changeLock(file, undefined, mine)));
    },
    async release() {
      const text = readText(file);
      if (isOurs(text)) await changeLock(file, text, undefined);
    },
  };
}

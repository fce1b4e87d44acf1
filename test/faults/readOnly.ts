import fs from 'node:fs';
import path from 'node:path';
import { connect } from '../../src/client/connect.ts';
import { MlflowError } from '../../src/entities/error.ts';
import { serve } from './builtServer.ts';
import { isSame } from './compare.ts';
import { memoryDisk, whyNoDisk } from './memoryDisk.ts';
import { makeWorld, OPERATIONS } from './operations.ts';
import type { FaultRow } from './row.ts';
import { showAll } from './stores.ts';

const SIZE = 8 * 1024 * 1024;

/** Serves a store that cannot be written, and one whose cache folder cannot. */
export async function serveReadOnly({ cli }: { readonly cli: string }): Promise<FaultRow> {
  const row = {
    fault: 'a disk that can only be read: of the store, of the cache',
    unit: 'operations',
    target: 'browsing works, writes get a clear 4xx, the index is kept in the cache',
  };
  const reason = whyNoDisk();
  if (reason !== undefined) return { ...row, done: 0, lost: [], broken: [], notes: `skipped: ${reason}` };
  using disk = memoryDisk(SIZE);
  using other = memoryDisk(SIZE);
  const [store, cache] = [path.join(disk.path, 'store'), path.join(other.path, 'cache')];
  const args = ['--artifacts-destination', path.join(disk.path, 'artifacts')];
  const broken: string[] = [];
  let done = 0;

  const writable = await serve({ cli, store, cache, args });
  const first = connect(writable.url);
  const world = await makeWorld(first);
  const before = await showAll(first);
  await writable.end('SIGTERM');

  disk.makeReadOnly(true);
  for (const more of [[], ['--read-only']]) {
    const server = await serve({ cli, store, cache, args: [...args, ...more] });
    const client = connect(server.url);
    for (const operation of OPERATIONS.filter(({ name }) => name !== 'reading')) {
      const error = await operation.run(client, world).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      done += 1;
      const isClear = error instanceof MlflowError && error.code === 'PERMISSION_DENIED' && /read/.test(error.message);
      if (!isClear) broken.push(`${operation.name} ${more.join()}: ${error}`);
    }
    if (!isSame(await showAll(client), before)) broken.push(`what is shown has changed ${more.join()}`);
    if (!server.said().includes('It only reads.') && more.length > 0) broken.push('it does not say that it only reads');
    client.dispose();
    if ((await server.end('SIGTERM')) !== 0) broken.push('it did not end well');
  }
  if (fs.readdirSync(path.join(cache, 'indexes')).length !== 1) broken.push('there is no index in the cache');

  disk.makeReadOnly(false);
  other.makeReadOnly(true);
  const server = await serve({ cli, store, cache, args });
  const client = connect(server.url);
  if (!/without a lock.*MLFLOW_WORKBENCH_CACHE/.test(server.said())) broken.push(`it said ${server.said()}`);
  if (!isSame(await showAll(client), before)) broken.push('without a cache something else is shown');
  for (const operation of OPERATIONS.slice(0, 4)) {
    await operation.run(client, world);
    done += 1;
  }
  client.dispose();
  if ((await server.end('SIGTERM')) !== 0) broken.push(`without a cache it did not end well: ${server.said()}`);
  return { ...row, done, lost: [], broken };
}

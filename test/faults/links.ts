import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '../../src/client/connect.ts';
import type { Attached } from '../../src/embedded/attach.ts';
import { stop } from '../../src/embedded/attach.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { differences, isSame } from './compare.ts';
import { makeWorld, OPERATIONS } from './operations.ts';
import type { FaultRow } from './row.ts';
import { findRubbish, openFileStores, showAll } from './stores.ts';

/** The folder of a store, of an experiment and of a run are links to other places. */
export async function followLinks({ cli }: { readonly cli: string }): Promise<FaultRow> {
  using folder = temporaryFolder();
  const [real, link, cache] = [folder.join('real'), folder.join('link'), folder.join('cache')];
  const broken: string[] = [];
  fs.mkdirSync(path.join(real, 'store'), { recursive: true });
  const stores = await openFileStores(real);
  const world = await makeWorld(stores);
  const before = await showAll(stores);
  await stores.close();
  const elsewhere = (from: string, name: string) => {
    fs.renameSync(from, folder.join(name));
    fs.symlinkSync(folder.join(name), from);
  };
  elsewhere(path.join(real, 'store', world.experimentId, world.runId), 'run');
  elsewhere(path.join(real, 'store', world.experimentId), 'experiment');
  fs.symlinkSync(real, link);

  // One server, by whichever name it is asked for.
  const args = ['--artifacts-destination', path.join(real, 'artifacts')];
  const ask = (root: string) => attach(cli, path.join(root, 'store'), cache, args);
  const attached = await Promise.all([ask(real), ask(link), ask(`${link}/store/..`)]);
  const [first] = attached as [Attached, ...Attached[]];
  if (new Set(attached.map(({ pid }) => pid)).size !== 1) broken.push('two names of a store have two servers');

  const client = connect(first.url);
  if (!isSame(await showAll(client), before)) broken.push(`links: ${differences(await showAll(client), before)}`);
  // Moving an experiment moves its link.
  for (const operation of OPERATIONS) {
    await operation.run(client, world).catch((error: unknown) => {
      // Later ones find what earlier ones have removed.
      if (!/not found|not exist|must be in|non-active|No tag|exists/.test(String(error)))
        broken.push(`${operation.name}: ${error}`);
    });
  }
  const shown = await showAll(client);
  client.dispose();
  await stop(cache, fs.realpathSync(path.join(real, 'store')));
  const indexes = fs.readdirSync(path.join(cache, 'indexes'));
  if (indexes.length > 1) broken.push(`there are ${indexes.length} indexes`);
  for (const root of [real, link]) {
    const fresh = await openFileStores(root, { isReadOnly: true });
    const read = await showAll(fresh);
    await fresh.close();
    if (!isSame(read, shown)) broken.push(`the disk has something else: ${differences(shown, read)}`);
  }
  broken.push(...findRubbish(folder.path));
  return {
    fault: 'the folder of the store, of an experiment and of a run are links',
    unit: 'operations',
    done: OPERATIONS.length,
    lost: [],
    broken,
    target: 'one server, one index, everything works',
  };
}

/** `server --attach` in a process of its own. @throws with what it said */
export function attach(cli: string, store: string, cache: string, args: readonly string[] = []): Promise<Attached> {
  const all = [cli, 'server', '--backend-store-uri', store, '--port', '0', '--attach', ...args];
  const env = { ...process.env, MLFLOW_WORKBENCH_CACHE: cache };
  const child = spawn(process.execPath, all, { cwd: os.tmpdir(), env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(out.join('')));
      else reject(new Error(err.join('')));
    });
  });
}

import fs from 'node:fs';
import path from 'node:path';
import { connect } from '../../src/client/connect.ts';
import { type Attached, stop } from '../../src/embedded/attach.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';
import { serve } from './builtServer.ts';
import { attach } from './links.ts';
import type { FaultRow } from './row.ts';

export interface WindowsOptions {
  readonly cli: string;
  readonly rounds: number;
}

/** Two windows (and a third) open the same folder at the same moment, again and again; another server only reads. */
export async function openWindows({ cli, rounds }: WindowsOptions): Promise<FaultRow> {
  using folder = temporaryFolder();
  const [store, cache] = [folder.join('project', '.mlflow'), folder.join('cache')];
  const [lost, broken]: [string[], string[]] = [[], []];
  let last: Attached | undefined;
  for (let round = 0; round < rounds; round++) {
    const all = await Promise.all([attach(cli, store, cache), attach(cli, store, cache), attach(cli, store, cache)]);
    const [first] = all;
    if (!first) break;
    last = first;
    if (new Set(all.map(({ pid }) => pid)).size !== 1) broken.push(`round ${round}: ${JSON.stringify(all)}`);
    if (all.filter(({ started }) => started).length > 1) broken.push(`round ${round}: started more than once`);

    // Both windows write, and somebody looks from a third program.
    const reader = await serve({ cli, store, cache, args: ['--read-only'] });
    const clients = all.map(({ url }) => connect(url));
    const created = await Promise.all(
      clients.map(async ({ tracking }, at) => {
        const { info } = await tracking.createRun({ experimentId: '0', runName: `${round}-${at}` });
        await tracking.logBatch(info.runId, { metrics: [{ key: 'm', value: at, timestamp: 1, step: 0 }] });
        return info.runId;
      }),
    );
    for (const { tracking } of [...clients, connect(reader.url)]) {
      const { items } = await tracking.searchRuns({ experimentIds: ['0'], maxResults: 1_000 });
      const found = new Map(items.map(({ info, data }) => [info.runId, data.metrics.get('m')?.value]));
      created.forEach((runId, at) => {
        if (found.get(runId) !== at) lost.push(`round ${round}: run ${at} is ${found.get(runId)}`);
      });
      if (items.length !== (round + 1) * 3) lost.push(`round ${round}: ${items.length} runs`);
    }
    for (const client of clients) client.dispose();
    await reader.end('SIGTERM');
    // Every second time it is killed, which leaves its lock behind.
    if (round % 2 === 0) process.kill(first.pid, 'SIGKILL');
    else await stop(cache, store);
    const names = () => fs.readdirSync(path.join(cache, 'servers')).filter((name) => !/\.(?:json|log)$/.test(name));
    // A guard that a killed server held is in nobody's way for long.
    await until(() => names().every((name) => round % 2 === 0 && name.endsWith('.guard')), 'what locks leave to go');
  }
  if (last) await stop(cache, store);
  return {
    fault: 'three windows on one folder at the same moment, and a server that only reads',
    unit: 'rounds',
    done: rounds,
    lost,
    broken,
    target: 'one server, 0 lost, index never torn',
  };
}

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/client/connect.ts';
import { MLFLOW_VERSIONS, type MlflowVersion, runProgram } from '../python/environments.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { serve } from './builtServer.ts';
import type { FaultRow } from './row.ts';

export interface PythonWritersOptions {
  readonly cli: string;
  /** Points of each of the four. */
  readonly points: number;
}

const environment = { MLFLOW_ALLOW_FILE_STORE: 'true', PYTHONWARNINGS: 'ignore' };
const SOURCE = { sourceType: 'local', source: 's', schema: undefined, profile: undefined };

/** Four Python programs and our server write to one run at the same time, and two more read everything in a loop. */
export async function writeWithPython({ cli, points }: PythonWritersOptions): Promise<FaultRow> {
  using folder = temporaryFolder();
  const [store, cache, enough] = [folder.join('store'), folder.join('cache'), folder.join('enough')];
  const server = await serve({ cli, store, cache });
  const client = connect(server.url);
  const [lost, broken]: [string[], string[]] = [[], []];
  const { runId } = (await client.tracking.createRun({ experimentId: '0', runName: 'shared' })).info;
  const acknowledged: number[] = [];
  let isOver = false;

  /** Everything that makes files which MLflow lists. */
  const writeOurs = async () => {
    for (let at = 0; !isOver; at++) {
      const step = 9_000_000 + at;
      const metrics = [{ key: 'shared', value: at, timestamp: step, step }];
      await client.tracking.logBatch(runId, { metrics });
      acknowledged.push(step);
      const point = { value: 1, timestamp: 1, step: 0 };
      await client.tracking.logBatch(runId, {
        metrics: at < 200 ? [{ key: `new/${at}`, ...point }] : [],
        params: at < 200 ? [{ key: `p${at}`, value: 'x' }] : [],
        tags: [{ key: 'rewritten', value: 'y'.repeat(at % 500) }],
      });
      if (at % 10 === 0) await writeOthers(at);
    }
  };
  const writeOthers = async (at: number) => {
    const { tracking, registry } = client;
    const { info } = await tracking.createRun({ experimentId: '0', runName: `run ${at}` });
    const dataset = { name: 'd', digest: String(at), ...SOURCE };
    await tracking.logInputs(info.runId, [{ dataset, tags: new Map() }], []);
    await tracking.updateRun(info.runId, { status: 'FINISHED', endTime: 1, runName: `run ${at} ended` });
    await tracking.setExperimentTag('0', { key: 'k', value: String(at) });
    if (at === 0) await registry.createRegisteredModel({ name: 'm' });
    await registry.createModelVersion({ name: 'm', source: 's3://b/x', tags: new Map([['k', 'v']]) });
    await registry.setAlias('m', 'newest', String(at / 10 + 1));
  };

  try {
    const ours = writeOurs().catch((error: unknown) => void broken.push(`our server: ${error}`));
    // A model appears as a folder first, in MLflow as in ours: its readers start when there is one.
    await sleep(1_000);
    const readers = MLFLOW_VERSIONS.map(async (version) => {
      const read = (await runProgram(version, 'search_all.py', [store, enough], { environment })) as Read;
      return { version, ...read };
    });
    const writers = [0, 1, 2, 3].map((writer) => {
      const version = MLFLOW_VERSIONS[writer % 2] as MlflowVersion;
      const args = [store, runId, String(writer), String(points)];
      return runProgram(version, 'log_lines.py', args, { environment }).catch(
        (error: unknown) => void broken.push(`writer ${writer}: ${error}`),
      );
    });
    await Promise.all(writers);
    isOver = true;
    await ours;
    fs.writeFileSync(enough, '');
    const read = await Promise.all(readers);
    for (const { version, errors } of read) broken.push(...errors.map((error) => `MLflow ${version} reads: ${error}`));

    const text = fs.readFileSync(path.join(store, '0', runId, 'metrics', 'shared'), 'utf8');
    const lines = text.trimEnd().split('\n');
    const malformed = lines.filter((line) => !/^\d+ \d+(?:\.\d+)?(?:e-?\d+)? \d+$/.test(line));
    broken.push(...malformed.map((line) => `a torn line: ${line}`));
    const steps = new Set(lines.map((line) => Number(line.split(' ')[2])));
    const expected = [0, 1, 2, 3].flatMap((writer) => Array.from({ length: points }, (_, at) => writer * 1e6 + at));
    const missing = [...expected, ...acknowledged].filter((step) => !steps.has(step));
    if (missing.length > 0) lost.push(`${missing.length} points, such as step ${missing.slice(0, 10).join(', ')}`);
    if (steps.size !== lines.length) broken.push(`${lines.length - steps.size} lines are there twice`);
    const history = (await client.tracking.getMetricHistory(runId, 'shared')).items;
    if (history.length !== lines.length) broken.push(`our server shows ${history.length} of ${lines.length} points`);
    broken.push(...(await client.problems()).map((problem) => `${problem.path}: ${problem.message}`));
    const rounds = read.map(({ rounds }) => rounds);
    return {
      fault: 'four Python programs (both MLflows) and our server write one run, two Pythons read everything in a loop',
      unit: 'points',
      done: lines.length,
      lost,
      broken,
      notes: `${acknowledged.length} of our server; everything was read ${rounds.join(' and ')} times`,
      target: '0 lost, 0 malformed, no error of Python',
    };
  } finally {
    isOver = true;
    fs.writeFileSync(enough, '');
    client.dispose();
    await server.end('SIGTERM');
  }
}

interface Read {
  readonly rounds: number;
  readonly errors: readonly string[];
}

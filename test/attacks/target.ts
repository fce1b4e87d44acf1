import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { Program } from '../cli/program.ts';
import { exchange, type RawRequest, type Reply, requestBytes } from './exchange.ts';

/** A request that must be refused. */
export interface Attack extends RawRequest {
  readonly name: string;
  /** What the answer must be: any 4xx where absent. */
  readonly status?: number | readonly number[];
}

/** ms: what an answer may take on a machine that does nothing else, and on one that does. */
const [QUICK, AT_ALL] = [10, 2_000];
/** ms that reading and parsing a byte may take beyond that. */
const PER_BYTE = 100 / 1e6;
/** Tries until one is quick, with a pause (ms) between them: others may use the machine for a while. */
const [TRIES, PAUSE] = [30, 20];

/** The program itself, serving a store with a bit of everything in it, and things around it that nobody may touch. */
export class Target {
  readonly program = new Program();
  readonly canary: string;
  port = 0;
  runId = '';
  experimentId = '';
  modelId = '';
  refused = 0;

  constructor() {
    this.canary = path.join(this.program.folder, 'canary.txt');
    fs.writeFileSync(this.canary, 'nobody reads this');
  }

  async start(...args: string[]): Promise<void> {
    const { url } = await this.program.serve(...args);
    this.port = Number(new URL(url).port);
    const experiment = await this.ask('experiments/create', { name: 'seed' });
    this.experimentId = experiment.experiment_id;
    const { run } = await this.ask('runs/create', { experiment_id: this.experimentId, start_time: 1 });
    this.runId = run.info.run_id;
    const { model } = await this.ask('logged-models', { experiment_id: this.experimentId, name: 'seed' });
    this.modelId = model.info.model_id;
    await this.ask('registered-models/create', { name: 'seed' });
    await this.ask('model-versions/create', { name: 'seed', source: 's3://bucket/seed' });
    await this.ask('runs/log-batch', {
      run_id: this.runId,
      metrics: [{ key: 'm', value: 1, timestamp: 1, step: 0 }],
      params: [{ key: 'p', value: 'v' }],
      tags: [{ key: 't', value: 'v' }],
    });
    const trace_location = { mlflow_experiment: { experiment_id: this.experimentId } };
    const trace_info = { trace_id: 'tr-seed', trace_location, request_time: '2026-11-23T08:49:35Z', state: 'OK' };
    await this.ask('/api/3.0/mlflow/traces', { trace: { trace_info } });
    await this.send({ method: 'PUT', target: `${this.artifacts}/a.txt`, body: 'text' });
  }

  /** Where the run's artifacts are served. */
  get artifacts(): string {
    return `/api/2.0/mlflow-artifacts/artifacts/${this.experimentId}/${this.runId}/artifacts`;
  }

  send(request: RawRequest): Promise<Reply> {
    return exchange(this.port, requestBytes(this.port, request));
  }

  /** A request that must succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of all shapes
  async ask(path: string, body?: object): Promise<any> {
    const target = path.startsWith('/') ? path : `/api/2.0/mlflow/${path}`;
    const reply = await this.send({ target, body: body && JSON.stringify(body) });
    if (reply.status !== 200) throw new Error(`${path} -> ${reply.status} ${reply.body}`);
    return JSON.parse(reply.body);
  }

  /** Sends each attack until it was refused quickly; then nothing on disk is another, and the server goes on. */
  async refuses(attacks: readonly Attack[]): Promise<void> {
    const before = this.look();
    const failures: string[] = [];
    for (const attack of attacks) {
      const failure = await this.#failureOf(attack);
      if (failure) failures.push(`${attack.name}: ${failure}`);
      else this.refused += 1;
    }
    expect(failures).toEqual([]);
    expect(this.look()).toEqual(before);
    await this.isWell();
  }

  async #failureOf(attack: Attack): Promise<string | undefined> {
    const times: number[] = [];
    while (times.length < TRIES) {
      const reply = await this.send(attack).catch((error: Error) => error);
      if (reply instanceof Error) return reply.message;
      const { status, body, time } = reply;
      const wanted = attack.status === undefined ? [] : [attack.status].flat();
      const isRefused = wanted.length > 0 ? wanted.includes(status) : status >= 400 && status < 500;
      if (!isRefused) return `answered ${status} ${body.slice(0, 300)}`;
      // Node itself answers what is no HTTP, and says why in the status alone, or closes the connection.
      if (![0, 400, 431].includes(status) && !reasonOf(body)) return `gives no reason: ${body.slice(0, 300)}`;
      if (body.includes('nobody reads this')) return 'tells what lies elsewhere';
      if (time > AT_ALL) return `took ${time} ms`;
      if (time <= QUICK + PER_BYTE * (attack.body?.length ?? 0)) return undefined;
      times.push(time);
      await sleep(PAUSE);
    }
    return `took ${Math.min(...times)} ms at best`;
  }

  /** Good requests are answered, and the server has met no defect. */
  async isWell(): Promise<void> {
    const { run } = await this.ask(`runs/get?run_id=${this.runId}`);
    expect(run.data.params).toEqual([{ key: 'p', value: 'v' }]);
    expect(this.program.complaints).toBe('');
  }

  /** Everything on disk but the server's own cache: what it is, and what it holds. */
  look(): readonly string[] {
    const { folder, cache } = this.program;
    return entriesBelow(folder)
      .filter(({ file }) => !file.startsWith(cache))
      .map(({ entry, file }) => `${path.relative(folder, file)} ${entry.isFile() ? contentOf(file) : 'other'}`)
      .sort();
  }

  end(): Promise<void> {
    return this.program.end();
  }
}

/** Follows no links. */
function entriesBelow(folder: string): { entry: fs.Dirent; file: string }[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return [{ entry, file }, ...(entry.isDirectory() ? entriesBelow(file) : [])];
  });
}

function contentOf(file: string): string {
  const { mtimeMs } = fs.statSync(file);
  return `${mtimeMs} ${createHash('md5').update(fs.readFileSync(file)).digest('hex')}`;
}

function reasonOf(body: string): string | undefined {
  if (!body.startsWith('{')) return body;
  const { message, detail } = JSON.parse(body);
  return message ?? detail;
}

import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Scanned, type ScanTask, scan } from './scan.ts';

/** More threads than this wait for the disk, and for each other. */
const MAX_THREADS = 4;
/** MB of what a thread has just made: it keeps little of it, and a larger room would stay with the process. */
const YOUNG = 8;
/** ms after which threads without work end. */
const IDLE = 5_000;

interface Job {
  readonly task: ScanTask;
  resolve(scanned: Scanned): void;
}

/** Threads that read runs, started when there is work and ended some time after it. */
export class ScanPool {
  readonly #waiting: Job[] = [];
  readonly #threads = new Map<Worker, Job | undefined>();
  readonly #size = Math.min(MAX_THREADS, os.availableParallelism());
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Most threads that it has. */
  get size(): number {
    return this.#size;
  }

  /** Reads runs in a thread, or here where threads cannot be had. */
  read(task: ScanTask): Promise<Scanned> {
    return new Promise((resolve) => {
      this.#waiting.push({ task, resolve });
      this.#assign();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#endThreads();
  }

  #assign(): void {
    clearTimeout(this.#idle);
    for (const [thread, job] of this.#threads) if (!job) this.#give(thread);
    while (this.#waiting.length > 0 && this.#threads.size < this.#size && !this.#isClosed) this.#give(this.#start());
    if (this.#isClosed) for (const { task, resolve } of this.#waiting.splice(0)) resolve(scan(task));
    const isIdle = [...this.#threads.values()].every((job) => !job);
    if (isIdle) this.#idle = setTimeout(() => this.#endThreads(), IDLE).unref();
  }

  #give(thread: Worker): void {
    const job = this.#waiting.shift();
    this.#threads.set(thread, job);
    if (!job) return;
    thread.ref();
    thread.postMessage(job.task);
  }

  #start(): Worker {
    const thread = new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    thread.on('message', (scanned: Scanned) => {
      const job = this.#threads.get(thread);
      this.#threads.set(thread, undefined);
      thread.unref();
      job?.resolve(scanned);
      this.#assign();
    });
    thread.on('error', () => this.#lost(thread));
    thread.on('exit', () => this.#lost(thread));
    return thread;
  }

  /** A thread that could not start, or died of a run: its work is done here, where a defect is seen. */
  #lost(thread: Worker): void {
    const job = this.#threads.get(thread);
    if (!this.#threads.delete(thread)) return;
    if (job) job.resolve(scan(job.task));
    this.#assign();
  }

  #endThreads(): void {
    for (const [thread, job] of this.#threads) {
      if (job && !this.#isClosed) continue;
      void thread.terminate();
    }
  }
}

/** Beside this file, in the sources as in the bundle. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './scanWorker.ts' : './scanWorker.js', import.meta.url);
}

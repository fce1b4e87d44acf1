import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { Courtesy } from './courtesy.ts';
import type { Dating } from './dating.ts';
import type { Scanned, ScanTask } from './scan.ts';
import { perform, type Task } from './threadWork.ts';

/** More threads than this wait for the disk, and for each other. */
const MAX_THREADS = 4;
/** MB of what a thread has just made: it keeps little of it, and a larger room would stay with the process. */
const YOUNG = 8;
/** ms after which a thread that rests may find that it need not. */
const NAP = 200;
/** ms after which threads without work end. */
const IDLE = 5_000;

interface Job {
  readonly task: Task;
  /** When a thread got it (`performance.now`). */
  begun: number;
  resolve(result: unknown): void;
}

/** Threads that read runs, started when there is work and ended some time after it. */
export class ScanPool {
  readonly #waiting: Job[] = [];
  readonly #threads = new Map<Worker, Job | undefined>();
  /** Threads that get nothing to do for a while. */
  readonly #resting = new Set<Worker>();
  readonly #courtesy = new Courtesy();
  readonly #size = Math.min(MAX_THREADS, os.availableParallelism());
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** Most threads that it has. */
  get size(): number {
    return this.#size;
  }

  /** Whether there are threads, so that work begins at once. */
  get isRunning(): boolean {
    return this.#threads.size > 0;
  }

  /** Whether its threads rest now and then, since requests keep this one busy. */
  get isCourteous(): boolean {
    return this.#courtesy.isBusy;
  }

  /** Reads runs in a thread, or here where threads cannot be had. */
  read(scan: ScanTask): Promise<Scanned> {
    return this.#run({ scan }) as Promise<Scanned>;
  }

  /** The same for the dates of folders (s since the epoch). */
  date(dating: Dating): Promise<Float64Array> {
    return this.#run({ dating }) as Promise<Float64Array>;
  }

  /** The folders in a folder, by their names; `undefined` where they cannot be had. */
  list(folder: string): Promise<readonly string[] | undefined> {
    return this.#run({ listing: folder }) as Promise<readonly string[] | undefined>;
  }

  /** A request is answered: many of them go before what threads do. */
  noteRequest(): void {
    this.#courtesy.note();
  }

  close(): void {
    this.#isClosed = true;
    this.#endThreads();
  }

  #run(task: Task): Promise<unknown> {
    return new Promise((resolve) => {
      this.#waiting.push({ task, begun: 0, resolve });
      this.#assign();
    });
  }

  #assign(): void {
    clearTimeout(this.#idle);
    for (const [thread, job] of this.#threads) if (!job && !this.#resting.has(thread)) this.#give(thread);
    while (this.#waiting.length > 0 && this.#threads.size < this.#size && !this.#isClosed) this.#give(this.#start());
    if (this.#isClosed) for (const { task, resolve } of this.#waiting.splice(0)) resolve(perform(task).result);
    const isIdle = this.#waiting.length === 0 && [...this.#threads.values()].every((job) => !job);
    if (isIdle) this.#idle = setTimeout(() => this.#endThreads(), IDLE).unref();
  }

  #give(thread: Worker): void {
    const job = this.#waiting.shift();
    this.#threads.set(thread, job);
    if (!job) return;
    job.begun = performance.now();
    thread.ref();
    thread.postMessage(job.task);
  }

  #start(): Worker {
    const thread = new Worker(workerFile(), { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    thread.on('message', (result: unknown) => {
      const job = this.#threads.get(thread);
      this.#threads.set(thread, undefined);
      thread.unref();
      job?.resolve(result);
      if (job) this.#rest(thread, this.#courtesy.pause(performance.now() - job.begun));
      this.#assign();
    });
    thread.on('error', () => this.#lost(thread));
    thread.on('exit', () => this.#lost(thread));
    return thread;
  }

  #rest(thread: Worker, pause: number): void {
    if (pause === 0) return;
    this.#resting.add(thread);
    setTimeout(
      () => {
        this.#resting.delete(thread);
        if (pause > NAP && this.#courtesy.isBusy && this.#threads.has(thread)) this.#rest(thread, pause - NAP);
        else this.#assign();
      },
      Math.min(pause, NAP),
    );
  }

  /** A thread that could not start, or died of a run: its work is done here, where a defect is seen. */
  #lost(thread: Worker): void {
    const job = this.#threads.get(thread);
    this.#resting.delete(thread);
    if (!this.#threads.delete(thread)) return;
    if (job) job.resolve(perform(job.task).result);
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

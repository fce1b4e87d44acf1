import type { RunStore } from '../tracking/store.ts';

/** ms of silence after which a run that never ended counts as dead: killed programs do not say so. */
const SILENCE = 24 * 60 * 60 * 1000;

/** Remembers which runs are written through a store, to tell how many of them still run. */
export class RunningRuns {
  readonly #store: RunStore;
  /** Run id → time of the last write (`performance.now`: a clock that is put forward must not end a server). */
  readonly #written = new Map<string, number>();

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** The store, with its writes noted. */
  watch<T extends RunStore>(store: T): T {
    const note = (runId: string) => void this.#written.set(runId, performance.now());
    return {
      ...store,
      async createRun(run) {
        const created = await store.createRun(run);
        note(created.info.runId);
        return created;
      },
      updateRun(runId, update) {
        note(runId);
        return store.updateRun(runId, update);
      },
      logBatch(runId, batch) {
        note(runId);
        return store.logBatch(runId, batch);
      },
    };
  }

  async count(): Promise<number> {
    for (const [runId, time] of this.#written) {
      if (performance.now() - time > SILENCE || !(await this.#isRunning(runId))) this.#written.delete(runId);
    }
    return this.#written.size;
  }

  async #isRunning(runId: string): Promise<boolean> {
    const run = await this.#store.getRun(runId).catch(() => undefined); // deleted or broken
    return run?.info.status === 'RUNNING' && run.info.lifecycleStage === 'active';
  }
}

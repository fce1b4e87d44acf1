import type { ArtifactRepositories } from '../artifacts/repository.ts';
import type { TrackingStore } from '../tracking/store.ts';

/** A server that runs are copied from, or to. */
export interface TransferPlace {
  readonly url: string;
  readonly tracking: TrackingStore;
  readonly artifacts: ArtifactRepositories;
}

export interface TransferProgress {
  /** Points of metrics that were copied so far. */
  readonly points: number;
  /** Bytes of artifacts that were copied so far. */
  readonly bytes: number;
}

/** What the parts of one transfer share. */
export class Transfer {
  readonly from: TransferPlace;
  readonly to: TransferPlace;
  readonly signal: AbortSignal | undefined;
  /** What could not be copied, with the reason. */
  readonly missing: string[] = [];
  readonly #onProgress: ((progress: TransferProgress) => void) | undefined;
  #progress: TransferProgress = { points: 0, bytes: 0 };

  constructor(
    from: TransferPlace,
    to: TransferPlace,
    options: {
      readonly signal?: AbortSignal | undefined;
      readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
    } = {},
  ) {
    this.from = from;
    this.to = to;
    this.signal = options.signal;
    this.#onProgress = options.onProgress;
  }

  count(more: Partial<TransferProgress>): void {
    const { points, bytes } = this.#progress;
    this.#progress = { points: points + (more.points ?? 0), bytes: bytes + (more.bytes ?? 0) };
    this.#onProgress?.(this.#progress);
  }
}

import { type Disposable, window } from 'vscode';
import type { ExperimentNode } from './experimentNode.ts';

/** ms after which one asks how far it is: events tell sooner, but some come before anybody listens. */
const INTERVAL = 1_000;

/** The progress line of a view while experiments are being read for the first time. */
export class ReadingProgress implements Disposable {
  readonly #viewId: string;
  readonly #ask: (experiments: readonly ExperimentNode[]) => void;
  readonly #reading = new Set<ExperimentNode>();
  #timer: NodeJS.Timeout | undefined;
  #end = () => {};

  /** @param ask to read on in these experiments */
  constructor(viewId: string, ask: (experiments: readonly ExperimentNode[]) => void) {
    this.#viewId = viewId;
    this.#ask = ask;
  }

  /** An experiment has been read, to its end or not. */
  note(experiment: ExperimentNode): void {
    if (experiment.isBeingRead) this.#reading.add(experiment);
    else this.#reading.delete(experiment);
    if (this.#reading.size === 0) this.dispose();
    else if (this.#timer === undefined) this.#begin();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#reading.clear();
    this.#end();
  }

  #begin(): void {
    this.#timer = setInterval(() => this.#ask([...this.#reading]), INTERVAL);
    const ended = new Promise<void>((resolve) => (this.#end = resolve));
    void window.withProgress({ location: { viewId: this.#viewId } }, () => ended);
  }
}

import { mainMetric } from '../../views/mainMetric.ts';
import { sparkline } from '../../views/sparkline.ts';
import type { RunNode } from './runNode.ts';

/** Points that are read of a curve; a few letters say no more. */
const POINTS = 64;
/** Curves that are read at once, and that wait for it: what is drawn later asks again. */
const [AT_ONCE, WAITING] = [4, 60];
/** Curves that are kept. */
const KEPT = 5_000;
/** ms between two reads of the same curve: a run may log a hundred times a second. */
const PAUSE = 5_000;
/** ms in which rows are gathered that are drawn anew together. */
const TOGETHER = 200;

interface Known {
  /** Differs when the run has logged more. */
  readonly mark: string;
  readonly text: string | undefined;
  readonly readAt: number;
}

/** The curves of main metrics as letters, read after the rows are there that show them. */
export class Sparklines {
  readonly #redraw: (nodes: readonly RunNode[]) => void;
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Map<string, RunNode>();
  readonly #fresh = new Set<RunNode>();
  #reading = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(redraw: (nodes: readonly RunNode[]) => void) {
    this.#redraw = redraw;
  }

  /** What is known of the curve of a run; where that is not all, it is read, and the row drawn once more. */
  of(node: RunNode): string | undefined {
    const known = this.#known.get(node.id);
    const mark = markOf(node);
    if (mark === undefined) return undefined;
    const isDue = known?.mark !== mark && (known === undefined || Date.now() - known.readAt >= PAUSE);
    if (isDue && this.#waiting.size < WAITING) {
      this.#waiting.set(node.id, node);
      this.#readOn();
    }
    return known?.text;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #readOn(): void {
    for (const [id, node] of this.#waiting) {
      if (this.#reading >= AT_ONCE) return;
      this.#waiting.delete(id);
      this.#reading += 1;
      void this.#read(node).finally(() => {
        this.#reading -= 1;
        this.#readOn();
      });
    }
  }

  async #read(node: RunNode): Promise<void> {
    const [mark, metric] = [markOf(node), mainMetric(node.run.data.metrics)];
    if (mark === undefined || !metric) return;
    const before = this.#known.get(node.id);
    // It is about to be read: who asks meanwhile waits for this.
    this.#keep(node.id, { mark, text: before?.text, readAt: Date.now() });
    const reading = node.connection.getMetricSeries(node.run.info.runId, metric.key, { limit: POINTS });
    // A run that is gone, or a server: the row does without.
    const text = await reading.then(({ values }) => sparkline(values)).catch(() => before?.text);
    this.#keep(node.id, { mark, text, readAt: Date.now() });
    if (text !== before?.text) this.#show(node);
  }

  #keep(id: string, known: Known): void {
    this.#known.delete(id);
    this.#known.set(id, known);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) break;
      this.#known.delete(oldest);
    }
  }

  #show(node: RunNode): void {
    this.#fresh.add(node);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const nodes = [...this.#fresh];
      this.#fresh.clear();
      this.#redraw(nodes);
    }, TOGETHER);
  }
}

function markOf({ run }: RunNode): string | undefined {
  const metric = mainMetric(run.data.metrics);
  return metric && [metric.key, metric.step, metric.timestamp, metric.value].join('\n');
}

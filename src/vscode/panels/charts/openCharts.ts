import type { WebviewPanel } from 'vscode';
import type { RunReference } from '../../services/connections.ts';

interface OpenChart {
  readonly panel: WebviewPanel;
  add(runs: readonly RunReference[]): void;
}

/** The open charts that take in further runs: those of runs, not those of a whole experiment. */
export class OpenCharts {
  /** The one that was looked at last comes last. */
  #charts: readonly OpenChart[] = [];

  register(chart: OpenChart): void {
    this.#charts = [...this.#charts, chart];
    chart.panel.onDidChangeViewState(() => {
      if (chart.panel.active) this.#charts = [...this.#charts.filter((other) => other !== chart), chart];
    });
    chart.panel.onDidDispose(() => {
      this.#charts = this.#charts.filter((other) => other !== chart);
    });
  }

  /** Adds runs to the charts that were looked at last, and brings them to the front. @returns false where none are open */
  add(runs: readonly RunReference[]): boolean {
    const chart = this.#charts.at(-1);
    chart?.panel.reveal();
    chart?.add(runs);
    return chart !== undefined;
  }
}

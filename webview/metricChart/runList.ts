import type { ChartRun } from '../../src/protocol/metricChart.ts';
import { element, statusIcon, swatch } from '../shared/dom.ts';

export interface RunListOptions {
  readonly hiddenRuns: readonly string[];
  /** Latest value of the metric that the list has room for, by run. */
  readonly latest: ReadonlyMap<string, string>;
  readonly metricKey: string | undefined;
  readonly onToggle: (runId: string, visible: boolean) => void;
}

/** The legend of all charts: which run has which colour, and which are drawn. Rows are kept while values change. */
export class RunList {
  readonly element = element('ul', { class: 'runs', attributes: { 'aria-label': 'Runs' } });
  readonly #rows = new Map<
    string,
    { row: HTMLElement; box: HTMLInputElement; value: HTMLElement; status: HTMLElement }
  >();

  draw(runs: readonly ChartRun[], { hiddenRuns, latest, metricKey, onToggle }: RunListOptions): void {
    for (const run of runs) {
      const parts = this.#rows.get(run.runId) ?? this.#add(run, onToggle);
      parts.box.checked = !hiddenRuns.includes(run.runId);
      parts.value.textContent = latest.get(run.runId) ?? '';
      parts.value.title = metricKey ?? '';
      if (parts.status.title !== run.status) {
        const status = statusIcon(run.status);
        parts.status.replaceWith(status);
        parts.status = status;
      }
    }
  }

  #add(run: ChartRun, onToggle: RunListOptions['onToggle']) {
    const box = element('input', { attributes: { type: 'checkbox' } });
    box.addEventListener('change', () => onToggle(run.runId, box.checked));
    const value = element('span', { class: 'value number' });
    const status = statusIcon(run.status);
    const label = element(
      'label',
      { title: run.name },
      box,
      swatch(run),
      element('span', { class: 'run-name' }, run.name),
      status,
      value,
    );
    const parts = { row: element('li', { attributes: { 'data-run': run.runId } }, label), box, value, status };
    this.#rows.set(run.runId, parts);
    this.element.append(parts.row);
    return parts;
  }
}

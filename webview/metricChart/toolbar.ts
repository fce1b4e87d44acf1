import type { MetricChartView } from '../../src/protocol/metricChart.ts';
import { button, checkbox, dropdown } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';

const X_AXES = new Map<string, string>([
  ['step', 'Step'],
  ['relative', 'Relative time'],
  ['time', 'Time'],
]);

export interface Toolbar {
  readonly element: HTMLElement;
  /** Offers the way back from a zoom. */
  showZoomed(zoomed: boolean): void;
}

export function createToolbar(view: MetricChartView, onChange: (part: Partial<MetricChartView>) => void): Toolbar {
  const smoothing = element('input', {
    attributes: {
      type: 'range',
      min: '0',
      max: '0.99',
      step: '0.01',
      value: String(view.smoothing),
      'aria-label': 'Smoothing',
    },
  });
  const amount = element('output', { class: 'amount' }, view.smoothing.toFixed(2));
  smoothing.addEventListener('input', () => {
    amount.textContent = Number(smoothing.value).toFixed(2);
    onChange({ smoothing: Number(smoothing.value) });
  });
  const reset = button('Reset zoom', () => onChange({ range: undefined }));
  reset.setAttribute('title', 'Double click on a chart does the same');
  const setAxis = (value: string) => onChange({ xAxis: value as MetricChartView['xAxis'], range: undefined });
  return {
    element: element(
      'div',
      { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Chart' } },
      element('span', { class: 'field' }, 'X axis', dropdown('X axis', X_AXES, view.xAxis, setAxis)),
      element('span', { class: 'field' }, 'Smoothing', smoothing, amount),
      checkbox('Log Y', view.logY, (logY) => onChange({ logY })),
      element('span', { class: 'spring' }),
      reset,
    ),
    showZoomed: (zoomed) => reset.classList.toggle('invisible', !zoomed),
  };
}

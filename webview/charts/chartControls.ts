import type { Host } from '../../src/protocol/channel.ts';
import type { AddedChart, ChartsRequests, Dimension, PickRequest } from '../../src/protocol/charts.ts';
import { element, icon } from '../shared/dom.ts';
import { keyOf } from './addedChart.ts';

const EVERYTHING = ['metrics', 'params', 'attributes', 'tags'];

/** The buttons in the head of an added chart that say what it shows, and let it show something else. */
export function chartControls(
  chart: AddedChart,
  dimensions: readonly Dimension[],
  host: Host<ChartsRequests>,
  onChange: (next: AddedChart) => void,
): readonly HTMLElement[] {
  const control = (name: string, value: string, request: PickRequest, choose: (ids: readonly string[]) => void) => {
    const label = dimensions.find(({ id }) => id === value)?.label ?? value;
    const made = element(
      'button',
      {
        class: 'menu-button',
        title: `${request.title}: ${label}`,
        attributes: { 'aria-label': name === '' ? label : `${name}: ${label}` },
      },
      element('span', { class: 'what' }, name === '' ? '' : `${name}: `),
      element('span', { class: 'chosen' }, label),
      icon('chevron-down'),
    );
    made.addEventListener('click', async () => {
      const ids = await host.ask('pickDimensions', request);
      if (ids.length > 0) choose(ids);
    });
    return made;
  };
  const one = (name: string, title: string, value: string, kinds: readonly string[], choose: (id: string) => void) =>
    control(name, value, { title, kinds, isNumeric: false }, ([id]) => id !== undefined && choose(id));
  const metric = (value: string, choose: (key: string) => void) =>
    one('Metric', 'Metric', `metrics.${value}`, ['metrics'], (id) => choose(keyOf(id)));

  switch (chart.kind) {
    case 'images':
      return [];
    case 'bar':
    case 'importance':
      return [metric(chart.metric, (key) => onChange({ ...chart, metric: key }))];
    case 'box':
      return [
        metric(chart.metric, (key) => onChange({ ...chart, metric: key })),
        one('By', 'Groups of the Box Plot', chart.by, ['params', 'tags', 'attributes'], (by) =>
          onChange({ ...chart, by }),
        ),
      ];
    case 'scatter':
      return [
        one('X', 'X Axis', chart.x, EVERYTHING, (x) => onChange({ ...chart, x })),
        one('Y', 'Y Axis', chart.y, EVERYTHING, (y) => onChange({ ...chart, y })),
        one('Colour', 'Colour', chart.color ?? 'run', EVERYTHING, (color) => onChange({ ...chart, color })),
      ];
    case 'parallel':
      return [
        control(
          '',
          `${chart.axes.length} axes`,
          { title: 'Axes', kinds: EVERYTHING, isNumeric: false, chosen: chart.axes },
          (axes) => onChange({ ...chart, axes, limits: {} }),
        ),
        one('Colour', 'Colour', chart.color, ['metrics', 'params'], (color) => onChange({ ...chart, color })),
      ];
  }
}

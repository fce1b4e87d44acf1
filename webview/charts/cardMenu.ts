import type { Host } from '../../src/protocol/channel.ts';
import type { ChartsRequests, ChartsView } from '../../src/protocol/charts.ts';
import type { MenuItem } from '../shared/menu.ts';
import { curvePicture } from './curvePicture.ts';
import type { LineCard } from './lineCard.ts';
import type { Section } from './sections.ts';

export interface CardMenuOptions {
  readonly card: LineCard | undefined;
  readonly view: ChartsView;
  /** Where the card is. */
  readonly section: Section | undefined;
  readonly host: Host<ChartsRequests>;
  readonly change: (part: Partial<ChartsView>) => void;
  /** @param before the card that it comes before; the end when undefined */
  readonly move: (metricKey: string, before: string | undefined) => void;
}

/** What can be done with the chart of a metric. */
export function cardMenu({ card, view, section, host, change, move }: CardMenuOptions): readonly MenuItem[] {
  if (!card) return [];
  const { metricKey } = card;
  const keys = section?.metricKeys ?? [];
  const at = keys.indexOf(metricKey);
  const isPinned = view.pinned.includes(metricKey);
  const others = view.pinned.filter((key) => key !== metricKey);
  const runIds = card.lines.flatMap(({ id, band }) => (band ? [] : id));
  const save = async (format: 'png' | 'svg') =>
    host.ask('saveImage', { name: metricKey, format, content: await curvePicture(format, card, view) });
  return [
    {
      label: isPinned ? 'Unpin' : 'Pin to the Top',
      run: () => change({ pinned: isPinned ? others : [...others, metricKey] }),
    },
    { label: 'Move to the Front', isDisabled: at <= 0, separated: true, run: () => move(metricKey, keys[0]) },
    { label: 'Move Left', isDisabled: at <= 0, run: () => move(metricKey, keys[at - 1]) },
    { label: 'Move Right', isDisabled: at >= keys.length - 1, run: () => move(metricKey, keys[at + 2]) },
    {
      label: 'Use as X Axis',
      separated: true,
      run: () => change({ xAxis: 'metric', xMetric: metricKey, range: undefined }),
    },
    { label: 'Save as PNG…', separated: true, run: () => void save('png') },
    { label: 'Save as SVG…', run: () => void save('svg') },
    {
      label: 'Save All Points as CSV…',
      isDisabled: runIds.length === 0,
      run: () => void host.ask('saveCsv', { metricKey, runIds }),
    },
  ];
}

import type { ChartsView, Dimension } from '../../src/protocol/charts.ts';

/** Cards under one heading. */
export interface Section {
  readonly name: string;
  readonly metricKeys: readonly string[];
}

export const PINNED = 'Pinned';
const OTHERS = 'Metrics';
const SYSTEM = 'System metrics';

/** The metric keys among the dimensions. */
export function metricKeysOf(dimensions: readonly Dimension[]): readonly string[] {
  return dimensions.flatMap(({ id }) => (id.startsWith('metrics.') ? id.slice('metrics.'.length) : []));
}

/**
 * Metrics by what stands before their first `/`: pinned ones first, those without a prefix next, system metrics last.
 * Keys that the user has moved are in his order, before the others of their section.
 */
export function sectionsOf(
  metricKeys: readonly string[],
  { filter, pinned, order }: Pick<ChartsView, 'filter' | 'pinned' | 'order'>,
): readonly Section[] {
  const matches = matcher(filter);
  const shown = metricKeys.filter(matches);
  const places = new Map(order.map((key, at) => [key, at]));
  const place = (key: string) => places.get(key) ?? order.length;
  const byName = Map.groupBy(
    shown.filter((key) => !pinned.includes(key)),
    sectionName,
  );
  const sections = [...byName].map(([name, keys]) => ({
    name,
    metricKeys: keys.toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1)),
  }));
  sections.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));
  const kept = pinned.filter((key) => shown.includes(key));
  return kept.length > 0 ? [{ name: PINNED, metricKeys: kept }, ...sections] : sections;
}

/** Whether a text is a regular expression; else it is looked for as it is. */
export function isRegex(filter: string): boolean {
  try {
    new RegExp(filter, 'i');
    return true;
  } catch {
    return false;
  }
}

function matcher(filter: string): (key: string) => boolean {
  if (isRegex(filter)) {
    const pattern = new RegExp(filter, 'i');
    return (key) => pattern.test(key);
  }
  const part = filter.toLowerCase();
  return (key) => key.toLowerCase().includes(part);
}

function sectionName(key: string): string {
  const slash = key.indexOf('/');
  if (slash <= 0) return OTHERS;
  const prefix = key.slice(0, slash);
  return prefix === 'system' ? SYSTEM : prefix;
}

function rank(name: string): number {
  return name === OTHERS ? 0 : name === SYSTEM ? 2 : 1;
}

/**
 * The order after a card was moved: the moved one before the other, all of the section as they are shown.
 * @param before undefined for the end
 */
export function moved(keys: readonly string[], key: string, before: string | undefined): readonly string[] {
  const others = keys.filter((other) => other !== key);
  const at = before === undefined ? others.length : others.indexOf(before);
  return others.toSpliced(at < 0 ? others.length : at, 0, key);
}

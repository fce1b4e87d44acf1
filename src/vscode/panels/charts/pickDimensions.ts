import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { PickRequest } from '../../../protocol/charts.ts';
import type { Dimension } from '../../../views/charts/dimensions.ts';
import { GROUPS, groupOf } from '../../../views/runsTable/columnIds.ts';

interface DimensionItem extends QuickPickItem {
  readonly id?: string;
}

const TITLES = { attributes: 'Attributes', params: 'Parameters', metrics: 'Metrics', tags: 'Tags' } as const;

/** Lets the user choose a dimension of a chart, or several in their order. @returns ids; none where he leaves it */
export async function pickDimensions(
  dimensions: readonly Dimension[],
  { title, kinds, isNumeric, chosen }: PickRequest,
): Promise<readonly string[]> {
  const offered = dimensions.filter((it) => kinds.includes(groupOf(it.id)) && (it.isNumeric || !isNumeric));
  const items = GROUPS.flatMap((group): DimensionItem[] => {
    const own = offered.filter(({ id }) => groupOf(id) === group);
    if (own.length === 0) return [];
    return [{ label: TITLES[group], kind: QuickPickItemKind.Separator }, ...own.map((it) => item(it, chosen))];
  });
  const options = { title, placeHolder: items.length > 0 ? 'Search' : 'The runs have nothing of that kind' };
  if (!chosen) {
    const id = (await window.showQuickPick(items, options))?.id;
    return id === undefined ? [] : [id];
  }
  const picked = await window.showQuickPick(items, { ...options, canPickMany: true });
  const ids = new Set(picked?.flatMap(({ id }) => id ?? []));
  return [...chosen.filter((id) => ids.has(id)), ...[...ids].filter((id) => !chosen.includes(id))];
}

function item({ id, label, distinct }: Dimension, chosen: readonly string[] | undefined): DimensionItem {
  const description = distinct === 1 ? 'the same in all runs' : `${distinct.toLocaleString('en-US')} values`;
  return { id, label, description, ...(chosen && { picked: chosen.includes(id) }) };
}

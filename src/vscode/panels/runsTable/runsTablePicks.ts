import { type Memento, type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window, workspace } from 'vscode';
import { isRunsTableView, type RunsTableView } from '../../../protocol/runsTable.ts';
import { ATTRIBUTES, columnLabel, GROUPS, groupOf } from '../../../views/runsTable/columnIds.ts';
import { type ColumnChoice, differs, distinctValues } from '../../../views/runsTable/columns.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../views/runsTable/exportTable.ts';
import type { RunColumns } from '../../../views/runsTable/runColumns.ts';

interface ColumnItem extends QuickPickItem {
  readonly id?: string;
}

const TITLES = { attributes: 'Attributes', params: 'Parameters', metrics: 'Metrics', tags: 'Tags' } as const;

/**
 * Lets the user choose columns among all that the runs have; a button leaves those that differ.
 * @returns chosen ones in their old order, new ones behind them; nothing where the user leaves it as it is
 */
export function pickColumns(
  columns: RunColumns,
  shown: readonly ColumnChoice[],
): Promise<readonly ColumnChoice[] | undefined> {
  const picker = window.createQuickPick<ColumnItem>();
  const button = { iconPath: new ThemeIcon('diff'), tooltip: 'Only Differing Columns' };
  let onlyDiffering = false;
  picker.title = 'Columns of the Runs Table';
  picker.placeholder = 'Search columns';
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.buttons = [button];
  const draw = (chosen: ReadonlySet<string>) => {
    const items = columnItems(columns, (id) => !onlyDiffering || chosen.has(id) || differs(columns, id));
    picker.items = items;
    picker.selectedItems = items.filter(({ id }) => id !== undefined && chosen.has(id));
  };
  draw(new Set(shown.map(({ id }) => id)));
  picker.onDidTriggerButton(() => {
    onlyDiffering = !onlyDiffering;
    picker.title = onlyDiffering ? 'Columns of the Runs Table (only differing)' : 'Columns of the Runs Table';
    draw(new Set(picker.selectedItems.flatMap(({ id }) => id ?? [])));
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const chosen = new Set(picker.selectedItems.flatMap(({ id }) => id ?? []));
      const kept = shown.filter(({ id }) => chosen.has(id));
      const known = new Set(kept.map(({ id }) => id));
      resolve([...kept, ...[...chosen].filter((id) => !known.has(id)).map((id) => ({ id }))]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function columnItems(columns: RunColumns, isWanted: (id: string) => boolean): ColumnItem[] {
  const ids = [...new Set([...ATTRIBUTES.keys(), ...columns.ids()])].filter(isWanted);
  return GROUPS.flatMap((group): ColumnItem[] => {
    const own = ids.filter((id) => groupOf(id) === group);
    if (own.length === 0) return [];
    const ordered = group === 'attributes' ? own : own.sort();
    return [
      { label: `${TITLES[group]} (${own.length})`, kind: QuickPickItemKind.Separator },
      ...ordered.map((id) => ({ id, label: columnLabel(id), description: describeColumn(columns, id) })),
    ];
  });
}

function describeColumn(columns: RunColumns, id: string): string {
  if (!columns.column(id)) return '';
  const count = distinctValues(columns, id);
  return count === 1 ? '1 value' : `${count.toLocaleString('en-US')} values`;
}

/** @returns the id of what to group by, none for no groups; nothing where the user leaves it as it is */
export async function pickGroup(
  columns: RunColumns,
  groupBy: string | undefined,
): Promise<{ readonly id: string | undefined } | undefined> {
  const ids = columns
    .ids()
    .filter((id) => id.startsWith('params.') || id.startsWith('tags.') || id === 'attributes.status')
    .filter((id) => id === groupBy || differs(columns, id))
    .toSorted((a, b) => GROUPS.indexOf(groupOf(a)) - GROUPS.indexOf(groupOf(b)) || (a < b ? -1 : 1));
  const none: ColumnItem = { label: 'No Groups', picked: groupBy === undefined };
  const items = ids.map((id): ColumnItem => {
    return { id, label: columnLabel(id), description: `${groupOf(id)} · ${describeColumn(columns, id)}` };
  });
  const placeHolder = groupBy === undefined ? 'Group runs by' : `Grouped by ${columnLabel(groupBy)}`;
  const picked = await window.showQuickPick([none, ...items], { title: 'Group Runs', placeHolder });
  return picked && { id: picked.id };
}

/** Of all saved views of this workspace. */
const VIEWS = 'mlflow.runsTable.views';

interface ViewItem extends QuickPickItem {
  readonly name?: string;
}

/** Opens a view that was saved under a name, or saves the current one. @returns the view to show */
export async function pickView(memento: Memento, current: RunsTableView): Promise<RunsTableView | undefined> {
  const views = savedViews(memento);
  const save: ViewItem = { label: '$(save) Save View As…', alwaysShow: true };
  const remove = { iconPath: new ThemeIcon('trash'), tooltip: 'Delete View' };
  const picker = window.createQuickPick<ViewItem>();
  picker.title = 'Views of Runs Tables';
  picker.placeholder = 'Columns, order, filter and groups under a name';
  const draw = () => {
    const names = Object.keys(savedViews(memento)).sort();
    picker.items = [save, ...names.map((name): ViewItem => ({ name, label: name, buttons: [remove] }))];
  };
  draw();
  const picked = await new Promise<ViewItem | undefined>((resolve) => {
    picker.onDidTriggerItemButton(async ({ item: { name } }) => {
      const others = Object.entries(savedViews(memento)).filter(([other]) => other !== name);
      await memento.update(VIEWS, Object.fromEntries(others));
      draw();
    });
    picker.onDidAccept(() => resolve(picker.selectedItems[0]));
    picker.onDidHide(() => resolve(undefined));
    picker.show();
  });
  picker.dispose();
  if (picked?.name !== undefined) return { ...views[picked.name], ...runsOf(current) } as RunsTableView;
  if (picked === save) await saveView(memento, current);
  return undefined;
}

async function saveView(memento: Memento, view: RunsTableView): Promise<void> {
  const name = await window.showInputBox({ title: 'Save View', prompt: 'Name of the view' });
  if (!name?.trim()) return;
  // Which runs are pinned, hidden or open belongs to one table.
  const saved = { ...view, pinnedRuns: [], hiddenRuns: [], closedGroups: [], openRuns: [], closedRuns: [] };
  await memento.update(VIEWS, { ...savedViews(memento), [name.trim()]: saved });
  window.setStatusBarMessage(`$(check) View ${name.trim()} saved`, 3_000);
}

function runsOf(view: RunsTableView): Partial<RunsTableView> {
  const { pinnedRuns, hiddenRuns, openRuns, closedRuns } = view;
  return { pinnedRuns, hiddenRuns, openRuns, closedRuns };
}

function savedViews(memento: Memento): Record<string, RunsTableView> {
  const kept = memento.get<Record<string, unknown>>(VIEWS, {});
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, view]) => (isRunsTableView(view) ? [[name, view]] : [])),
  );
}

const FORMATS: Readonly<Record<ExportFormat, string>> = { csv: 'CSV', json: 'JSON', md: 'Markdown', tex: 'LaTeX' };

/** Writes what the table shows into a file of the user's choice. */
export async function saveExport(title: string, write: (format: ExportFormat) => string): Promise<void> {
  const items = EXPORT_FORMATS.map((format) => ({ label: FORMATS[format], description: `.${format}`, format }));
  const picked = await window.showQuickPick(items, { title: 'Export Runs As' });
  if (!picked) return;
  const name = `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.${picked.format}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    filters: { [picked.label]: [picked.format] },
    ...(folder && { defaultUri: Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  await workspace.fs.writeFile(target, new TextEncoder().encode(write(picked.format)));
  window.setStatusBarMessage(`$(check) Exported to ${target.path.split('/').at(-1)}`, 3_000);
}

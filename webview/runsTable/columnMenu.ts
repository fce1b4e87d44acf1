import type { ColumnChoice, RunsTableView, Statistic } from '../../src/protocol/runsTable.ts';
import type { MenuItem } from '../shared/menu.ts';
import type { PlacedColumn } from './layout.ts';

const STATISTICS: readonly (readonly [Statistic, string])[] = [
  ['last', 'Last Value'],
  ['min', 'Minimum'],
  ['max', 'Maximum'],
  ['first', 'First Value'],
  ['bestStep', 'Step of the Best Value'],
  ['curve', 'Curve'],
];

/** What can be done to a column, by its menu. @param columns all that are shown */
export function columnMenu(
  column: PlacedColumn,
  columns: readonly PlacedColumn[],
  view: RunsTableView,
  change: (part: Partial<RunsTableView>) => void,
): readonly MenuItem[] {
  const { id, key } = column;
  const sorted = view.sort.find((it) => it.id === id);
  const choices = columns.map(choiceOf);
  const at = columns.findIndex((it) => it.key === key);
  const changeColumn = (part: Partial<ColumnChoice>) =>
    change({ columns: choices.map((choice, place) => (place === at ? { ...choice, ...part } : choice)) });
  const swap = (other: number) => {
    const moved = choices.toSpliced(at, 1);
    change({ columns: moved.toSpliced(other, 0, ...choices.slice(at, at + 1)) });
  };
  const sort = (descending: boolean): MenuItem => ({
    label: descending ? 'Sort Descending' : 'Sort Ascending',
    isChecked: sorted?.descending === descending,
    isDisabled: !column.isSortable,
    run: () => change({ sort: sorted?.descending === descending ? [] : [{ id, descending }] }),
  });
  const statistics = STATISTICS.map(([statistic, label], nth): MenuItem => {
    const shown = columns.findIndex((it) => it.id === id && (it.statistic ?? 'last') === statistic);
    return {
      label,
      separated: nth === 0,
      isChecked: shown >= 0,
      run: () => {
        const added: ColumnChoice = statistic === 'last' ? { id } : { id, statistic };
        change({ columns: shown >= 0 ? choices.toSpliced(shown, 1) : choices.toSpliced(at + 1, 0, added) });
      },
    };
  });
  const isOfGroup = ({ group }: PlacedColumn) => group === column.group || group === 'attributes';
  const isLatest = (column.statistic ?? 'last') === 'last';
  return [
    sort(false),
    sort(true),
    { label: 'Pin', separated: true, isChecked: column.pinned, run: () => changeColumn({ pinned: !column.pinned }) },
    { label: 'Move Left', isDisabled: columns[at - 1]?.pinned !== column.pinned, run: () => swap(at - 1) },
    { label: 'Move Right', isDisabled: columns[at + 1]?.pinned !== column.pinned, run: () => swap(at + 1) },
    {
      label: 'Hide Column',
      isDisabled: columns.length === 1,
      run: () => change({ columns: choices.toSpliced(at, 1) }),
    },
    {
      label: 'Only This Group',
      isDisabled: column.group === 'attributes' || columns.every(isOfGroup),
      run: () => change({ columns: columns.filter(isOfGroup).map(choiceOf) }),
    },
    ...(column.group === 'metrics' ? statistics : []),
    ...(column.group === 'metrics' && isLatest
      ? [
          {
            label: 'Colour Scale',
            isChecked: column.heat ?? false,
            separated: true,
            run: () => changeColumn({ heat: !column.heat }),
          },
        ]
      : []),
    ...(column.group === 'params' || column.group === 'tags'
      ? [
          {
            label: 'Group by This Column',
            isChecked: view.groupBy === id,
            separated: true,
            run: () => change({ groupBy: view.groupBy === id ? undefined : id, closedGroups: [] }),
          },
        ]
      : []),
  ];
}

/** What a view keeps of a column. */
export function choiceOf({
  id,
  statistic,
  width,
  pinned,
  heat,
}: Omit<ColumnChoice, 'pinned'> & { readonly pinned?: boolean | undefined }): ColumnChoice {
  return {
    id,
    ...(statistic && { statistic }),
    ...(width && { width }),
    ...(pinned && { pinned }),
    ...(heat && { heat }),
  };
}

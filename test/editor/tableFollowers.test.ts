import { expect, test } from 'vitest';
import { type TableFollower, TableFollowers } from '../../src/vscode/panels/tableFollowers.ts';
import type { RunReference } from '../../src/vscode/services/connections.ts';

const TABLE = { connectionId: 'store', experimentId: '1' };
const runs = (...ids: string[]): RunReference[] => ids.map((runId) => ({ ...TABLE, runId }));

/** A screen as it was opened, with what it is told. */
function follower(kind: TableFollower['kind'], table = TABLE) {
  let shown: readonly RunReference[] = runs('a', 'b');
  let isOn = true;
  const told: string[] = [];
  let dispose = () => {};
  const screen = {
    kind,
    panel: {
      onDidDispose: (listener: () => void) => {
        dispose = listener;
      },
      reveal: () => told.push('reveal'),
    } as unknown as TableFollower['panel'],
    following: () => ({ table, isOn }),
    runs: () => shown,
    show(next: readonly RunReference[]) {
      shown = next;
      told.push(next.map(({ runId }) => runId).join());
    },
  } satisfies TableFollower;
  return { screen, told, close: () => dispose(), follow: (next: boolean) => (isOn = next) };
}

test('screens of a table show what is selected there, each what it can', () => {
  const followers = new TableFollowers();
  const [charts, comparison, other] = [
    follower('charts'),
    follower('comparison'),
    follower('charts', { ...TABLE, experimentId: '2' }),
  ];
  for (const { screen } of [charts, comparison, other]) followers.register(screen);
  followers.select(TABLE, runs('c'));
  followers.select(TABLE, runs('c', 'd'));
  followers.select(TABLE, []);
  followers.select(TABLE, runs(...Array.from({ length: 101 }, (_, at) => `${at}`)));
  expect(charts.told).toEqual(['c', 'c,d']);
  expect(comparison.told).toEqual(['c,d']);
  expect(other.told).toEqual([]);
});

test('the same selection is not shown twice, a closed screen is told nothing', () => {
  const followers = new TableFollowers();
  const charts = follower('charts');
  followers.register(charts.screen);
  followers.select(TABLE, runs('a', 'b'));
  charts.close();
  followers.select(TABLE, runs('c'));
  expect(charts.told).toEqual([]);
  expect(followers.reveal('charts', TABLE, runs('c'))).toBe(false);
});

test('a screen that follows again catches up; while it does not, another one is opened', () => {
  const followers = new TableFollowers();
  const charts = follower('charts');
  const catchUp = followers.register(charts.screen);
  charts.follow(false);
  followers.select(TABLE, runs('c'));
  expect(followers.reveal('charts', TABLE, runs('c'))).toBe(false);
  charts.follow(true);
  catchUp();
  expect(charts.told).toEqual(['c']);
  expect(followers.reveal('charts', TABLE, runs('d'))).toBe(true);
  expect(charts.told).toEqual(['c', 'd', 'reveal']);
});

test('a screen that comes back after a reload shows what is selected by then', () => {
  const followers = new TableFollowers();
  followers.select(TABLE, runs('e', 'f'));
  const comparison = follower('comparison');
  followers.register(comparison.screen);
  expect(comparison.told).toEqual(['e,f']);
});

import { expect, test } from 'vitest';
import { RunList } from '../../src/vscode/trees/runList.ts';
import type { RunNode } from '../../src/vscode/trees/runNode.ts';
import type { TreeNode } from '../../src/vscode/trees/treeNode.ts';

const parent = { id: 'wine' } as TreeNode;
const nodes = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `run ${at}` }) as RunNode);

test('a thousand runs stand by themselves', () => {
  const runs = nodes(1_000);
  const list = new RunList(parent, runs);
  expect(list.nodes).toEqual(runs);
  expect(list.pageOf(runs[999] as RunNode)).toBeUndefined();
});

test('later runs are folded in pages, of which the last one is open', async () => {
  const runs = nodes(1_450);
  const list = new RunList(parent, runs);
  const pages = list.nodes.slice(1_000);
  expect(pages.map((page) => page.row())).toMatchObject([
    { label: 'Runs 1,001–1,200', expansion: 'collapsed' },
    { label: 'Runs 1,201–1,400', expansion: 'collapsed' },
    { label: 'Runs 1,401–1,450', expansion: 'expanded' },
  ]);
  expect(await pages[1]?.children?.()).toEqual(runs.slice(1_200, 1_400));
  expect(list.pageOf(runs[1_250] as RunNode)).toBe(pages[1]);
  expect(pages.map((page) => page.parent)).toEqual([parent, parent, parent]);
});

test('a page keeps its id, and with it whether it is open, when more runs are read', () => {
  const ids = (count: number) => new RunList(parent, nodes(count)).nodes.slice(1_000).map(({ id }) => id);
  expect(ids(1_600).slice(0, 2)).toEqual(ids(1_800).slice(0, 2));
  expect(new Set(ids(1_800)).size).toBe(4);
});

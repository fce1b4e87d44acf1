import { groupRow, groupRuns } from '../../views/tree/runGroups.ts';
import type { ExperimentNode } from './experimentNode.ts';
import { RunList } from './runList.ts';
import type { RunNode } from './runNode.ts';
import type { TreeNode } from './treeNode.ts';

/** Runs of an experiment that have the same value of something. */
export class GroupNode implements TreeNode {
  readonly id: string;
  readonly parent: ExperimentNode;
  readonly runs: readonly RunNode[];
  readonly #list: RunList;
  readonly #by: string;
  readonly #value: string | undefined;

  constructor(parent: ExperimentNode, by: string, value: string | undefined, runs: readonly RunNode[]) {
    this.id = `${parent.id}/by ${by}/${value === undefined ? '' : `=${value}`}`;
    this.parent = parent;
    this.runs = runs;
    this.#list = new RunList(this, runs);
    this.#by = by;
    this.#value = value;
  }

  row() {
    return groupRow({ value: this.#value, items: this.runs.map(({ run }) => run) }, this.#by);
  }

  async children(): Promise<readonly TreeNode[]> {
    return this.#list.nodes;
  }

  /** Where one of its runs is listed. */
  placeOf(run: RunNode): TreeNode {
    return this.#list.pageOf(run) ?? this;
  }
}

export function groupNodes(experiment: ExperimentNode, runs: readonly RunNode[], by: string): readonly GroupNode[] {
  const groups = groupRuns(runs, ({ run }) => run, by);
  return groups.map(({ value, items }) => new GroupNode(experiment, by, value, items));
}

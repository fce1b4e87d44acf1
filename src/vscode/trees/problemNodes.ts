import type { StoreProblem } from '../../entities/change.ts';
import { problemRow, problemsRow } from '../../views/tree/storeRow.ts';
import type { TreeNode } from './treeNode.ts';

/** What could not be read in a store. */
export class ProblemsNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly #problems: readonly StoreProblem[];

  constructor(parent: TreeNode, problems: readonly StoreProblem[]) {
    this.id = `${parent.id}/problems`;
    this.parent = parent;
    this.#problems = problems;
  }

  row() {
    return problemsRow(this.#problems);
  }

  async children(): Promise<readonly TreeNode[]> {
    return this.#problems.map((problem, index) => ({
      id: `${this.id}/${index}:${problem.path}`,
      parent: this,
      row: () => problemRow(problem),
    }));
  }
}

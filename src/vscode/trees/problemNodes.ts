import { Uri } from 'vscode';
import type { StoreProblem } from '../../entities/change.ts';
import { escapeMarkdown } from '../../views/markdown.ts';
import { problemRow, problemsRow } from '../../views/tree/storeRow.ts';
import type { TreeNode } from './treeNode.ts';

/** What could not be read in a store. */
export class ProblemsNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly #root: string;
  readonly #problems: readonly StoreProblem[];

  /** @param root folder of the store */
  constructor(parent: TreeNode, root: string, problems: readonly StoreProblem[]) {
    this.id = `${parent.id}/problems`;
    this.parent = parent;
    this.#root = root;
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
      tooltip: () => escapeMarkdown(problem.message),
      command: { command: 'vscode.open', title: 'Open File', arguments: [Uri.file(`${this.#root}/${problem.path}`)] },
    }));
  }
}

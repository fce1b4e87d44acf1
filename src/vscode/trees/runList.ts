import { runPageRow } from '../../views/tree/experimentRow.ts';
import type { RunNode } from './runNode.ts';
import type { TreeNode } from './treeNode.ts';

/** Runs that stand one below the other, and runs of a page: VS Code takes all rows of a node at once, however many. */
const [FLAT, PAGE] = [1_000, 200];

/** Some later runs of a long list. */
class RunPageNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode;
  readonly runs: readonly RunNode[];
  readonly #first: number;
  readonly #isLast: boolean;

  /** @param first place of its first run, from 1 */
  constructor(parent: TreeNode, first: number, runs: readonly RunNode[], isLast: boolean) {
    // VS Code keeps what is open by the id: the page that was read last is open until there is another.
    this.id = `${parent.id}/from ${first}${isLast ? ' on' : ''}`;
    this.parent = parent;
    this.runs = runs;
    this.#first = first;
    this.#isLast = isLast;
  }

  row() {
    return runPageRow(this.#first, this.runs.length, this.#isLast);
  }

  async children(): Promise<readonly TreeNode[]> {
    return this.runs;
  }
}

/** The runs below a node: the first ones themselves, the others in pages. */
export class RunList {
  readonly #first: readonly RunNode[];
  readonly #pages: readonly RunPageNode[];

  constructor(parent: TreeNode, runs: readonly RunNode[]) {
    this.#first = runs.slice(0, FLAT);
    const pages: RunPageNode[] = [];
    for (let from = FLAT; from < runs.length; from += PAGE) {
      pages.push(new RunPageNode(parent, from + 1, runs.slice(from, from + PAGE), from + PAGE >= runs.length));
    }
    this.#pages = pages;
  }

  get nodes(): readonly TreeNode[] {
    return [...this.#first, ...this.#pages];
  }

  /** The page that a run is on; none where it stands by itself. */
  pageOf(run: RunNode): TreeNode | undefined {
    return this.#pages.find(({ runs }) => runs.includes(run));
  }
}

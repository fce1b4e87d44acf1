import type { TreeRow } from '../../views/tree/row.ts';
import type { TreeNode } from './treeNode.ts';

/** Stands for the children of a node that could not be read. */
export class FailureNode implements TreeNode {
  readonly id: string;
  readonly parent: TreeNode | undefined;
  readonly #message: string;

  constructor(parent: TreeNode | undefined, error: unknown) {
    this.id = `${parent?.id ?? ''}/failure`;
    this.parent = parent;
    this.#message = error instanceof Error ? error.message : String(error);
  }

  row(): TreeRow {
    return {
      label: 'Could not be read',
      description: this.#message,
      icon: { id: 'error', color: 'list.errorForeground' },
      words: ['failure'],
      expansion: 'none',
    };
  }
}

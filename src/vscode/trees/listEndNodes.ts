import { moreRunsRow, noRunsRow } from '../../views/tree/experimentRow.ts';
import type { CommandId } from '../commands/ids.ts';
import type { ExperimentNode } from './experimentNode.ts';
import type { TreeNode } from './treeNode.ts';

/** In the place of runs where none is what was asked for. */
export class NoRunsNode implements TreeNode {
  readonly id: string;
  readonly parent: ExperimentNode;

  constructor(parent: ExperimentNode) {
    this.id = `${parent.id}/none`;
    this.parent = parent;
  }

  get command() {
    return { command: 'mlflow.experiments.showAll' satisfies CommandId, title: 'Show All Runs' };
  }

  row() {
    return noRunsRow();
  }
}

/** Reads the next page. */
export class MoreRunsNode implements TreeNode {
  readonly id: string;
  readonly parent: ExperimentNode;
  readonly #loaded: number;

  constructor(parent: ExperimentNode, loaded: number) {
    this.id = `${parent.id}/more`;
    this.parent = parent;
    this.#loaded = loaded;
  }

  get command() {
    return {
      command: 'mlflow.experiments.loadMore' satisfies CommandId,
      title: 'Load More Runs',
      arguments: [this.parent],
    };
  }

  row() {
    return moreRunsRow(this.#loaded);
  }
}

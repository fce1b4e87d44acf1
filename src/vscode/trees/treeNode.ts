import type { Command, Uri } from 'vscode';
import type { TreeRow } from '../../views/tree/row.ts';
import type { CommandId } from '../commands/ids.ts';

export interface TreeLink {
  readonly title: string;
  readonly command: CommandId;
  readonly argument: unknown;
}

/** An element of a tree view. Nodes are kept, so that a view can be told which of them changed. */
export interface TreeNode {
  /** Unique in its view and the same over reloads: VS Code keeps expansion and selection by it. */
  readonly id: string;
  readonly parent: TreeNode | undefined;
  row(): TreeRow;
  /** Absent for leaves. What was read before is given again until the node is told to read anew. */
  children?(): Promise<readonly TreeNode[]>;
  /** Markdown, made when the mouse rests on the row. */
  tooltip?(): string | Promise<string>;
  /** What the tooltip leads to. */
  links?(): readonly TreeLink[];
  /** Names the file whose icon the row gets. */
  readonly resource?: Uri;
  /** What a click does. */
  readonly command?: Command | undefined;
}

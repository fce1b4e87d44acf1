import {
  EventEmitter,
  type LogOutputChannel,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import type { TreeRow } from '../../views/tree/row.ts';
import { commandLink } from '../services/commandLink.ts';
import { FailureNode } from './failureNode.ts';
import type { TreeLink, TreeNode } from './treeNode.ts';
import { Turns } from './turns.ts';

const EXPANSION: Record<TreeRow['expansion'], TreeItemCollapsibleState> = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
};

/** Shows nodes in a view of VS Code. A folder that cannot be read says so in a row of its own. */
export class NodeTree implements TreeDataProvider<TreeNode> {
  readonly #roots: () => Promise<readonly TreeNode[]>;
  readonly #log: LogOutputChannel;
  readonly #turns = new Turns();
  readonly #changed = new EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(roots: () => Promise<readonly TreeNode[]>, log: LogOutputChannel) {
    this.#roots = roots;
    this.#log = log;
  }

  /** Draws these nodes and what is open below them again; everything when none are named. */
  refresh(nodes?: readonly TreeNode[]): void {
    if (nodes?.length !== 0) this.#changed.fire(nodes && [...nodes]);
  }

  /** VS Code asks for all children of a node at once, which can be thousands. */
  getTreeItem(node: TreeNode): TreeItem | Promise<TreeItem> {
    const turn = this.#turns.next();
    return turn ? turn.then(() => treeItem(node)) : treeItem(node);
  }

  async resolveTreeItem(item: TreeItem, node: TreeNode): Promise<TreeItem> {
    if (node.tooltip) item.tooltip = withLinks(await node.tooltip(), node.links?.() ?? []);
    return item;
  }
  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    try {
      return [...((await (node ? node.children?.() : this.#roots())) ?? [])];
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
      return [new FailureNode(node, error)];
    }
  }
}

function treeItem(node: TreeNode): TreeItem {
  const row = node.row();
  const item = new TreeItem(row.label, EXPANSION[row.expansion]);
  item.id = node.id;
  item.contextValue = row.words.join(' ');
  if (row.description !== undefined) item.description = row.description;
  if (row.icon) item.iconPath = new ThemeIcon(row.icon.id, row.icon.color ? new ThemeColor(row.icon.color) : undefined);
  if (node.resource) {
    item.resourceUri = node.resource;
    item.iconPath = row.expansion === 'none' ? ThemeIcon.File : ThemeIcon.Folder;
  }
  if (row.accessibleLabel) item.accessibilityInformation = { label: row.accessibleLabel };
  if (node.command) item.command = node.command;
  return item;
}

/** Above the text, which may be longer than the screen. Only the commands of the links can be called from it, whatever the text says. */
function withLinks(markdown: string, links: readonly TreeLink[]): MarkdownString {
  if (links.length === 0) return new MarkdownString(markdown);
  const line = links.map(({ title, command, argument }) => commandLink(title, command, argument));
  const text = new MarkdownString(`${line.join(' · ')}\n\n${markdown}`);
  text.isTrusted = { enabledCommands: links.map(({ command }) => command) };
  return text;
}

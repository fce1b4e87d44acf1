import type { ArtifactEntry, ArtifactPlace } from '../../src/protocol/runDetails.ts';
import { element, icon } from '../shared/dom.ts';

/** A folder or file in the tree. */
export interface TreeItem extends ArtifactEntry {
  readonly place: ArtifactPlace;
  readonly level: number;
  readonly isOpen: boolean;
}

export interface TreeActions {
  readonly toggle: (item: TreeItem) => void;
  readonly select: (item: TreeItem) => void;
  readonly open: (item: TreeItem) => void;
}

/** A text that stands for a place, also in what is kept over a reload. */
export function placeKey({ modelId, path }: ArtifactPlace): string {
  return JSON.stringify(modelId === undefined ? [path] : [path, modelId]);
}

export function placeOf(key: string): ArtifactPlace | undefined {
  const told: unknown = key.startsWith('[') ? JSON.parse(key) : undefined;
  if (!Array.isArray(told) || typeof told[0] !== 'string') return undefined;
  const [path, modelId] = told;
  return typeof modelId === 'string' ? { path, modelId } : { path };
}

/** The rows of a tree, moved in by arrows as in VS Code's own. Drawn anew, it keeps the focused row. */
export class ArtifactTree {
  readonly element = element('div', { class: 'tree', attributes: { role: 'tree', 'aria-label': 'Artifacts' } });
  readonly #actions: TreeActions;
  #items: readonly TreeItem[] = [];
  #selected: string | undefined;

  constructor(actions: TreeActions) {
    this.#actions = actions;
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  draw(items: readonly TreeItem[], selected: string | undefined): void {
    const look = JSON.stringify([items, selected]);
    if (look === this.element.dataset.look) return;
    this.element.dataset.look = look;
    this.#items = items;
    this.#selected = selected;
    const focused = this.#focusedAt() === undefined ? undefined : (document.activeElement as HTMLElement).dataset.place;
    const rows = items.map((item) => this.#row(item));
    this.element.replaceChildren(...rows);
    const entry = rows.find(({ dataset }) => dataset.place === selected) ?? rows[0];
    if (entry) entry.tabIndex = 0;
    if (focused !== undefined) rows.find(({ dataset }) => dataset.place === focused)?.focus();
  }

  #row(item: TreeItem): HTMLElement {
    const { name, isFolder, isOpen, size, level, place } = item;
    const key = placeKey(place);
    const row = element(
      'div',
      {
        class: `tree-row level-${Math.min(level, 8)}`,
        title: place.path || name,
        attributes: {
          role: 'treeitem',
          tabindex: '-1',
          'aria-level': String(level),
          'aria-selected': String(key === this.#selected),
          'aria-expanded': isFolder ? String(isOpen) : undefined,
          'data-place': key,
        },
      },
      isFolder ? icon(isOpen ? 'chevron-down' : 'chevron-right') : element('span', { class: 'indent' }),
      icon(isFolder ? (level === 1 && place.modelId !== undefined ? 'package' : 'folder') : 'file'),
      element('span', { class: 'name' }, name),
      size ? element('span', { class: 'dim size' }, size) : undefined,
    );
    row.addEventListener('click', () => {
      this.#focus(row);
      if (isFolder) this.#actions.toggle(item);
      this.#actions.select(item);
    });
    row.addEventListener('dblclick', () => {
      if (!isFolder) this.#actions.open(item);
    });
    return row;
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#focusedAt();
    const item = at === undefined ? undefined : this.#items[at];
    if (at === undefined || !item) return;
    const isHandled = this.#move(event.key, at, item);
    if (isHandled) event.preventDefault();
  }

  #move(key: string, at: number, item: TreeItem): boolean {
    const { isFolder, isOpen, level } = item;
    const parent = this.#items.findLastIndex((other, place) => place < at && other.level < level);
    if (key === 'ArrowDown') this.#focusAt(at + 1);
    else if (key === 'ArrowUp') this.#focusAt(at - 1);
    else if (key === 'Home') this.#focusAt(0);
    else if (key === 'End') this.#focusAt(this.#items.length - 1);
    else if (key === 'ArrowRight' && isFolder && isOpen) this.#focusAt(at + 1);
    else if (key === 'ArrowRight' && isFolder) this.#actions.toggle(item);
    else if (key === 'ArrowLeft' && isFolder && isOpen) this.#actions.toggle(item);
    else if (key === 'ArrowLeft') this.#focusAt(parent);
    else if (key === ' ') this.#actions.select(item);
    else if (key === 'Enter' && isFolder) this.#actions.toggle(item);
    else if (key === 'Enter') this.#actions.open(item);
    else return false;
    return true;
  }

  #focusedAt(): number | undefined {
    const at = [...this.element.children].indexOf(document.activeElement as Element);
    return at < 0 ? undefined : at;
  }

  #focusAt(at: number): void {
    const row = this.element.children[at];
    if (row instanceof HTMLElement) this.#focus(row);
  }

  #focus(row: HTMLElement): void {
    for (const other of this.element.children) if (other instanceof HTMLElement) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  }
}

/** A row, and what it looks like. */
export interface DrawnRow {
  /** The same for the same row. */
  readonly id: string;
  /** The same for the same picture. */
  readonly look: unknown;
  readonly make: () => HTMLElement;
}

interface KeptRow {
  readonly id: string;
  readonly look: string;
  readonly element: HTMLElement;
}

/** Parts of a table that are drawn again only where they look different, without taking the focus away. */
export class Parts {
  readonly #parts = new Map<HTMLElement, readonly KeptRow[]>();

  /** The part is gone. */
  forget(part: HTMLElement): void {
    this.#parts.delete(part);
  }

  /** @returns whether anything looks different now */
  draw(part: HTMLElement, rows: readonly DrawnRow[]): boolean {
    const known = new Map(this.#parts.get(part)?.map((row) => [row.id, row]));
    const before = this.#parts.get(part) ?? [];
    const focused = part.contains(document.activeElement) ? focusName() : undefined;
    const kept = rows.map(({ id, look, make }): KeptRow => {
      const [text, old] = [JSON.stringify(look), known.get(id)];
      return old?.look === text ? old : { id, look: text, element: make() };
    });
    this.#parts.set(part, kept);
    const isSameOrder = kept.length === before.length && kept.every(({ id }, at) => id === before[at]?.id);
    const changed = kept.filter((row, at) => row !== before[at]);
    if (isSameOrder) for (const { id, element } of changed) known.get(id)?.element.replaceWith(element);
    else part.replaceChildren(...kept.map(({ element }) => element));
    if (focused !== undefined && !part.contains(document.activeElement)) {
      part.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    return !isSameOrder || changed.length > 0;
  }
}

function focusName(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-focus]')?.dataset.focus;
}

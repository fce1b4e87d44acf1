/** Pieces of a page that are drawn again only where they look different, without taking the focus away. */
export class Parts {
  readonly #looks = new Map<HTMLElement, string>();

  /** @param look tells what the picture is of: the same for the same picture */
  draw(part: HTMLElement, look: unknown, make: () => readonly Node[]): boolean {
    const text = JSON.stringify(look);
    if (this.#looks.get(part) === text) return false;
    this.#looks.set(part, text);
    const focused = part.contains(document.activeElement) ? focusName() : undefined;
    part.replaceChildren(...make());
    if (focused !== undefined) {
      part.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    return true;
  }
}

function focusName(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-focus]')?.dataset.focus;
}

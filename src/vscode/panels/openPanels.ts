import type { WebviewPanel } from 'vscode';

/** Finds panels again that are open, so that the same thing is not asked for in two of them. */
export class OpenPanels {
  readonly #panels = new Map<string, WebviewPanel>();

  /** @param key what the panel is about */
  add(key: string, panel: WebviewPanel): void {
    this.#panels.set(key, panel);
    panel.onDidDispose(() => {
      if (this.#panels.get(key) === panel) this.#panels.delete(key);
    });
  }

  /** @returns false where none is open */
  reveal(key: string): boolean {
    const panel = this.#panels.get(key);
    panel?.reveal();
    return panel !== undefined;
  }
}

/** One row of a tree view, before VS Code draws it. */
export interface TreeRow {
  readonly label: string;
  /** Dimmed, after the label. */
  readonly description?: string | undefined;
  readonly icon?: RowIcon | undefined;
  /** Facts that menus match on, such as `run finished`. */
  readonly words: readonly string[];
  readonly expansion: 'none' | 'collapsed' | 'expanded';
  /** What a screen reader says where label and description do not tell all. */
  readonly accessibleLabel?: string | undefined;
}

export interface RowIcon {
  /** Id of a codicon, with `~spin` where it turns. */
  readonly id: string;
  /** Id of a theme color. */
  readonly color?: string | undefined;
}

/** A text as a part of a row or tooltip: one line of so many characters at most. */
export function oneLine(text: string, most = 200): string {
  // More than is kept is not looked at: texts may have millions of characters.
  const line = text.slice(0, 2 * most + 100).replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** Joins the parts of a description that are there. */
export function describe(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

/** `1 run`, `12 runs`. */
export function count(n: number, noun: string): string {
  return `${formatCount(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** `12`, `4,301`. */
export function formatCount(n: number): string {
  return n.toLocaleString('en-US');
}

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

import type { RunColumns } from './runColumns.ts';

/** Column of the tag by which a run names its parent. */
export const PARENT = 'tags.mlflow.parentRunId';

/** Who is whose child, among the runs that the table knows. */
export interface Nesting {
  /** Runs that have no parent here, from top to bottom. */
  readonly roots: readonly number[];
  /** Of a run, in the order of the table. */
  children(slot: number): readonly number[];
}

/**
 * Puts runs below their parents. Parents stand where they stand in the order, and their children below them in theirs; a
 * parent that is known for its children only stands where the first of them does. Runs that are each other's parents, as
 * a mistaken tag can have it, stay roots.
 * @param slots what is shown, in its order
 */
export function nestRuns(columns: RunColumns, slots: readonly number[]): Nesting {
  const shown = new Set(slots);
  const family = new Map<number, number[]>();
  const roots: number[] = [];
  const placed = new Set<number>();
  const parentOf = (slot: number) => {
    const parent = columns.slot(columns.text(slot, PARENT) ?? '');
    return parent !== undefined && parent !== slot && (shown.has(parent) || columns.isContext(parent))
      ? parent
      : undefined;
  };
  for (const slot of slots) {
    // A parent that is shown has its own turn; one that is not comes with its first child.
    for (let at: number | undefined = slot; at !== undefined && !placed.has(at); ) {
      placed.add(at);
      const parent: number | undefined = parentOf(at);
      if (parent === undefined) roots.push(at);
      else push(family, parent, at);
      at = parent !== undefined && !shown.has(parent) ? parent : undefined;
    }
  }
  const children = (slot: number) => family.get(slot) ?? [];
  breakRings(slots, roots, family, children);
  return { roots, children };
}

function push(family: Map<number, number[]>, parent: number, child: number): void {
  const known = family.get(parent);
  if (known) known.push(child);
  else family.set(parent, [child]);
}

/** All runs below a run, its children before theirs. */
export function runsBelow(slot: number, children: Nesting['children']): readonly number[] {
  const found: number[] = [...children(slot)];
  for (let at = 0; at < found.length; at++) for (const child of children(found[at] ?? -1)) found.push(child);
  return found;
}

/** What no root leads to is a ring: its runs come out of it. */
function breakRings(
  slots: readonly number[],
  roots: number[],
  family: Map<number, number[]>,
  children: Nesting['children'],
): void {
  const reached = new Set(roots.flatMap((root) => [root, ...runsBelow(root, children)]));
  const lost = slots.filter((slot) => !reached.has(slot));
  for (const slot of lost) family.delete(slot);
  roots.push(...lost);
}

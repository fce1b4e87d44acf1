/**
 * Browsers cut elements off that are taller than some 16 or 33 million px, and place things in them less and less exactly.
 * Where the rows together are taller than this, the scroll bar stands for them at a smaller scale (px).
 */
const TALLEST = 8_000_000;

/** px */
export interface ScrollSizes {
  /** Of all rows together. */
  readonly rows: number;
  /** Of the window that they are seen through. */
  readonly room: number;
}

/** Where a table is scrolled to, px. */
export interface ScrollPlace {
  /** From the top of all rows to the top of the window. */
  readonly top: number;
  /** `scrollTop` of the element: the same but for tables that are too tall. */
  readonly thumb: number;
}

/** Height of the element that rows are placed in. */
export function canvasHeight({ rows }: ScrollSizes): number {
  return Math.min(rows, TALLEST);
}

export function isScaled({ rows }: ScrollSizes): boolean {
  return rows > TALLEST;
}

/** The place with the scroll bar where it belongs, and away from its ends where the rows go on. */
export function placeAt(top: number, sizes: ScrollSizes): ScrollPlace {
  const { mostTop, mostThumb } = ends(sizes);
  const within = Math.min(mostTop, Math.max(0, top));
  if (!isScaled(sizes)) return { top: within, thumb: within };
  if (within === 0 || within === mostTop) return { top: within, thumb: within === 0 ? 0 : mostThumb };
  const thumb = Math.round((within / mostTop) * mostThumb);
  return { top: within, thumb: Math.min(mostThumb - sizes.room, Math.max(sizes.room, thumb)) };
}

/**
 * The place after the browser has scrolled. A step of a window or less moves by as much, as whoever made it meant; a longer
 * one is the scroll bar being dragged, which goes to the place that it stands for.
 * @param thumb what `scrollTop` is now
 */
export function scrolledTo(before: ScrollPlace, thumb: number, sizes: ScrollSizes): ScrollPlace {
  if (!isScaled(sizes)) return { top: thumb, thumb };
  const { mostTop, mostThumb } = ends(sizes);
  const step = thumb - before.thumb;
  if (Math.abs(step) > sizes.room) return { top: Math.min(1, thumb / mostThumb) * mostTop, thumb };
  return { top: Math.min(mostTop, Math.max(0, before.top + step)), thumb };
}

/** Whether the scroll bar has come to an end before the rows have: it has to be put where it belongs. */
export function isStuck({ top, thumb }: ScrollPlace, sizes: ScrollSizes): boolean {
  const { mostTop, mostThumb } = ends(sizes);
  return (thumb <= 0 && top > 0) || (thumb >= mostThumb && top < mostTop);
}

function ends(sizes: ScrollSizes): { readonly mostTop: number; readonly mostThumb: number } {
  return {
    mostTop: Math.max(0, sizes.rows - sizes.room),
    mostThumb: Math.max(0, canvasHeight(sizes) - sizes.room),
  };
}

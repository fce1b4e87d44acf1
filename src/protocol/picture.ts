export type { ImageStrip } from '../views/images.ts';

/** A picture for a page, as a `data:` URI, or why there is none. */
export type Picture = { readonly uri: string } | { readonly note: string };

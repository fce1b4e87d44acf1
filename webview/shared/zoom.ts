/** How pictures are looked at: the same for all that are compared. */
export interface Zoom {
  /** 1: the whole picture. */
  readonly scale: number;
  /** Of the picture's middle from the middle of its frame, in shares of the frame. */
  readonly x: number;
  readonly y: number;
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const MOST = 32;

/** Nearer or farther, with a point of the frame staying where it is. @param at in shares of the frame from its middle */
export function zoomed(zoom: Zoom, by: number, at: { readonly x: number; readonly y: number }): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * by));
  const ratio = scale / zoom.scale;
  return within({ scale, x: at.x + (zoom.x - at.x) * ratio, y: at.y + (zoom.y - at.y) * ratio });
}

/** @param by in shares of the frame */
export function panned(zoom: Zoom, by: { readonly x: number; readonly y: number }): Zoom {
  return within({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y });
}

/** A picture fills its frame: no more of it goes out at one side than has to. */
function within({ scale, x, y }: Zoom): Zoom {
  const most = (scale - 1) / 2;
  const clamp = (value: number) => Math.min(most, Math.max(-most, value));
  return { scale, x: clamp(x), y: clamp(y) };
}

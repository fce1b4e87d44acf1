import { panned, WHOLE, type Zoom, zoomed } from './zoom.ts';

export interface ZoomState {
  readonly get: () => Zoom;
  readonly set: (zoom: Zoom) => void;
}

const [STEP, PAN] = [1.25, 0.1];

/** Control and wheel, or plus and minus, zoom a picture; dragging and arrows move it; a double click or 0 shows all of it. */
export function listenToZoom(frame: HTMLElement, { get, set }: ZoomState): void {
  const placeOf = ({ clientX, clientY }: MouseEvent) => {
    const { left, top, width, height } = frame.getBoundingClientRect();
    return { x: (clientX - left) / width - 0.5, y: (clientY - top) / height - 0.5 };
  };
  frame.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
      event.preventDefault();
      set(zoomed(get(), event.deltaY < 0 ? STEP : 1 / STEP, placeOf(event)));
    },
    { passive: false },
  );
  frame.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || get().scale === 1) return;
    let before = placeOf(event);
    frame.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const now = placeOf(moved);
      set(panned(get(), { x: now.x - before.x, y: now.y - before.y }));
      before = now;
    };
    const end = () => {
      frame.removeEventListener('pointermove', move);
      frame.removeEventListener('pointerup', end);
      frame.removeEventListener('pointercancel', end);
    };
    frame.addEventListener('pointermove', move);
    frame.addEventListener('pointerup', end);
    frame.addEventListener('pointercancel', end);
  });
  frame.addEventListener('dblclick', (event) => set(get().scale > 1 ? WHOLE : zoomed(get(), 3, placeOf(event))));
  frame.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] }[event.key];
    if (event.key === '+' || event.key === '=') set(zoomed(get(), STEP, { x: 0, y: 0 }));
    else if (event.key === '-') set(zoomed(get(), 1 / STEP, { x: 0, y: 0 }));
    else if (event.key === '0' || event.key === 'Escape') set(WHOLE);
    else if (by && get().scale > 1) set(panned(get(), { x: by[0] ?? 0, y: by[1] ?? 0 }));
    else return;
    event.preventDefault();
  });
}

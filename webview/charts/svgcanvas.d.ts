/** svgcanvas 2.6 has no types of its own: what we use of it. */
declare module 'svgcanvas' {
  export class Element {
    constructor(options: { readonly width: number; readonly height: number; readonly document: Document });
    getContext(kind: '2d'): CanvasRenderingContext2D & { getSerializedSvg(): string };
  }
}

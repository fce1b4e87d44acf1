/** How a run is drawn everywhere: the same colour and dash pattern in tree, table, chart and comparison. */
export interface RunColor {
  /** CSS colour. */
  readonly color: string;
  /** Lengths of dashes and gaps (px); none for a full line. Colour is never the only difference. */
  readonly dash: readonly number[];
}

/**
 * Ten colours that people with a colour vision deficiency tell apart, each with a contrast of 3:1 or more on white and on
 * the dark themes' editor (WCAG 1.4.11).
 */
export const PALETTE = [
  '#3b82d6',
  '#c2660a',
  '#2b9a56',
  '#d04a5c',
  '#9564cb',
  '#1c9494',
  '#c24a98',
  '#85832a',
  '#a56d3d',
  '#6c7f99',
] as const;

export const DASHES: readonly (readonly number[])[] = [[], [8, 4], [4, 3], [12, 4, 3, 4]];

/** Stable by run id: the same run looks the same tomorrow. */
export function runColor(runId: string): RunColor {
  const hash = fnv1a(runId);
  const dash = DASHES[Math.floor(hash / PALETTE.length) % DASHES.length] ?? [];
  return { color: PALETTE[hash % PALETTE.length] ?? PALETTE[0], dash };
}

/** 32-bit FNV-1a. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

import type { Run } from '../entities/run.ts';

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

/** What the colours of the palette are called. */
export const COLOR_NAMES = [
  'Blue',
  'Orange',
  'Green',
  'Red',
  'Violet',
  'Teal',
  'Pink',
  'Olive',
  'Brown',
  'Slate',
] as const;

export const DASHES: readonly (readonly number[])[] = [[], [8, 4], [4, 3], [12, 4, 3, 4]];

/** The tag in which MLflow's own UI keeps the colour that the user has chosen for a run: `#rrggbb`. */
export const RUN_COLOR_TAG = 'mlflow.runColor';

/** Stable by run id: the same run looks the same tomorrow. @param chosen value of the run's colour tag */
export function runColor(runId: string, chosen?: string): RunColor {
  const hash = fnv1a(runId);
  const dash = DASHES[Math.floor(hash / PALETTE.length) % DASHES.length] ?? [];
  return { color: chosenColor(chosen) ?? PALETTE[hash % PALETTE.length] ?? PALETTE[0], dash };
}

/** What the look of a run depends on. */
export interface ColoredRun {
  readonly runId: string;
  /** ms since the epoch */
  readonly startTime: number | undefined;
  /** Value of the run's colour tag. */
  readonly chosen?: string | undefined;
}

export function coloredRun({ info: { runId, startTime }, data }: Pick<Run, 'info' | 'data'>): ColoredRun {
  return { runId, startTime, chosen: data.tags.get(RUN_COLOR_TAG) };
}

/**
 * The looks of the runs of one screen, by id. Of two that would look alike the younger takes the next dashes that are free, so
 * that a run that joins changes none that is there; with more runs of a colour than there are dashes some remain alike.
 */
export function distinctColors(runs: readonly ColoredRun[]): ReadonlyMap<string, RunColor> {
  const taken = new Map<string, Set<readonly number[]>>();
  const looks = new Map<string, RunColor>();
  for (const { runId, chosen } of [...runs].sort(byAge)) {
    const own = runColor(runId, chosen);
    const others = taken.get(own.color) ?? new Set();
    taken.set(own.color, others);
    const first = DASHES.indexOf(own.dash);
    const free = [...DASHES.slice(first), ...DASHES.slice(0, first)].find((dash) => !others.has(dash));
    const dash = free ?? own.dash;
    others.add(dash);
    looks.set(runId, { color: own.color, dash });
  }
  return looks;
}

/** The oldest first; those without a start last. */
function byAge(a: ColoredRun, b: ColoredRun): number {
  const [left, right] = [a.startTime ?? Number.MAX_VALUE, b.startTime ?? Number.MAX_VALUE];
  if (left !== right) return left - right;
  return a.runId < b.runId ? -1 : 1;
}

/** The one of the palette that looks most like the run's, counted from 0: themes can only name those. */
export function paletteColor(runId: string, chosen?: string): number {
  const { color } = runColor(runId, chosen);
  const distances = PALETTE.map((candidate) => {
    const [a, b] = [channels(candidate), channels(color)];
    return a.reduce((sum, channel, at) => sum + (channel - (b[at] ?? 0)) ** 2, 0);
  });
  return distances.indexOf(Math.min(...distances));
}

/** Whatever else a tag may hold is no colour. */
function chosenColor(chosen: string | undefined): string | undefined {
  return chosen !== undefined && /^#[0-9a-f]{6}$/i.test(chosen) ? chosen.toLowerCase() : undefined;
}

function channels(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** 32-bit FNV-1a. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A noisy descent, the same in every run of the bench. @param at place of the point */
export function curveValue(run: number, at: number): number {
  return Math.exp(-at / 20_000) + run / 50 + (((at * 7_919 + run * 104_729) % 1_009) / 1_009) * 0.1;
}
